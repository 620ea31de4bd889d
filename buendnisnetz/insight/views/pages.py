"""What the pages of this room share: the day, forms, buttons, the alliance that is meant."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.insight.forms.fields import DayForm
from buendnisnetz.insight.rules import can_keep
from buendnisnetz.network.models import Alliance
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import query, url

ALLIANCE = Addressed(Alliance, key="slug")


@dataclass(frozen=True)
class Asked:
    """The day that a page is to be read on, its form, and what links carry on (``?stand=``)."""

    day: date
    form: DayForm
    carried: str


def asked(request: HttpRequest) -> Asked:
    """Today if nothing or no day was typed."""
    form = DayForm(request.GET)
    typed = form.cleaned_data.get("stand") if form.is_valid() else None
    day = typed or today()
    if "stand" not in request.GET:
        form = DayForm({"stand": day.isoformat()})
        form.is_valid()
    return Asked(day, form, query({}, stand=day.isoformat()) if typed else "")


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
