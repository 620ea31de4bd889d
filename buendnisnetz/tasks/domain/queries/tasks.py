"""Reading tasks: whose they are, what is due, what was never closed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.counts import counting
from buendnisnetz.core.questions import Compiled, Question, Slot
from buendnisnetz.core.together import together
from buendnisnetz.network.domain.queries.holders import posts_of
from buendnisnetz.network.models import Post, Term
from buendnisnetz.tasks.enums import CLOSED, TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task, TaskNote

# How much of what is done stands on the board.
DONE_LATELY = timedelta(days=30)
MOST_PER_COLUMN = 25
_ON_A_CARD = (
    "pk", "public_id", "title", "kind", "status", "due_on", "due_words", "assignee_words",
    "for_all_alliances",
)  # fmt: skip


def mine(user: Any, today: date) -> Q:
    """Tasks of posts that the user holds."""
    return Q(holder__in=posts_of(user, today))


def of_my_role(user: Any, today: date) -> Q:
    """Tasks of posts that the user holds, deputises for, or answers for by a role."""
    access = access_of(user)
    held = Term.objects.as_of(today).filter(person__user=access.user_id).order_by().values("post")
    condition = any_of("holder", held) | _of_posts(deputy__in=held)
    scopes = {
        ScopeKind.ORGANISATION: "organisation__in",
        ScopeKind.DISTRICT: "territory__in",
        ScopeKind.ALLIANCE: "alliance__in",
    }
    for kind, lookup in scopes.items():
        if numbers := access.ids(kind):
            condition |= _of_posts(**{lookup: numbers})
    return condition


def _of_posts(**lookup: Any) -> Q:
    return any_of("holder", Post.objects.filter(**lookup).order_by().values("pk"))


def of_my_alliances(user: Any) -> Q:
    """Tasks of the user's alliances, and those that all alliances have."""
    alliances = access_of(user).ids(ScopeKind.ALLIANCE)
    if not alliances:
        return Q(pk__in=[])
    condition = Q(alliance__in=alliances) | _of_posts(alliance__in=alliances)
    return condition | Q(for_all_alliances=True)


def narrowed(
    rows: QuerySet[Task], values: dict[str, Any], *, user: Any, today: date
) -> QuerySet[Task]:
    """Apply the filter of list and board."""
    whose = values.get("whose")
    if whose == "mine":
        rows = rows.filter(mine(user, today))
    elif whose == "role":
        rows = rows.filter(of_my_role(user, today))
    elif whose == "alliance":
        rows = rows.filter(of_my_alliances(user))
    if values.get("kind"):
        rows = rows.filter(kind=values["kind"])
    status = values.get("status") or "open"
    if status == "open":
        rows = rows.exclude(status__in=CLOSED)
    elif status != "all":
        rows = rows.filter(status=status)
    return due_within(rows, values.get("due") or "", today)


def due_within(rows: QuerySet[Task], due: str, today: date) -> QuerySet[Task]:
    if due == "overdue":
        return rows.filter(due_on__lt=today).exclude(status__in=CLOSED)
    if due == "month":
        return rows.filter(due_on__range=(today, today + timedelta(days=31)))
    if due == "none":
        return rows.filter(due_on=None)
    if due == "waiting":
        return rows.waiting()  # type: ignore[attr-defined,no-any-return]  # TaskQuerySet
    return rows


def never_closed(user: Any) -> QuerySet[Task]:
    """What was promised or asked for and never closed, since the first meeting; oldest first."""
    rows: QuerySet[Task] = Task.objects.visible_to(user).open()
    rows = rows.filter(kind__in=[TaskKind.PROMISE, TaskKind.TASK])
    # Who sees next to none of the tasks would have all of them read in the order of an index, in search
    # of the first: no index has the day as a time.
    sees_many = access_of(user).sees_whole_state or access_of(user).has(*_SEE_MANY)
    return rows.order_by("opened_on" if sees_many else Cast("opened_on", DateTimeField()), "pk")


_SEE_MANY = (Role.MINISTRY, Role.ALLIANCE_COORDINATOR)


class Card(NamedTuple):
    """A task as the board shows it, with the title and the scope of the post that holds it, if one does."""

    pk: int
    public_id: str
    title: str
    kind: str
    status: str
    due_on: date | None
    due_words: str
    assignee_words: str
    for_all_alliances: bool
    holder: str | None
    scope: str | None


class BoardColumn(NamedTuple):
    """The first tasks in a state, and how many there are in all."""

    status: TaskStatus
    tasks: list[Card]
    total: int


# The columns of the board and their order.
_COLUMNS = {
    TaskStatus.OPEN: "due_on",
    TaskStatus.IN_PROGRESS: "due_on",
    TaskStatus.DONE: "-closed_on",
}


def board(values: dict[str, Any], *, user: Any, today: date) -> list[BoardColumn]:
    """The columns of the board, narrowed as its form says; of what is done only the last month. One
    query, one more if not all of it fits."""
    wishes = tuple(sorted((key, value) for key, value in values.items() if value))
    # One's own posts are asked for first, and what is typed is hardly ever typed again.
    is_new = bool(values.get("whose") or values.get("q"))
    cards = Visible(_cards) if is_new else _CARDS
    totals = Visible(_totals) if is_new else _TOTALS
    found = cards.one_to(user, wishes, today)
    full = tuple(name for name, rows in found.items() if len(rows) > MOST_PER_COLUMN)
    numbers = {name: len(rows) for name, rows in found.items()}
    if full:
        numbers |= totals.one_to(user, full, wishes, today)
    return [
        BoardColumn(
            status,
            [Card(*row.values()) for row in found[status.name][:MOST_PER_COLUMN]],
            numbers[status.name],
        )
        for status in _COLUMNS
    ]


def _in_column(user: Any, status: TaskStatus, wishes: Any, today: date) -> QuerySet[Task]:
    values = {**dict(wishes), "status": "all"}
    rows: Any = narrowed(Task.objects.visible_to(user), values, user=user, today=today)
    rows = rows.filter(status=status)
    if status == TaskStatus.DONE:
        rows = rows.filter(closed_on__gte=today - DONE_LATELY)
    found: QuerySet[Task] = rows.search(values["q"]) if values.get("q") else rows
    return found


def _cards(user: Any, wishes: Any, today: date) -> Compiled:
    """The first of each column, under the name of its state."""
    return together(
        **{
            status.name: _in_column(user, status, wishes, today)
            .order_by(order, "pk")
            .values(*_ON_A_CARD, holder_title=F("holder__title"), scope=F("holder__scope_name"))[
                : MOST_PER_COLUMN + 1
            ]
            for status, order in _COLUMNS.items()
        }
    )


def _totals(user: Any, full: tuple[str, ...], wishes: Any, today: date) -> Compiled | None:
    """How many there are in these columns: all of them have to be gone through."""
    columns = {name: _in_column(user, TaskStatus[name], wishes, today) for name in full}
    found = counting(**columns)
    # Hardly anybody types the same words: their answer would only push out others.
    return replace(found, reckoned="q" not in dict(wishes)) if found else None


_CARDS, _TOTALS = Visible(_cards), Visible(_totals)


def notes_of(task: Task) -> list[TaskNote]:
    """What happened to a task, the latest first; with who said it."""
    return _NOTES.rows(task=task.pk)


_NOTES = Question(
    lambda: (
        TaskNote.objects.filter(task=Slot("task"))
        .select_related("author")
        .order_by("-written_at", "-pk")
    )
)


def workable(tasks: Iterable[Task | Card], user: Any) -> set[int]:
    """Keys of those tasks that the user may move on; one query for all of them."""
    keys = [task.pk for task in tasks]
    if access_of(user).sees_whole_state:
        return set(keys)
    return set(Task.objects.workable_by(user).filter(pk__in=keys).values_list("pk", flat=True))


def for_dashboard(user: Any, today: date, limit: int = 8) -> QuerySet[Task]:
    """The user's own open tasks, what is due first."""
    rows: QuerySet[Task] = Task.objects.visible_to(user).open()
    rows = rows.filter(of_my_role(user, today) | of_my_alliances(user))
    return rows.order_by("due_on", "opened_on", "pk")[:limit]
