"""The day that a page is asked for (``stand=``)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from buendnisnetz.core.words import per_language
from buendnisnetz.territories.forms.filters import DayForm
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui import viewkit


@dataclass(frozen=True)
class Asked:
    """The day to show; ``typed`` holds what was asked for, which need not be a day."""

    day: date
    typed: DayForm | None = None

    @property
    def field(self) -> str:
        """The field that asks for another day, and says what is wrong with the one that was typed."""
        return _field(self.day) if self.typed is None else viewkit.field(self.typed, "stand")


def asked(request: HttpRequest, territory: Territory | None = None) -> Asked:
    """Today if nothing or no day was typed; for what has ended, its last day."""
    if "stand" not in request.GET:
        return Asked(default_day(territory))
    form = DayForm(request.GET)
    form.is_valid()
    return Asked(form.cleaned_data.get("stand") or default_day(territory), form)


@per_language
def _field(day: date) -> str:
    # The same on every page of a day.
    return viewkit.field(DayForm({"stand": day.isoformat()}), "stand")


def default_day(territory: Territory | None) -> date:
    today = timezone.localdate()
    if territory and territory.valid_to and territory.valid_to < today:
        return territory.valid_to
    return today
