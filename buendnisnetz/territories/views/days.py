"""The day that a page is asked for (``stand=``)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from buendnisnetz.territories.forms.filters import DayForm
from buendnisnetz.territories.models import Territory


@dataclass(frozen=True)
class Asked:
    """The day to show, and the form that says if something else was typed."""

    day: date
    form: DayForm


def asked(request: HttpRequest, territory: Territory | None = None) -> Asked:
    """Today if nothing or no day was typed; for what has ended, its last day."""
    form = DayForm(request.GET)
    form.is_valid()
    day = form.cleaned_data.get("stand") or default_day(territory)
    if "stand" not in request.GET:
        form = DayForm({"stand": day.isoformat()})
        form.is_valid()
    return Asked(day, form)


def default_day(territory: Territory | None) -> date:
    today = timezone.localdate()
    if territory and territory.valid_to and territory.valid_to < today:
        return territory.valid_to
    return today
