"""What became of what was decided and promised: state today, report for the next meeting, chains."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Compiled, Question, Slot, one_of
from buendnisnetz.core.together import together
from buendnisnetz.meetings.domain.queries.earlier import (
    TaskLine,
    body_of,
    earlier_keys,
    earlier_tasks,
    earlier_to,
    line_of,
    lines,
    open_of_earlier,
    values_of,
)
from buendnisnetz.meetings.enums import DecisionStatus
from buendnisnetz.meetings.models import AgendaItem, Decision, EntryTask, Meeting
from buendnisnetz.tasks.domain.queries.figures import Figures, tallies
from buendnisnetz.tasks.domain.queries.figures import together as figures_from
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task

# A report that lists more than this is not read; the figures count everything. A page lists less than
# the paper, which is brought along.
MOST_ROWS = 200
MOST_ON_PAGE = 50


@dataclass(frozen=True)
class Standing:
    """How the decision or task of an entry stands today; ``since`` once it is settled. The public id
    is empty where it has no page for the reader."""

    status: DecisionStatus | TaskStatus
    since: date | None
    public_id: str


def standings_of(meeting: Meeting, user: Any) -> dict[str, Standing]:
    """The state today of every decision and task in a meeting's minutes, by the entry's public id;
    one query."""
    parts = _STANDINGS.one_to(user, meeting=meeting.pk)
    found = {
        row["entry__public_id"]: Standing(
            DecisionStatus(row["status"]),
            row["status_on"],
            row["public_id"] if row["readable"] else "",
        )
        for row in parts["decisions"]
    }
    for row in parts["tasks"]:
        found[row["entry__public_id"]] = Standing(
            TaskStatus(row["task__status"]),
            row["task__closed_on"],
            row["task__public_id"] if row["readable"] else "",
        )
    return found


def _decisions(user: Any) -> QuerySet[Any]:
    rows = Decision.objects.filter(meeting=Slot("meeting"), entry__isnull=False)
    readable = Exists(Decision.objects.visible_to(user).filter(pk=OuterRef("pk")))
    found: QuerySet[Any] = rows.annotate(readable=readable).values(
        "entry__public_id", "status", "status_on", "public_id", "readable"
    )
    return found


def _entry_tasks(user: Any) -> QuerySet[Any]:
    readable = Exists(Task.objects.visible_to(user).filter(pk=OuterRef("task")))
    found: QuerySet[Any] = EntryTask.objects.filter(meeting=Slot("meeting")).values(
        "entry__public_id", "task__status", "task__closed_on", "task__public_id", readable=readable
    )
    return found


_STANDINGS = Visible(
    lambda user: together(decisions=_decisions(user), tasks=_entry_tasks(user)),
)


@dataclass(frozen=True)
class Chain:
    """An agenda item that was moved from meeting to meeting: how often, and since which one."""

    item: AgendaItem
    moves: int
    first_day: date
    first_meeting: str


def chains_into(meeting: Meeting) -> list[Chain]:
    """The items of a meeting that come from earlier ones, the longest way first; two queries."""
    return _chains(list(meeting.agenda.exclude(carried_from=None)))


def _chains(moved: list[AgendaItem]) -> list[Chain]:
    if not moved:
        return []
    items = {row.pk: row for row in moved}
    with connection.cursor() as cursor:
        cursor.execute(_WAY_BACK, [list(items)])
        rows = cursor.fetchall()
    return [Chain(items[pk], moves, day, public_id) for pk, moves, day, public_id in rows]


# Back from each item to where it was first put down.
_WAY_BACK = """
with recursive way (item, here, moves) as (
    select id, carried_from_id, 1 from meetings_agendaitem where id = any(%s)
    union all
    select way.item, earlier.carried_from_id, way.moves + 1
    from way join meetings_agendaitem earlier on earlier.id = way.here
    where earlier.carried_from_id is not null and way.moves < 1000
)
select way.item, way.moves, meeting.held_on, meeting.public_id
from way
join meetings_agendaitem start on start.id = way.here and start.carried_from_id is null
join meetings_meeting meeting on meeting.id = start.meeting_id
order by way.moves desc, way.item
"""


class AliveLine(NamedTuple):
    """A decision that is not yet shown to be done, with the meeting that took it."""

    public_id: str
    text: str
    meeting: str
    held_on: date


@dataclass(frozen=True)
class FollowUp:
    """What a meeting wants to know first: what became of everything before it. Of each kind the first
    are listed and all are counted."""

    meeting: Meeting
    previous: Meeting | None
    figures: Figures
    alive: list[AliveLine]
    alive_in_all: int
    open: list[TaskLine]
    closed: list[TaskLine]
    closed_in_all: int
    chains: list[Chain]


def follow_up_of(meeting: Meeting, user: Any, today: date, most: int = MOST_ROWS) -> FollowUp:
    """The report for a meeting, from all earlier meetings of the same body (S91, S118); of each kind at
    most so many rows are listed."""
    field, values = body_of(meeting), values_of(meeting)
    lists = _LISTS.one_to(user, field, most, meeting=meeting.pk, **values)
    previous = lists["previous"][0] if lists["previous"] else None
    since = previous.held_on if previous else date.min
    counted = _COUNTED.one_to(user, field, today, since=since, **values)
    settled = [key for row in counted["tallies"] for key in row["settled"] or ()]
    return FollowUp(
        meeting=meeting,
        previous=previous,
        figures=figures_from(counted["tallies"]),
        alive=[AliveLine(*row.values()) for row in lists["alive"]],
        alive_in_all=counted["alive"][0]["count"] if counted["alive"] else 0,
        open=[line_of(row) for row in lists["open"]],
        closed=[line_of(row) for row in _SETTLED.rows(most, shape=most, keys=settled)]
        if settled
        else [],
        closed_in_all=len(settled),
        chains=_chains(lists["moved"]),
    )


def _alive(user: Any, field: str) -> QuerySet[Decision]:
    rows: QuerySet[Decision] = Decision.objects.visible_to(user).filter(
        meeting__in=earlier_keys(field), status=DecisionStatus.OPEN
    )
    return rows


def _lists(user: Any, field: str, most: int) -> Compiled:
    """What is listed of each kind, the oldest first; the meeting before, and what was moved into this one."""
    alive = _alive(user, field).order_by("meeting__held_on", "pk")
    return together(
        previous=earlier_to(user, field)[:1],
        open=lines(open_of_earlier(user, field))[:most],
        alive=alive.values("public_id", "text", "meeting__title", "meeting__held_on")[:most],
        moved=AgendaItem.objects.filter(meeting=Slot("meeting")).exclude(carried_from=None),
    )


def _counted(user: Any, field: str, today: date) -> Compiled:
    """What the figures are made of, with the keys of those that were settled since a day; how many
    decisions there are. All that ever came of the body's meetings has to be gone through."""
    settled = ArrayAgg("pk", filter=Q(closed_on__gte=Slot("since", planned=True)))
    alive = _alive(user, field).order_by().annotate(all=Value(1)).values("all")
    found = together(
        tallies=tallies(earlier_tasks(user, field), today).annotate(settled=settled),
        alive=alive.annotate(count=Count("*")),
    )
    return replace(found, reckoned=True)


def _settled(most: int) -> QuerySet[Any]:
    """Of the tasks that were found above those that were settled last."""
    rows: QuerySet[Task] = Task.objects.filter(one_of("pk", "keys"))
    return lines(rows.order_by("-closed_on", "pk"))[:most]


_LISTS, _COUNTED, _SETTLED = Visible(_lists), Visible(_counted), Question(_settled)
