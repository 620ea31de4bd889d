"""What the pages of this room share: the day, forms, buttons, the alliance that is meant."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.core.words import per_language
from buendnisnetz.insight.forms.fields import DayForm
from buendnisnetz.insight.rules import can_keep
from buendnisnetz.network.models import Alliance
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import query, url

ALLIANCE = Addressed(Alliance, key="slug")


@dataclass(frozen=True)
class Asked:
    """The day that a page is to be read on, and what links carry on (``?stand=``); ``typed`` holds
    what was asked for, which need not be a day."""

    day: date
    carried: str = ""
    typed: DayForm | None = None

    @property
    def field(self) -> str:
        """The field that asks for another day, and says what is wrong with the one that was typed."""
        return _field(self.day) if self.typed is None else viewkit.field(self.typed, "stand")


def asked(request: HttpRequest) -> Asked:
    """Today if nothing or no day was typed."""
    if "stand" not in request.GET:
        return Asked(today())
    form = DayForm(request.GET)
    day = form.cleaned_data.get("stand") if form.is_valid() else None
    return Asked(day or today(), query({}, stand=day.isoformat()) if day else "", form)


@per_language
def _field(day: date) -> str:
    # The same on every page of a day.
    return viewkit.field(DayForm({"stand": day.isoformat()}), "stand")


def kept_alliance(request: HttpRequest, slug: str) -> Alliance:
    """An alliance whose inner matters the user keeps; 404 if it is not one, 403 if not theirs."""
    found = ALLIANCE.found(request, slug)
    if not can_keep(request.user, found):
        raise PermissionDenied
    return found


def gap_crumbs(alliance: Alliance) -> list[tuple[str, str]]:
    return [
        (_("Gaps"), url("insight:gap_list")),
        (alliance.name, url("insight:gap_detail", alliance.slug)),
    ]
