"""What the pages of this room share: rows behind addresses, going on, what forms offer to choose."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.partnering.rules import is_keeper
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today

_MOST_MEETINGS = 60


def now() -> datetime:
    return timezone.now()


def go_on(request: HttpRequest, target: str) -> HttpResponse:
    """To a page after something was done; a link that HTMX sent as a POST is led there by it."""
    if not viewkit.wants_part(request):
        return redirect(target)
    response = HttpResponse()
    response["HX-Redirect"] = target
    return response


def choosable_meetings(user: Any) -> QuerySet[Meeting]:
    """The meetings that a form offers: those of the last year and what is planned, not thousands."""
    rows = Meeting.objects.visible_to(user).filter(held_on__gte=today() - timedelta(days=400))
    numbers = list(rows.order_by("-held_on", "pk").values_list("pk", flat=True)[:_MOST_MEETINGS])
    return Meeting.objects.filter(pk__in=numbers).order_by("-held_on", "pk")


def alliance_choices(request: HttpRequest) -> dict[str, Any]:
    """What a filter by alliance needs to know (see ``OfAllianceFilter``)."""
    office = is_keeper(request.user)
    own = () if office else tuple(sorted(access_of(request.user).ids(ScopeKind.ALLIANCE)))
    return {"own": own, "office": office, "asked": request.GET.get("alliance", "")[:80]}
