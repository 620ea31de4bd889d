"""Reading meetings, decisions and what was left open."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.core.text import fold
from buendnisnetz.meetings.domain.queries.attachments import attachments_of
from buendnisnetz.meetings.domain.queries.earlier import (
    MOST_LEFT_OPEN,
    TaskLine,
    body_of,
    earlier_to,
    line_of,
    lines,
    open_of_earlier,
    values_of,
)
from buendnisnetz.meetings.domain.queries.preparing import Replies
from buendnisnetz.meetings.enums import AttendanceStatus, DecisionStatus, EntryKind, Reply
from buendnisnetz.meetings.models import (
    AgendaItem,
    AgendaSpeaker,
    Attendance,
    Decision,
    EntryTask,
    Meeting,
    MeetingInvitation,
    MeetingSeries,
    MinutesEntry,
    PublicMinutes,
)
from buendnisnetz.tasks.models import Task

# What is shown as a list of its own, not among the contributions.
_OWN_LISTS = (EntryKind.DECISION, EntryKind.TASK, EntryKind.PROMISE, EntryKind.SUGGESTION)


@dataclass(frozen=True)
class DecisionLine:
    """A decision as a meeting's page lists it."""

    public_id: str
    text: str
    status: DecisionStatus


class AttendanceLine(NamedTuple):
    """Somebody on the list of a meeting's page; bodies and people by what their addresses are made of."""

    pk: int
    status: AttendanceStatus
    name: str
    academic_title: str
    function: str
    organisation_words: str
    is_chair: bool
    is_recorder: bool
    person: str | None
    organisation: str | None
    organisation_name: str | None
    also_for: str | None
    also_for_name: str | None
    alliance: str | None
    alliance_name: str | None


# In the order of :class:`AttendanceLine`.
_ATTENDANCE = (
    "pk", "status", "name", "academic_title", "function", "organisation_words", "is_chair", "is_recorder",
    "person__public_id", "organisation__public_id", "organisation__name", "also_for__public_id",
    "also_for__name", "alliance__slug", "alliance__name",
)  # fmt: skip


class EntryLine(NamedTuple):
    """A passage of the minutes as a meeting's page lists it; without ``start`` it was written by hand."""

    public_id: str
    kind: EntryKind
    text: str
    start: int | None
    speaker_words: str


@dataclass(frozen=True)
class Before:
    """The meeting before, as far as it is named."""

    public_id: str
    title: str
    held_on: date


@dataclass(frozen=True)
class MeetingPage:
    """Everything that a meeting's page shows, read in one go."""

    meeting: Meeting
    agenda: list[Any]
    attendances: list[AttendanceLine]
    entries: list[EntryLine]
    # The text of each entry, of lists of their own too, by its public id.
    texts: dict[str, str]
    decisions: list[DecisionLine]
    invited: Replies
    tasks: list[TaskLine]
    attachments: list[Any]
    left_open: list[TaskLine]
    # None where nothing was left open.
    previous: Before | None


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


def digest() -> dict[str, Any]:
    """Short lists that come along with a meeting's own row, for its page."""
    decided = Decision.objects.filter(meeting=OuterRef("pk")).order_by("pk")
    invited = MeetingInvitation.objects.filter(meeting=OuterRef("pk")).order_by("pk")
    line = JSONObject(public_id="public_id", text="text", status="status")
    return {
        "decided": ArraySubquery(decided.values(line=line)),
        "replies": ArraySubquery(invited.values("reply")),
    }


def page_of(meeting: Any, user: Any) -> MeetingPage:
    """Everything for the page of a meeting that was read with its :func:`digest`; five queries whatever
    the rows."""
    entries = _entries_of(meeting)
    tasks, left, previous = _tasks_of(meeting, user)
    return MeetingPage(
        meeting=meeting,
        agenda=_AGENDA.rows(meeting=meeting.pk),
        attendances=_attendances_of(meeting),
        entries=[row for row in entries if row.kind not in _OWN_LISTS],
        texts={row.public_id: row.text for row in entries},
        decisions=[
            DecisionLine(row["public_id"], row["text"], DecisionStatus(row["status"]))
            for row in meeting.decided
        ],
        invited=Replies([Reply(reply) for reply in meeting.replies]),
        tasks=tasks,
        attachments=attachments_of(meeting),
        left_open=left,
        previous=previous,
    )


def _agenda() -> QuerySet[AgendaItem]:
    speakers = AgendaSpeaker.objects.filter(item=OuterRef("pk")).order_by("pk")
    speaker = JSONObject(name="name", function="function", person="person__public_id")
    rows: QuerySet[AgendaItem] = AgendaItem.objects.filter(meeting=Slot("meeting"))
    spoken = ArraySubquery(speakers.values(speaker=speaker))
    return rows.annotate(spoken=spoken).order_by("position")


_AGENDA = Question(_agenda)
_ATTENDANCES = Question(
    lambda: (
        Attendance.objects.filter(meeting=Slot("meeting"))
        .order_by("position", "pk")
        .values(*_ATTENDANCE)
    )
)
_ENTRIES = Question(
    lambda: (
        MinutesEntry.objects.filter(meeting=Slot("meeting"))
        .order_by("position")
        .values(*EntryLine._fields)
    )
)


def _entries_of(meeting: Meeting) -> list[EntryLine]:
    kinds = {str(kind): kind for kind in EntryKind}
    return [
        EntryLine(**{**row, "kind": kinds[row["kind"]]})
        for row in _ENTRIES.rows(meeting=meeting.pk)
    ]


def _attendances_of(meeting: Meeting) -> list[AttendanceLine]:
    states = {str(status): status for status in AttendanceStatus}
    found = [tuple(row.values()) for row in _ATTENDANCES.rows(meeting=meeting.pk)]
    return [AttendanceLine(pk, states[status], *rest) for pk, status, *rest in found]


def _tasks(user: Any, field: str) -> QuerySet[Any]:
    """The tasks of the meeting, and of those before it the first that are open; with the last of these."""
    own = Task.objects.visible_to(user).filter(entry_link__meeting=Slot("meeting"))
    left = open_of_earlier(user, field).values("pk")[:MOST_LEFT_OPEN]
    before = JSONObject(public_id="public_id", title="title", held_on="held_on")
    found: Any = Task.objects.filter(pk__in=own.order_by().values("pk").union(left, all=True))
    return lines(
        found.order_by("opened_on", "pk"),
        previous=Subquery(earlier_to(user, field).values(before=before)[:1]),
        meeting=F("entry_link__meeting"),
        place=F("entry_link__entry__position"),
    )


_TASKS = Visible(_tasks)


def _tasks_of(meeting: Meeting, user: Any) -> tuple[list[TaskLine], list[TaskLine], Before | None]:
    """The tasks of a meeting, what earlier ones left open, and the last of these; one query."""
    rows = _TASKS.to(user, body_of(meeting), meeting=meeting.pk, **values_of(meeting))
    own = [row for row in rows if row["meeting"] == meeting.pk]
    left = [row for row in rows if row["meeting"] != meeting.pk]
    own.sort(key=itemgetter("place"))
    previous = left[0]["previous"] if left else None
    before = None
    if previous:
        day = date.fromisoformat(previous["held_on"])
        before = Before(previous["public_id"], previous["title"], day)
    return list(map(line_of, own)), list(map(line_of, left)), before


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
