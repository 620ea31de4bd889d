"""Calendar addresses: making, revoking, reading."""

import hashlib
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain.preparing import feeds
from buendnisnetz.meetings.domain.preparing.calendar import calendar
from buendnisnetz.meetings.models import CalendarFeed
from buendnisnetz.network.models import Alliance, WorkingGroup
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    rows = CalendarFeed.objects.filter(user=request.user).select_related(  # type: ignore[misc]
        "alliance", "working_group"
    )
    title = _("Calendar addresses")
    context = {
        "title": title,
        "rows": [
            (row, feeds.name_of(row)) for row in rows.order_by("revoked_at", "-created_at", "-pk")
        ],
        "address": "",
        "body": None,
        "fields": {},
        "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (title, "")],
        **more,
    }
    return viewkit.render(request, "meetings/calendar_list.html", context)


@open_to(*presenters.READERS)
def calendar_list(request: HttpRequest) -> HttpResponse:
    """The user's own addresses; what they are is shown only once, when they are made."""
    return _page(request, fields=request.GET.dict(), **_body(request.user, request.GET))


def _body(user: Any, asked: QueryDict) -> dict[str, Any]:
    """The alliance or group that a page was about which led here."""
    if slug := asked.get("alliance"):
        return {"body": get_object_or_404(Alliance.objects.visible_to(user), slug=slug)}
    if public_id := asked.get("group"):
        groups = WorkingGroup.objects.visible_to(user)
        return {"body": get_object_or_404(groups, public_id=public_id)}
    return {"body": None}


@never_cache
@open_to(*presenters.READERS, methods=("POST",))
@require_POST
def calendar_make(request: HttpRequest) -> HttpResponse:
    """Make an address, for a body or for oneself, and show it this once."""
    body = _body(request.user, request.POST)["body"]
    _feed, address = feeds.make_feed(
        user=request.user,
        alliance=body if isinstance(body, Alliance) else None,
        group=body if isinstance(body, WorkingGroup) else None,
        now=timezone.now(),
    )
    return _page(request, address=address)


@open_to(*presenters.READERS, methods=("POST",))
@require_POST
def calendar_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Only one's own; whose another one is, the answer does not say."""
    rows = CalendarFeed.objects.filter(user=request.user, public_id=public_id)  # type: ignore[misc]
    for feed in rows:
        feeds.revoke_feed(feed=feed, actor=request.user, now=timezone.now())
    return redirect("meetings:calendar_list")


@open_to(public=True)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar itself, for programs; the same on a day as long as nothing changes."""
    feed = feeds.feed_behind(token)
    if feed is None:
        text = _("This calendar address was revoked, or its owner has no role for it any more.")
        return viewkit.render(
            request, "ui/error.html", {"title": _("Calendar"), "text": text}, status=410
        )
    today = timezone.localdate()
    feeds.note_reading(feed=feed, today=today)
    morning = timezone.make_aware(datetime.combine(today, time.min))
    content = calendar(feeds.meetings_of(feed, today), name=feeds.name_of(feed), made_at=morning)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="sitzungen.ics"'
    return get_conditional_response(request, etag=etag, response=response) or response
