"""Forms for stakeholders and the strategy board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.partnering.enums import AimStatus, InvitationAnswer, Mark
from buendnisnetz.partnering.forms.fields import (
    AllianceField,
    DayField,
    OfAllianceFilter,
    choice,
    text,
)
from buendnisnetz.partnering.models import Benefit, Stakeholder


def _mark(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=Mark.choices, coerce=int, initial=Mark.UNKNOWN
    )


class StakeholderFilter(OfAllianceFilter):
    which = choice(
        _("Show"),
        [
            ("key", _("with high influence")),
            ("missing", _("invited but not present")),
            ("silent", _("invitation without an answer")),
        ],
    )
    field_order = ("q", "which", "alliance")


class StakeholderForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    interest = _mark(_("Interest"))
    influence = _mark(_("Influence"))
    position = text(_("Where it stands"), rows=3)
    holder = ChooseField("stellen", label=_("Responsible post"), required=False)


class NewStakeholderForm(StakeholderForm):
    organisation = ChooseField("organisationen", label=_("Body"))
    field_order = ("organisation", "alliance", "interest", "influence", "position", "holder")

    def __init__(self, *args: Any, user: Any, alliances: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alliance"] = AllianceField.for_user(user, alliances, _("For which alliance"))
        self.order_fields(self.field_order)


class InvitationForm(forms.Form):
    meeting = forms.ModelChoiceField(
        label=_("Meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("no meeting of ours"),
    )
    occasion = forms.CharField(label=_("Or what it is about"), max_length=200, required=False)
    invited_on = DayField(label=_("Invited on"))

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = meetings

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("meeting") and not values.get("occasion"):
            self.add_error("occasion", _("Please choose a meeting or say what it is about."))
        return values


class InvitationAnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("Reply"), choices=InvitationAnswer.choices)
    answered_on = DayField(label=_("Answered on"), required=False)
    words = forms.CharField(label=_("In words"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        answered = values.get("answer") not in ("", InvitationAnswer.OPEN)
        if answered and not values.get("answered_on") and "answered_on" not in self.errors:
            self.add_error("answered_on", _("Please say on which day they answered."))
        return values


class _Targets(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Stakeholder) -> str:
        return obj.organisation.name


class AimForm(forms.Form):
    title = forms.CharField(label=_("Aim"), max_length=200)
    words = text(_("Why, and how we notice that it is reached"))
    targets = _Targets(
        label=_("Bodies to win over"),
        queryset=Stakeholder.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    due_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, stakeholders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["targets"]
        field.queryset = stakeholders


class EditAimForm(AimForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    status = forms.ChoiceField(label=_("State"), choices=AimStatus.choices)
    result = text(_("What came of it"), rows=3)


class MessageForm(forms.Form):
    words = text(_("Message"), required=True, rows=3, longest=1000)
    benefit = forms.ModelChoiceField(
        label=_("Rests on the statement of benefit"),
        queryset=Benefit.objects.none(),
        required=False,
        empty_label=_("another source"),
    )
    source = forms.CharField(
        label=_("Other source"), max_length=300, required=False,
        help_text=_("Title, year, address. A message must cite a fact."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["benefit"]
        field.queryset = Benefit.objects.exclude(source_title="").order_by("audience", "claim")


class MeasureForm(forms.Form):
    words = forms.CharField(label=_("Measure"), max_length=300)
    holder = ChooseField("stellen", label=_("Who does it"), required=False)
    due_on = DayField(label=_("Until"), required=False)
