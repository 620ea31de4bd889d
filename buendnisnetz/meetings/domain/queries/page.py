"""Everything that a meeting's own page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Compiled, Slot
from buendnisnetz.core.together import together
from buendnisnetz.meetings.domain.queries import attachments
from buendnisnetz.meetings.domain.queries.earlier import (
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
    Meeting,
    MeetingInvitation,
    MeetingSeries,
    Minutes,
    MinutesEntry,
)
from buendnisnetz.network.models import Person
from buendnisnetz.tasks.models import Task

# Of what earlier meetings left open the oldest are named, so that the page stays about its own meeting.
MOST_LEFT_OPEN = 20
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
    organisation: str | None
    organisation_name: str | None
    also_for: str | None
    also_for_name: str | None
    alliance: str | None
    alliance_name: str | None
    # None also where the reader may not open the page of this person.
    person: str | None


# In the order of :class:`AttendanceLine`.
_ATTENDANCE = (
    "pk", "status", "name", "academic_title", "function", "organisation_words", "is_chair", "is_recorder",
    "organisation__public_id", "organisation__name", "also_for__public_id", "also_for__name",
    "alliance__slug", "alliance__name",
)  # fmt: skip


class EntryLine(NamedTuple):
    """A passage of the minutes as a meeting's page lists it; without ``start`` it was written by hand."""

    pk: int
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
    # At most ``MOST_LEFT_OPEN``; whether there are more.
    left_open: list[TaskLine]
    more_left_open: bool
    # None where nothing was left open.
    previous: Before | None
    # The text of minutes that were brought in; empty where there is none.
    imported: str
    has_minutes: bool
    # The name and public id of the meeting's series.
    series: dict[str, str] | None


def digest() -> dict[str, Any]:
    """Short lists that come along with a meeting's own row, for its page; its series and the text of
    its minutes, None where there is none."""
    decided = Decision.objects.filter(meeting=OuterRef("pk")).order_by("pk")
    invited = MeetingInvitation.objects.filter(meeting=OuterRef("pk")).order_by("pk")
    line = JSONObject(public_id="public_id", text="text", status="status")
    series = MeetingSeries.objects.filter(pk=OuterRef("series")).order_by()
    minutes = Minutes.objects.filter(meeting=OuterRef("pk")).order_by()
    # Asked for as columns: each row more that is joined doubles the work of planning.
    return {
        "decided": ArraySubquery(decided.values(line=line)),
        "replies": ArraySubquery(invited.values("reply")),
        "of_series": Subquery(series.values(one=JSONObject(name="name", public_id="public_id"))),
        "full_text": Subquery(minutes.values("text")),
    }


def page_of(meeting: Any, user: Any) -> MeetingPage:
    """Everything for the page of a meeting that was read with its :func:`digest`; one query whatever
    the rows."""
    parts = _PARTS.one_to(user, body_of(meeting), meeting=meeting.pk, **values_of(meeting))
    entries = _entries(parts["entries"])
    tasks, left = _sorted(parts["tasks"], meeting, entries)
    return MeetingPage(
        meeting=meeting,
        agenda=parts["agenda"],
        attendances=_attendances(parts["attendances"]),
        entries=[row for row in entries if row.kind not in _OWN_LISTS],
        texts={row.public_id: row.text for row in entries},
        decisions=[
            DecisionLine(row["public_id"], row["text"], DecisionStatus(row["status"]))
            for row in meeting.decided
        ],
        invited=Replies([Reply(reply) for reply in meeting.replies]),
        tasks=tasks,
        attachments=parts["attachments"],
        left_open=left[:MOST_LEFT_OPEN],
        more_left_open=len(left) > MOST_LEFT_OPEN,
        previous=Before(**parts["previous"][0]) if left and parts["previous"] else None,
        imported=meeting.full_text or "",
        has_minutes=meeting.full_text is not None,
        series=meeting.of_series,
    )


def _page_of_person(user: Any) -> Combinable:
    """What the address of a row's person is made of, if the user may see that page."""
    if access_of(user).sees_whole_state:
        return F("person__public_id")
    seen = Person.objects.visible_one_by_one(user).filter(pk=OuterRef("person"))
    return Subquery(seen.order_by().values("public_id")[:1])


def _agenda(user: Any) -> QuerySet[AgendaItem]:
    speakers = AgendaSpeaker.objects.filter(item=OuterRef("pk")).order_by("pk")
    speaker = JSONObject(name="name", function="function", person=_page_of_person(user))
    rows: QuerySet[AgendaItem] = AgendaItem.objects.filter(meeting=Slot("meeting"))
    spoken = ArraySubquery(speakers.values(speaker=speaker))
    return rows.annotate(spoken=spoken).order_by("position")


def _entries(rows: list[dict[str, Any]]) -> list[EntryLine]:
    kinds = {str(kind): kind for kind in EntryKind}
    return [EntryLine(**{**row, "kind": kinds[row["kind"]]}) for row in rows]


def _attendances(rows: list[dict[str, Any]]) -> list[AttendanceLine]:
    states = {str(status): status for status in AttendanceStatus}
    found = [tuple(row.values()) for row in rows]
    return [AttendanceLine(pk, states[status], *rest) for pk, status, *rest in found]


def _tasks(user: Any, field: str) -> QuerySet[Any]:
    """The tasks of the meeting, and of those before it the first that are open."""
    own = Task.objects.visible_to(user).filter(entry_link__meeting=Slot("meeting"))
    left = open_of_earlier(user, field).values("pk")[: MOST_LEFT_OPEN + 1]
    found: Any = Task.objects.filter(pk__in=own.order_by().values("pk").union(left, all=True))
    return lines(
        found.order_by("opened_on", "pk"),
        meeting=F("entry_link__meeting"),
        entry=F("entry_link__entry"),
    )


def _parts(user: Any, field: str) -> Compiled:
    meeting = Slot("meeting")
    return together(
        agenda=_agenda(user),
        attendances=Attendance.objects.filter(meeting=meeting)
        .order_by("position", "pk")
        .values(*_ATTENDANCE, page=_page_of_person(user)),
        entries=MinutesEntry.objects.filter(meeting=meeting)
        .order_by("position")
        .values(*EntryLine._fields),
        attachments=attachments.in_order(),
        tasks=_tasks(user, field),
        previous=earlier_to(user, field).values("public_id", "title", "held_on")[:1],
    )


_PARTS = Visible(_parts)


def _sorted(
    rows: list[dict[str, Any]], meeting: Meeting, entries: list[EntryLine]
) -> tuple[list[TaskLine], list[TaskLine]]:
    """The tasks of a meeting in the order of its entries, and what earlier ones left open."""
    own = [row for row in rows if row["meeting"] == meeting.pk]
    left = [row for row in rows if row["meeting"] != meeting.pk]
    places = {entry.pk: place for place, entry in enumerate(entries)}
    own.sort(key=lambda row: places[row["entry"]])
    return list(map(line_of, own)), list(map(line_of, left))
