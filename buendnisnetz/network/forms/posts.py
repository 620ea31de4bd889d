"""Forms for posts and terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.network.forms.fields import DayField, FactsForm, FactsMeta
from buendnisnetz.network.models import Post, Term


class PostForm(FactsForm):
    deputy = ChooseField(
        "stellen",
        label=_("Deputy post"),
        required=False,
        help_text=_("Who stands in. Type the beginning of the function and choose."),
    )

    class Meta(FactsMeta):
        model = Post
        fields = (
            "title", "kind", "is_contact", "email", "phone", "office_hours", "weekly_hours",
            "funded_by", "is_shared", "deputy", "valid_from", "mandate_ends_on",
        )  # fmt: skip
        labels = {"valid_from": _("Exists since")}
        help_texts = {
            "title": _("In the office's own words."),
            "is_contact": _("Stands in the public list of contacts, with the address of the post."),
            "email": _("The address of the post: it stays when the person changes."),
        }


class EndForm(forms.Form):
    last_day = DayField(label=_("Last day"))


class ConfirmForm(forms.Form):
    on = DayField(label=_("Asked on"))


class BeginTermForm(forms.Form):
    """Who takes a post over. If somebody holds it, that term can end the day before."""

    person = ChooseField("personen", label=_("Person"))
    valid_from = DayField(label=_("From"), required=False)
    valid_to = DayField(label=_("To"), required=False)
    is_acting = forms.BooleanField(label=_("acting"), required=False)
    first_seen = forms.BooleanField(label=_("began no later than this day"), required=False)
    evidence = forms.CharField(label=_("Source"), max_length=200, required=False)
    end_present = forms.BooleanField(
        label=_("end the present term on the day before"), required=False
    )

    def __init__(self, *args: Any, has_holder: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_holder:
            del self.fields["end_present"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("end_present") and not values.get("valid_from") and "valid_from" in values:
            self.add_error("valid_from", _("Please give the day on which the successor begins."))
        return values


class TermForm(FactsForm):
    class Meta(FactsMeta):
        model = Term
        fields = ("valid_from", "valid_to", "is_acting", "first_seen", "evidence")
        labels = {"valid_from": _("From"), "valid_to": _("To")}
