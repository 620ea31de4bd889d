"""Reading lists of meetings, series and decisions."""

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import one_of
from buendnisnetz.core.text import fold
from buendnisnetz.meetings.models import (
    Decision,
    EntryTask,
    Meeting,
    MeetingSeries,
    PublicMinutes,
)
from buendnisnetz.tasks.models import Task


def meetings_for_list(user: Any) -> QuerySet[Meeting]:
    """Visible meetings, with the words that this user may read of them."""
    rows: QuerySet[Meeting] = Meeting.objects.visible_to(user).with_shown_words(user)
    return rows


def series_for_list(user: Any) -> QuerySet[MeetingSeries]:
    """Visible series with how many meetings they had and the day of the last; asked for each series
    that is shown, not for all."""
    meetings = Meeting.objects.filter(series=OuterRef("pk")).order_by()
    number = meetings.values("series").annotate(number=Count("*")).values("number")
    last = meetings.order_by("-held_on").values("held_on")[:1]
    rows: QuerySet[MeetingSeries] = MeetingSeries.objects.visible_to(user).annotate(
        number=Coalesce(Subquery(number), 0), last=Subquery(last)
    )
    return rows


def found_in_list(rows: QuerySet[Meeting], typed: str, user: Any) -> QuerySet[Meeting]:
    """Of these meetings those that hold what was typed, in words that this user may read."""
    inside = Meeting.objects.inside_for(user).search(typed)
    if access_of(user).sees_whole_state:
        return rows.filter(pk__in=inside.order_by().values("pk"))
    public = PublicMinutes.objects.search(typed)
    return rows.filter(
        Q(pk__in=inside.order_by().values("pk")) | Q(pk__in=public.order_by().values("meeting"))
    )


def open_tasks_of(meetings: list[int], user: Any) -> dict[int, int]:
    """How many visible tasks of each meeting are still open."""
    rows = _OPEN_TASKS.to(user, meetings=meetings) if meetings else []
    return {row["meeting"]: row["count"] for row in rows}


def _open_tasks(user: Any) -> QuerySet[Any]:
    visible: Any = Task.objects.visible_to(user)
    of_meetings = EntryTask.objects.filter(
        one_of("meeting", "meetings"), task__in=visible.open().order_by().values("pk")
    )
    rows: QuerySet[Any] = of_meetings.values("meeting").annotate(count=Count("*"))
    return rows


_OPEN_TASKS = Visible(_open_tasks)


def decisions_for_list(user: Any) -> QuerySet[Decision]:
    """Decisions of visible meetings; never for the public, whose page shows them redacted."""
    rows: QuerySet[Decision] = Decision.objects.visible_to(user)
    return rows


def decided_about(rows: QuerySet[Decision], topic: str, body: str) -> QuerySet[Decision]:
    """Of these decisions those under a topic (of the meeting or the agenda item), by a body whose
    name holds ``body``."""
    if topic:
        rows = rows.filter(
            Q(meeting__topics__icontains=topic)
            | Q(agenda_item__title__icontains=topic)
            | Q(meeting__search_key__contains=fold(topic))
        )
    if body:
        named = Q()
        for name in ("body", "alliance__name", "working_group__name", "series__name"):
            named |= Q(**{f"meeting__{name}__icontains": body})
        rows = rows.filter(named)
    return rows


def next_meetings(user: Any, today: date, limit: int = 5) -> QuerySet[Meeting]:
    """Visible meetings from today on."""
    rows: QuerySet[Meeting] = Meeting.objects.inside_for(user).filter(held_on__gte=today)
    return rows.exclude(status="CANCELLED").order_by("held_on", "pk")[:limit]
