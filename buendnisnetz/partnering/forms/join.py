"""Forms that are open to everybody: they hold a field that only programs fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.enums import SizeClass, WzSection
from buendnisnetz.partnering.domain.consent import consent_text
from buendnisnetz.partnering.domain.interests import InterestValues
from buendnisnetz.partnering.domain.places import find_places
from buendnisnetz.partnering.enums import ChamberChoice, HandOverWish, SideAnswer
from buendnisnetz.partnering.forms.fields import choice, text, topics, trap
from buendnisnetz.territories.models import Territory


class PlaceForm(forms.Form):
    """Where a firm is and what it does."""

    ort = forms.CharField(
        label=_("Your town or postcode"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    branche = choice(_("Your branch"), WzSection, _("not said"))


class TrappedForm(forms.Form):
    """Ends with a field that no person sees."""

    website = trap()

    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class InterestForm(TrappedForm):
    firm = forms.CharField(
        label=_("Your firm"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    place = forms.CharField(
        label=_("Town or postcode"), max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )  # fmt: skip
    wz_section = choice(_("Branch"), WzSection, _("not said"))
    size_class = choice(pgettext_lazy("size", "Staff"), SizeClass, _("not said"))
    chamber = forms.ChoiceField(
        label=_("Your chamber"), choices=ChamberChoice.choices, initial=ChamberChoice.UNKNOWN,
        widget=forms.RadioSelect(),
    )  # fmt: skip
    topics = topics(_("What interests you"))
    message = text(_("What we should know"), rows=4, longest=2000)
    contact_words = forms.CharField(
        label=_("Whom we may ask for"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    wish = forms.ChoiceField(
        label=_("May we hand your request on?"), choices=HandOverWish.choices,
        initial=HandOverWish.NONE, widget=forms.RadioSelect(),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("I agree"),
        error_messages={"required": _("Without your consent we may not keep this.")},
    )

    field_order = (
        "firm", "place", "wz_section", "size_class", "chamber", "topics", "message", "contact_words",
        "contact_email", "wish", "consent", "website",
    )  # fmt: skip

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["consent"].help_text = consent_text(HandOverWish.NONE)
        self.fields["wish"].help_text = _(
            "Your choice is part of what you agree to: they get what you write here."
        )
        self.places: list[Territory] = []

    def clean_place(self) -> Territory:
        """The one place that is meant; several come back as a question."""
        self.places = find_places(self.cleaned_data["place"], self.today)
        if len(self.places) == 1:
            return self.places[0]
        if not self.places:
            raise forms.ValidationError(
                _(
                    "We do not know this place. Please give the name of the municipality or its postcode."
                )
            )
        found = ", ".join(f"{row.short_name} ({row.ags})" for row in self.places)
        raise forms.ValidationError(
            _("Several places fit. Please write the number of yours: %(places)s"),
            params={"places": found},
        )

    def values(self) -> InterestValues:
        kept = {
            key: value
            for key, value in self.cleaned_data.items()
            if key not in {"website", "consent", "chamber", "wish"}
        }
        return InterestValues(
            **kept,
            chamber=ChamberChoice(self.cleaned_data["chamber"]),
            wish=HandOverWish(self.cleaned_data["wish"]),
        )


class QuestionForm(TrappedForm):
    """A question to whoever answers for an example of good practice."""

    sender = forms.CharField(label=_("Your name and where you work"), max_length=200)
    reply_to = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    question = text(_("Your question"), required=True, rows=5, longest=2000)
    field_order = ("sender", "reply_to", "question", "website")


class SideForm(forms.Form):
    """A side's answer to an introduction."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=SideAnswer.choices, widget=forms.RadioSelect()
    )
    words = forms.CharField(
        label=_("What the other side should know"), max_length=500, required=False
    )


class HandOverAnswerForm(forms.Form):
    accepted = forms.ChoiceField(
        label=_("Do you take it on?"),
        choices=[("yes", _("Yes, we get in touch with the firm")), ("no", _("No, not this time"))],
        widget=forms.RadioSelect(),
    )
    words = text(_("What the alliance should know"), rows=3, longest=1000)
