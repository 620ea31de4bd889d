"""What became of what was decided and promised: state today, report for the next meeting, chains."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Window

from buendnisnetz.meetings.domain.queries.meetings import body_filter, left_open, previous_meeting
from buendnisnetz.meetings.enums import DecisionStatus
from buendnisnetz.meetings.models import AgendaItem, Decision, EntryTask, Meeting
from buendnisnetz.tasks.domain.queries.figures import Figures, figures_of
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
    four queries."""
    found = {}
    decisions = Decision.objects.filter(meeting=meeting, entry__isnull=False)
    readable = set(decisions.visible_to(user).values_list("pk", flat=True))
    for row in decisions.select_related("entry"):
        public_id = row.public_id if row.pk in readable else ""
        found[row.entry.public_id] = Standing(DecisionStatus(row.status), row.status_on, public_id)
    links = EntryTask.objects.filter(entry__meeting=meeting)
    visible = Task.objects.visible_to(user).filter(entry_link__entry__meeting=meeting)
    tasks = set(visible.values_list("pk", flat=True))
    for link in links.select_related("entry", "task"):
        task = link.task
        public_id = task.public_id if task.pk in tasks else ""
        found[link.entry.public_id] = Standing(TaskStatus(task.status), task.closed_on, public_id)
    return found


@dataclass(frozen=True)
class Chain:
    """An agenda item that was moved from meeting to meeting: how often, and since which one."""

    item: AgendaItem
    moves: int
    first_day: date
    first_meeting: str


def chains_into(meeting: Meeting) -> list[Chain]:
    """The items of a meeting that come from earlier ones, the longest way first; two queries."""
    items = {row.pk: row for row in meeting.agenda.exclude(carried_from=None)}
    if not items:
        return []
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


@dataclass(frozen=True)
class FollowUp:
    """What a meeting wants to know first: what became of everything before it."""

    meeting: Meeting
    previous: Meeting | None
    figures: Figures
    alive: list[Decision]
    open: list[Task]
    closed: list[Task]
    chains: list[Chain]

    @property
    def alive_in_all(self) -> int:
        return _in_all(self.alive)

    @property
    def closed_in_all(self) -> int:
        return _in_all(self.closed)


def follow_up_of(meeting: Meeting, user: Any, today: date, most: int = MOST_ROWS) -> FollowUp:
    """The report for a meeting, from all earlier meetings of the same body (S91, S118); of each kind at
    most so many rows are listed."""
    previous = previous_meeting(meeting, user)
    tasks = earlier_tasks(meeting, user)
    since = previous.held_on if previous else date.min
    closed = tasks.filter(closed_on__gte=since).select_related("holder")
    alive = Decision.objects.visible_to(user).filter(
        meeting__in=_earlier(meeting), status=DecisionStatus.OPEN
    )
    return FollowUp(
        meeting=meeting,
        previous=previous,
        figures=figures_of(tasks, today),
        alive=_listed(alive.select_related("meeting").order_by("meeting__held_on", "pk"), most),
        open=left_open(meeting, user, most),
        closed=_listed(closed.order_by("-closed_on", "pk"), most),
        chains=chains_into(meeting),
    )


def _listed(rows: QuerySet[Any], most: int) -> list[Any]:
    """The first rows, each of which knows how many there are in all; one query."""
    return list(rows.annotate(in_all=Window(Count("pk")))[:most])


def _in_all(rows: list[Any]) -> int:
    return rows[0].in_all if rows else 0


def earlier_tasks(meeting: Meeting, user: Any) -> QuerySet[Task]:
    """Visible tasks that came of earlier meetings of the same body, in whatever state."""
    rows: QuerySet[Task] = Task.objects.visible_to(user)
    return rows.filter(entry_link__entry__meeting__in=_earlier(meeting))


def _earlier(meeting: Meeting) -> QuerySet[Any]:
    rows = Meeting.objects.filter(body_filter(meeting), held_on__lt=meeting.held_on)
    ids: QuerySet[Any] = rows.order_by().values("pk")
    return ids
