"""Forms for corrections that anybody may propose."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.forms.fields import form_field
from buendnisnetz.ui.listing import FilterForm
from buendnisnetz.upkeep.domain.corrections import FIELDS, Subject
from buendnisnetz.upkeep.domain.queries.corrections import Proposed
from buendnisnetz.upkeep.enums import CorrectionStatus

CONSENT = _("You may use this address to tell me what became of my proposal. It is forgotten half a year after the decision.")  # fmt: skip


class CorrectionFilter(FilterForm):
    status = forms.ChoiceField(
        label=pgettext_lazy("correction", "State"),
        required=False,
        choices=[
            ("", CorrectionStatus.NEW.label),
            *[choice for choice in CorrectionStatus.choices if choice[0] != "NEW"],
            ("ALL", _("all")),
        ],
    )


class ProposalForm(forms.Form):
    """What a page shows, to be written over; words; an address for the answer, if wanted."""

    words = forms.CharField(
        label=_("What is wrong, in your words?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    # Entries have an address of their own.
    answer_to = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"), required=False, max_length=200
    )
    consent = forms.BooleanField(label=CONSENT, required=False)
    # People do not see it; programs that fill in everything do.
    homepage = forms.CharField(
        label=_("Please leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = FIELDS[type(subject)]
        fields = {}
        for name in self.names:
            field = form_field(subject._meta.get_field(name))
            field.initial, field.required = getattr(subject, name), False
            fields[name] = field
        self.fields = {**fields, **self.fields}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("answer_to") and not values.get("consent"):
            self.add_error("consent", _("Please agree, or leave the address empty."))
        return values

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))

    def proposed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names}


class DecisionForm(forms.Form):
    """Field by field: what is taken over, and what the proposer is told."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    taken = forms.MultipleChoiceField(
        label=_("Take over"), required=False, widget=forms.CheckboxSelectMultiple
    )
    answer = forms.CharField(
        label=pgettext_lazy("reply", "Answer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For rejecting, the reason. It is mailed if an answer is wanted."),
    )

    def __init__(self, *args: Any, fields: Sequence[Proposed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fields:
            field: Any = self.fields["taken"]
            field.choices = [
                (found.name, f"{found.label}: {found.current or '–'} → {found.proposed or '–'}")
                for found in fields
            ]
        else:
            del self.fields["taken"]
