"""Forms for alliances, their states, territories and members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.enums import ALLIANCE_TRANSITIONS, AllianceStatus, Contribution
from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.network.forms.fields import DayField, FactsForm, FactsMeta
from buendnisnetz.network.models import Alliance, Membership

_EVIDENCE = _("What it rests on: a call, a meeting, a letter, with the day.")


class AllianceForm(FactsForm):
    carrier = ChooseField("organisationen", label=_("Carrier"), required=False)
    fields_of_action = forms.CharField(
        label=_("Fields of action"),
        required=False,
        help_text=_("One per line, in the alliance's own words."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta(FactsMeta):
        model = Alliance
        fields = (
            "name", "founded_on", "carrier", "legal_form", "steering_body", "fields_of_action",
            "description", "street", "postcode", "city", "access_note", "email", "phone",
            "website", "awards", "is_public",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["fields_of_action"] = "\n".join(self.instance.fields_of_action)

    def clean_fields_of_action(self) -> list[str]:
        lines = self.cleaned_data["fields_of_action"].splitlines()
        entries = [" ".join(line.split()) for line in lines if line.strip()]
        if any(len(entry) > 120 for entry in entries):
            raise forms.ValidationError(_("Please keep each line below 120 characters."))
        return list(dict.fromkeys(entries))


class NewAllianceForm(AllianceForm):
    """An alliance begins with a territory and a state that rests on something."""

    territory = ChooseField("gebiete", label=_("Territory"))
    status = forms.ChoiceField(label=_("Status"), choices=AllianceStatus.choices, initial="ACTIVE")
    since = DayField(label=_("In this state since"))
    evidence = forms.CharField(label=_("Evidence"), max_length=300, help_text=_EVIDENCE)

    field_order = ("name", "territory", "status", "since", "evidence")
    start = ("territory", "status", "since", "evidence")

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts().items() if name not in self.start}


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("New state"))
    since = DayField(label=_("Since"))
    evidence = forms.CharField(label=_("Evidence"), max_length=300, help_text=_EVIDENCE)

    def __init__(self, *args: Any, present: AllianceStatus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = ALLIANCE_TRANSITIONS[present]
        field: Any = self.fields["status"]
        field.choices = [(s.value, s.label) for s in AllianceStatus if s in allowed]


class ConfirmStatusForm(forms.Form):
    on = DayField(label=_("Asked on"))
    evidence = forms.CharField(
        label=_("New evidence"),
        max_length=300,
        required=False,
        help_text=_("Left empty, the present one stays."),
    )


class TerritoryForm(forms.Form):
    territory = ChooseField("gebiete", label=_("Territory"))
    since = DayField(label=_("Since"), required=False)


class MemberForm(forms.Form):
    organisation = ChooseField("organisationen", label=_("Organisation"))
    since = DayField(label=_("Member since"), required=False)
    contributions = forms.MultipleChoiceField(
        label=_("Brings in"),
        choices=Contribution.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class MembershipForm(FactsForm):
    contributions = forms.MultipleChoiceField(
        label=_("Brings in"),
        choices=Contribution.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta(FactsMeta):
        model = Membership
        fields = ("valid_from", "contributions", "note")
        labels = {"valid_from": _("Member since")}


class EndMembershipForm(forms.Form):
    last_day = DayField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Why it ended"),
        max_length=300,
        required=False,
        help_text=_("Helps to win members back: no time, no benefit, moved away, closed."),
    )
