"""Filters of this room's lists, and the day that a page is asked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buendnisnetz.territories.domain.queries.territories import districts_on
from buendnisnetz.territories.enums import ChamberKind, Level, TerritoryKind
from buendnisnetz.ui.listing import FilterForm

ALL_LEVELS = "all"
_KINDS = [choice for choice in TerritoryKind.choices if choice[0] != TerritoryKind.STATE]


def day_field() -> forms.DateField:
    """The day as of which a page is shown."""
    return forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": _("This is not a day. Please write it as 2017-08-24 or 24.08.2017.")
        },
    )


class DayForm(forms.Form):
    """Asks for the day on pages that are not lists."""

    stand = day_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter_%s")
        super().__init__(*args, **kwargs)


class TerritoryFilter(FilterForm):
    stand = day_field()
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[
            ("", _("districts and municipalities")),
            (Level.DISTRICT, _("districts and independent cities")),
            (Level.MUNICIPALITY, _("municipalities")),
            (Level.ASSOCIATION, _("municipal associations")),
            (Level.STATE, _("federal states")),
            (ALL_LEVELS, _("all levels")),
        ],
    )
    parent = forms.ChoiceField(label=_("Lies in"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *_KINDS])

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parent"]
        districts = districts_on(day).order_by("sort_key", "ags").values_list("ags", "name")
        field.choices = [("", _("all")), *districts]


class ChamberFilter(FilterForm):
    """Chambers are few enough to be read; they need no search box."""

    q = None  # type: ignore[assignment]
    stand = day_field()
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *ChamberKind.choices]
    )
