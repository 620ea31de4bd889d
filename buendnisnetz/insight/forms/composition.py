"""Forms for the required composition and a state's settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.insight.domain.requirements import RequirementValues
from buendnisnetz.insight.enums import AllianceKind
from buendnisnetz.insight.forms.fields import DayField, text
from buendnisnetz.network.enums import OrganisationKind


class RequirementForm(forms.Form):
    """A state's requirement; an alliance's own leaves out for which alliances it holds."""

    label = text(_("Name"), most=80)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of organisations"),
        choices=OrganisationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Any of these kinds counts."),
    )
    at_least = forms.IntegerField(
        label=_("At least"), min_value=0, max_value=99, initial=1,
        help_text=_("0 leaves the requirement out: nothing here is a duty."),
    )  # fmt: skip
    alliance_kinds = forms.MultipleChoiceField(
        label=_("For alliances of"),
        choices=AllianceKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice for all."),
    )
    since = DayField(
        label=_("From this day on"),
        help_text=_("What held before stays readable for earlier days."),
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["alliance_kinds"]

    def values(self) -> RequirementValues:
        return RequirementValues(
            label=self.cleaned_data["label"],
            kinds=tuple(self.cleaned_data["kinds"]),
            at_least=self.cleaned_data["at_least"],
            alliance_kinds=tuple(self.cleaned_data.get("alliance_kinds", ())),
        )


class SettingsForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    quiet_months = forms.IntegerField(
        label=_("Months without a sign of life"), min_value=1, max_value=60,
        help_text=_("After so many months an alliance is listed as asleep."),
    )  # fmt: skip
    business_percent = forms.IntegerField(
        label=_("Least share of business in percent"), min_value=0, max_value=100,
        help_text=_("Alliances below it are listed. 0 lists none."),
    )  # fmt: skip


class EndForm(forms.Form):
    last_day = DayField(label=_("Last day"))
