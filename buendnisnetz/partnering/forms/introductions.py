"""Forms for introductions, letters and contact points."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.partnering.enums import IntroductionStatus
from buendnisnetz.partnering.forms.fields import AllianceField, DistrictFilter, choice, text, topics
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.ui.listing import FilterForm


class IntroductionFilter(FilterForm):
    status = choice(_("State"), [("open", _("open ones")), *IntroductionStatus.choices])


class IntroduceForm(forms.Form):
    """Who is to meet whom, and why."""

    first = ChooseField("stellen", label=_("One side"))
    second = ChooseField("stellen", label=_("Other side"))
    reason = forms.CharField(
        label=_("Why the two should meet"),
        max_length=300,
        help_text=_("One sentence; it stands in the letter."),
    )

    def __init__(self, *args: Any, user: Any, alliances: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alliance"] = AllianceField.for_user(user, alliances, _("On behalf of"))


class PreviewForm(IntroduceForm):
    """The same with the letter, which can still be changed before it goes out."""

    subject = forms.CharField(label=_("Subject"), max_length=160)
    text = text(_("Text"), required=True, rows=14, longest=6000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second", "reason", "alliance"):
            self.fields[name].widget = forms.HiddenInput()


class ResultForm(forms.Form):
    result = text(_("What came of it"), required=True, rows=4)


class LetterTemplateForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=160)
    text = text(_("Text"), required=True, rows=14, longest=6000)


class ContactFilter(DistrictFilter):
    kind = choice(_("Chamber"), ChamberKind)
    open = forms.BooleanField(label=_("only open ones"), required=False)
    field_order = ("q", "kind", "district", "open")


class ContactPointForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"))
    post = ChooseField("stellen", label=_("Post"))
    district = ChooseField(
        "gebiete",
        label=_("District"),
        required=False,
        help_text=_("Left empty, it answers for all districts of the chamber, or the whole state."),
    )
    topics = topics(_("Topics"))
    offer = forms.CharField(label=_("What it offers"), max_length=300, required=False)

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = kinds


class EditContactPointForm(forms.Form):
    topics = topics(_("Topics"))
    offer = forms.CharField(label=_("What it offers"), max_length=300, required=False)
