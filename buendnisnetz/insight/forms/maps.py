"""What a map asks: where, what, and on which day."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.insight.enums import MapQuestion
from buendnisnetz.insight.forms.fields import DayField

Choices = Sequence[tuple[str, str]]


class MapForm(forms.Form):
    land = forms.ChoiceField(label=_("Federal state"), required=False)
    kreis = forms.ChoiceField(label=pgettext_lazy("short", "District"), required=False)
    frage = forms.ChoiceField(label=_("What is shown"), choices=MapQuestion.choices, required=False)
    stand = DayField(label=_("As of"), required=False)

    def __init__(self, *args: Any, states: Choices, districts: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter_%s")
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kreis"].choices = [("", _("the whole state")), *districts]
        if len(states) > 1:
            fields["land"].choices = states
        else:
            del fields["land"]
