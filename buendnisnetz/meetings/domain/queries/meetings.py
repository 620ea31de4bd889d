"""Reading meetings, decisions and what was left open."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.core.text import fold
from buendnisnetz.meetings.domain.queries.attachments import attachments_of
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import (
    AgendaSpeaker,
    Decision,
    EntryTask,
    Meeting,
    MinutesEntry,
    PublicMinutes,
)
from buendnisnetz.tasks.models import Task

# What is shown as a list of its own, not among the contributions.
_SPEAKERS = Prefetch("speakers", queryset=AgendaSpeaker.objects.select_related("person"))
_OWN_LISTS = (EntryKind.DECISION, EntryKind.TASK, EntryKind.PROMISE, EntryKind.SUGGESTION)


@dataclass(frozen=True)
class MeetingPage:
    """Everything that a meeting's page shows, read in one go."""

    meeting: Meeting
    agenda: list[Any]
    attendances: list[Any]
    entries: list[MinutesEntry]
    decisions: list[Decision]
    tasks: list[Task]
    attachments: list[Any]
    left_open: list[Task]
    previous: Meeting | None


def meetings_for_list(user: Any) -> QuerySet[Meeting]:
    """Visible meetings, with the words that this user may read of them."""
    rows: QuerySet[Meeting] = Meeting.objects.visible_to(user).with_shown_words(user)
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
    visible = Task.objects.visible_to(user).open().order_by().values("pk")
    rows = EntryTask.objects.filter(entry__meeting__in=meetings, task__in=visible)
    return dict(rows.values_list("entry__meeting").annotate(count=Count("pk")))


def body_filter(meeting: Meeting) -> Q:
    """Meetings of the same body: the same series, alliance, group, or the whole state."""
    if meeting.series_id:
        return Q(series=meeting.series_id)
    if meeting.working_group_id:
        return Q(working_group=meeting.working_group_id)
    if meeting.alliance_id:
        return Q(alliance=meeting.alliance_id, working_group=None)
    return Q(alliance=None, working_group=None, kind=meeting.kind)


def previous_meeting(meeting: Meeting, user: Any) -> Meeting | None:
    """The last visible meeting of the same body before this one."""
    rows = Meeting.objects.inside_for(user).filter(
        body_filter(meeting), held_on__lt=meeting.held_on
    )
    found: Meeting | None = rows.order_by("-held_on", "-pk").first()
    return found


def left_open(meeting: Meeting, user: Any, limit: int = 50) -> list[Task]:
    """Tasks from earlier meetings of the same body that are open today, oldest first (S118)."""
    earlier = (
        Meeting.objects.filter(body_filter(meeting), held_on__lt=meeting.held_on)
        .order_by()
        .values("pk")
    )
    rows = Task.objects.visible_to(user).open().filter(entry_link__entry__meeting__in=earlier)
    return list(rows.select_related("holder").order_by("opened_on", "pk")[:limit])


def page_of(meeting: Meeting, user: Any) -> MeetingPage:
    """Everything for the page; eight queries whatever the rows."""
    entries = meeting.entries.exclude(kind__in=_OWN_LISTS).select_related("speaker", "agenda_item")
    visible = Task.objects.visible_to(user).filter(entry_link__entry__meeting=meeting)
    return MeetingPage(
        meeting=meeting,
        agenda=list(meeting.agenda.order_by("position").prefetch_related(_SPEAKERS)),
        attendances=list(
            meeting.attendances.select_related(
                "person", "organisation", "alliance", "also_for"
            ).order_by("position", "pk")
        ),
        entries=list(entries.order_by("position")),
        decisions=list(meeting.decisions.select_related("entry", "agenda_item").order_by("pk")),
        tasks=list(
            visible.select_related("holder", "entry_link__entry").order_by(
                "entry_link__entry__position"
            )
        ),
        attachments=attachments_of(meeting),
        left_open=left_open(meeting, user),
        previous=previous_meeting(meeting, user),
    )


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


def next_meetings(user: Any, today: date, limit: int = 5) -> list[Meeting]:
    """Visible meetings from today on."""
    rows = Meeting.objects.inside_for(user).filter(held_on__gte=today).exclude(status="CANCELLED")
    return list(rows.select_related("alliance").order_by("held_on", "pk")[:limit])
