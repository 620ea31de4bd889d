"""Forms for prospects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.enums import Contribution, SizeClass, WzSection
from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.partnering.domain.prospect_values import ProspectValues
from buendnisnetz.partnering.enums import ContactKind, Stage
from buendnisnetz.partnering.forms.fields import (
    AllianceField,
    DayField,
    DistrictFilter,
    OfAllianceFilter,
    choice,
    text,
    topics,
)
from buendnisnetz.partnering.models import Prospect


class ProspectFilter(OfAllianceFilter, DistrictFilter):
    stage = choice(_("Stage"), [*Stage.choices, ("all", _("all"))], _("all that go on"))
    silent = forms.BooleanField(label=_("only silent ones"), required=False)
    field_order = ("q", "stage", "alliance", "district", "silent")


class ProspectForm(forms.Form):
    """What is said of a prospect; the directory's facts win where an organisation is chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = ChooseField(
        "organisationen",
        label=_("Organisation in the directory"),
        required=False,
        help_text=_("If it stands there already. Otherwise say below who it is."),
    )
    name = forms.CharField(
        label=_("Name, if it is not in the directory"), max_length=200, required=False
    )
    territory = ChooseField("gebiete", label=_("Where"), required=False)
    wz_section = choice(_("Branch"), WzSection, _("not known"))
    size_class = choice(pgettext_lazy("size", "Staff"), SizeClass, _("not known"))
    topics = topics(_("Topics that may interest them"))
    contact_words = forms.CharField(
        label=_("Whom to ask for"),
        max_length=300,
        required=False,
        help_text=_("Name, function, phone. It is deleted 12 months after the last step."),
    )
    contact_email = forms.EmailField(label=_("E-mail address of the contact"), required=False)
    source = forms.CharField(
        label=_("From whom we have this contact"),
        max_length=200,
        required=False,
        help_text=_("Whoever is noted here is told within a month, and also from whom we have it."),
    )
    holder = ChooseField(
        "stellen",
        label=_("Responsible post"),
        required=False,
        help_text=_("The post keeps the work when the person changes."),
    )

    def __init__(self, *args: Any, user: Any, alliances: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = {"alliance": AllianceField.for_user(user, alliances, _("For which alliance"))}
        self.fields = {**fields, **self.fields}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        named = values.get("organisation") or (values.get("name") or "").strip()
        if not named and "organisation" not in self.errors:
            self.add_error("name", _("Please choose an organisation or say who it is."))
        return values

    def values(self) -> ProspectValues:
        kept = {
            key: value
            for key, value in self.cleaned_data.items()
            if key not in {"version", "source"}
        }
        return ProspectValues(**kept)


def initial_of(prospect: Prospect) -> dict[str, Any]:
    """What the form shows of a prospect."""
    names = (
        "alliance", "organisation", "name", "territory", "wz_section", "size_class", "topics",
        "contact_words", "contact_email", "holder", "version",
    )  # fmt: skip
    return {name: getattr(prospect, name) for name in names}


class ForAllianceForm(forms.Form):
    """For which alliance an organisation is to be won over."""

    def __init__(self, *args: Any, user: Any, alliances: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alliance"] = AllianceField.for_user(user, alliances, _("For which alliance"))


class MoveForm(forms.Form):
    stage = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput())
    words = text(_("What happened?"), rows=2, longest=2000)
    not_before = DayField(
        label=_("Do not ask before"),
        required=False,
        help_text=_("Only if they declined for now."),
    )


class JoinForm(forms.Form):
    first_day = DayField(label=_("Member since"))
    contributions = forms.MultipleChoiceField(
        label=_("Brings in"),
        required=False,
        choices=Contribution.choices,
        widget=forms.CheckboxSelectMultiple(),
    )
    words = text(_("What happened?"), rows=2, longest=2000)

    def chosen(self) -> list[Contribution]:
        return [Contribution(value) for value in self.cleaned_data["contributions"]]


class NoteForm(forms.Form):
    kind = forms.ChoiceField(label=_("How"), choices=ContactKind.choices)
    met_on = DayField(label=_("Day"))
    words = text(_("What was said"), rows=3)


class NextStepForm(forms.Form):
    words = forms.CharField(label=_("What is to be done next"), max_length=250)
    due_on = DayField(label=_("Until"))
    holder = ChooseField(
        "stellen", label=_("Who does it"), required=False,
        help_text=_("Left empty, the responsible post."),
    )  # fmt: skip


class OrganisationForm(forms.Form):
    organisation = ChooseField("organisationen", label=_("Organisation in the directory"))


class HandOverForm(forms.Form):
    post = ChooseField("stellen", label=_("To whom"))
    consent_words = forms.CharField(
        label=_("How the firm agreed"),
        max_length=300,
        help_text=_("For example: on the phone on 3 March. Without consent nothing is handed on."),
    )


class SilenceForm(forms.Form):
    days = forms.IntegerField(label=_("Days without a step"), min_value=7, max_value=365)


class ToldForm(forms.Form):
    on = DayField(label=_("Told on"))
