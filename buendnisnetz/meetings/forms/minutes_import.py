"""Forms of the import and its review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.meetings.enums import EntryKind, FindingKind, ImportStatus
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.forms.choosing import RowField
from buendnisnetz.network.models import Organisation, Person
from buendnisnetz.ui.listing import FilterForm

ACCEPTED_TYPES = ".docx,.odt,.pdf,.txt,.md"


class ImportFilter(FilterForm):
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *ImportStatus.choices]
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Minutes"),
        help_text=_(
            "Word (.docx), OpenDocument (.odt), PDF with text, Markdown or plain text, up to 25 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_TYPES}),
    )
    alliance = RowField("buendnisse", label=_("Meeting of"), required=False)

    def __init__(self, *args: Any, alliances: Any, must_choose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["alliance"]
        whole_state = _("the whole state (coordination office, ministry, all alliances)")
        field.offer(alliances, empty="" if must_choose else whole_state, required=must_choose)


class AcceptAboveForm(forms.Form):
    confidence = forms.TypedChoiceField(
        label=_("Accept all that are"),
        coerce=float,
        choices=[
            ("0.9", _("certain")),
            ("0.8", _("likely or better")),
            ("0.6", _("possible or better")),
            ("0", _("left, whatever the confidence")),
        ],
    )


def _text(
    label: Any, *, required: bool = True, long: bool = False, most: int = 300
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
    return forms.CharField(label=label, required=required, max_length=most, widget=widget)


class ProposalForm(forms.Form):
    """Base: values of a proposal's ``data``; empty becomes None, as the reader has it."""

    def values(self) -> dict[str, Any]:
        return {
            key: (value if value != "" else None)
            for key, value in self.cleaned_data.items()
            if key not in self.links
        }

    links: tuple[str, ...] = ()


class FieldProposalForm(ProposalForm):
    value = _text(_("Value"))

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field in {"date", "approved_on", "next_meeting"}:
            self.fields["value"] = forms.DateField(
                label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )
        elif field in {"start", "end"}:
            self.fields["value"] = forms.TimeField(
                label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            )

    def values(self) -> dict[str, Any]:
        value = self.cleaned_data["value"]
        text = value.strftime("%H:%M") if hasattr(value, "hour") else str(value)
        return {"value": text}


class OrganisationProposalForm(ProposalForm):
    name = _text(_("Name"), most=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    organisation = forms.ModelChoiceField(
        label=_("In the directory"), queryset=Organisation.objects.all(), required=False, to_field_name="public_id",
        widget=forms.HiddenInput(),
    )  # fmt: skip
    links = ("organisation",)


class ParticipantProposalForm(ProposalForm):
    name = _text(_("Name"), most=160)
    academic_title = _text(_("Academic title"), required=False, most=40)
    role = _text(_("Function"), required=False, most=160)
    organisation = _text(_("Institution"), required=False, most=250)
    also_for = forms.CharField(
        label=_("Also for"),
        required=False,
        max_length=200,
        help_text=_("The other body of a double role, a company beside an alliance for instance."),
    )
    status = forms.ChoiceField(
        label=_("Attendance"),
        choices=[
            ("present", _("present")),
            ("guest", _("guest")),
            ("excused", _("excused")),
            ("absent", _("absent")),
        ],
    )
    person = forms.ModelChoiceField(
        label=_("In the directory"), queryset=Person.objects.filter(erased_at=None), required=False,
        to_field_name="public_id", widget=forms.HiddenInput(),
    )  # fmt: skip
    links = ("person",)


class AgendaProposalForm(ProposalForm):
    number = _text(_("Number"), required=False, most=20)
    title = _text(_("Title"), most=400)


class DecisionProposalForm(ProposalForm):
    text = _text(_("Decision"), long=True, most=4000)
    agenda_number = _text(_("Agenda item"), required=False, most=20)
    yes = forms.IntegerField(label=_("Yes"), required=False, min_value=0, max_value=10_000)
    no = forms.IntegerField(label=_("No"), required=False, min_value=0, max_value=10_000)
    abstain = forms.IntegerField(
        label=_("Abstentions"), required=False, min_value=0, max_value=10_000
    )

    def values(self) -> dict[str, Any]:
        counted = {key: self.cleaned_data[key] for key in ("yes", "no", "abstain")}
        votes = {key: value for key, value in counted.items() if value is not None}
        return {
            "text": self.cleaned_data["text"],
            "agenda_number": self.cleaned_data["agenda_number"] or None,
            "votes": votes or None,
        }


class TaskProposalForm(ProposalForm):
    text = _text(_("What is to be done"), long=True, most=4000)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("task", _("task")), ("promise", _("promise")), ("suggestion", _("suggestion"))],
    )
    assignee = _text(_("Who"), required=False, most=200)
    due = _text(_("Until when, in the words of the minutes"), required=False, most=120)
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    agenda_number = _text(_("Agenda item"), required=False, most=20)

    def values(self) -> dict[str, Any]:
        due_on = self.cleaned_data["due_on"]
        return {**super().values(), "due_on": due_on.isoformat() if due_on else None}


class EntryProposalForm(ProposalForm):
    text = _text(_("Text"), long=True, most=8000)
    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind.choices)
    speaker = _text(_("Who spoke"), required=False, most=160)
    agenda_number = _text(_("Agenda item"), required=False, most=20)


class AttachmentProposalForm(ProposalForm):
    title = _text(_("Title"), most=300)


FORMS: dict[FindingKind, type[ProposalForm]] = {
    FindingKind.FIELD: FieldProposalForm,
    FindingKind.ORGANISATION: OrganisationProposalForm,
    FindingKind.PARTICIPANT: ParticipantProposalForm,
    FindingKind.AGENDA: AgendaProposalForm,
    FindingKind.DECISION: DecisionProposalForm,
    FindingKind.TASK: TaskProposalForm,
    FindingKind.ENTRY: EntryProposalForm,
    FindingKind.ATTACHMENT: AttachmentProposalForm,
}
