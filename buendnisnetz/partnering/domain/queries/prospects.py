"""Reading prospects: the list, the board, the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.partnering.domain.silence import with_silence
from buendnisnetz.partnering.enums import ENDED, Stage
from buendnisnetz.partnering.models import (
    ContactNote,
    HandOver,
    Interest,
    Notice,
    Prospect,
    ProspectStep,
    ProspectTask,
)
from buendnisnetz.tasks.enums import CLOSED

MOST_PER_COLUMN = 20


class NextStep(NamedTuple):
    """What is to be done next with a prospect, as its task says."""

    words: str
    due_on: date | None
    task: str


class Column(NamedTuple):
    """The first prospects of a stage, and how many there are in all."""

    stage: Stage
    prospects: list[Any]
    total: int


@dataclass(frozen=True)
class ProspectFile:
    """Everything that a prospect's page shows; what stays on the holder's side is empty for others."""

    steps: list[ProspectStep]
    notes: list[ContactNote]
    tasks: list[ProspectTask]
    interests: list[Interest]
    hand_overs: list[HandOver]
    notices: list[Notice]


def alliances_for(user: Any) -> QuerySet[Alliance]:
    """The alliances for which a user may win partners."""
    access = access_of(user)
    rows: QuerySet[Alliance] = Alliance.objects.all()
    if not access.sees_whole_state:
        rows = rows.filter(pk__in=access.ids(ScopeKind.ALLIANCE))
    return rows.order_by("sort_key", "pk")


def narrowed(rows: QuerySet[Any], values: dict[str, Any], today: date) -> QuerySet[Any]:
    """Apply the filter of list and board."""
    found = with_silence(rows, today)
    stage = values.get("stage")
    if not stage:
        found = found.exclude(stage__in=ENDED)
    elif stage != "all":
        found = found.filter(stage=stage)
    if values.get("alliance") == "office":
        found = found.filter(alliance=None)
    elif values.get("alliance"):
        found = found.filter(alliance__slug=values["alliance"])
    if values.get("district"):
        found = found.filter(territory__ags__startswith=values["district"])
    if values.get("silent"):
        found = found.filter(is_silent=True)
    return found


def next_steps(prospects: Iterable[int]) -> dict[int, NextStep]:
    """The open task of each prospect that is due first; one query for a page of a list."""
    links = ProspectTask.objects.filter(prospect__in=list(prospects))
    rows = links.exclude(task__status__in=CLOSED).order_by("-task__due_on", "-pk")
    columns = ("prospect", "words", "task__due_on", "task__public_id")
    return {pk: NextStep(*rest) for pk, *rest in rows.values_list(*columns)}


def board(rows: QuerySet[Any]) -> list[Column]:
    """The columns of the board, in which nothing happens longest first: a query for each column,
    and one for the totals."""
    totals = dict(rows.order_by().values_list("stage").annotate(number=Count("pk")))
    columns = []
    for stage in Stage:
        order = "-last_step_on" if stage in ENDED else "last_step_on"
        found = rows.filter(stage=stage).select_related("alliance", "territory")
        prospects = list(found.order_by(order, "pk")[:MOST_PER_COLUMN]) if stage in totals else []
        columns.append(Column(stage, prospects, totals.get(stage, 0)))
    return columns


def file_of(prospect: Prospect, *, inside: bool) -> ProspectFile:
    """What a prospect's page shows: all of it on the holder's side, else only what the firm said
    itself and how far it is."""
    steps = prospect.steps.select_related("author").order_by("-pk")
    interests = prospect.interests.order_by("-pk")
    hand_overs = prospect.hand_overs.select_related("post").order_by("-pk")
    if not inside:
        return ProspectFile(list(steps), [], [], list(interests), list(hand_overs), [])
    return ProspectFile(
        steps=list(steps),
        notes=list(prospect.notes.select_related("author").order_by("-met_on", "-pk")),
        tasks=list(prospect.task_links.select_related("task__holder").order_by("-pk")),
        interests=list(interests),
        hand_overs=list(hand_overs),
        notices=list(prospect.notices.order_by("-pk")),
    )


def silent_for(user: Any, today: date) -> int:
    """How many prospects of a user's side are silent; for the start page."""
    rows = Prospect.objects.workable_by(user).filter(~Q(stage__in=sorted(ENDED)))
    return int(with_silence(rows, today).filter(is_silent=True).order_by().count())
