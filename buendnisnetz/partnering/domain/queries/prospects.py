"""Reading prospects: the list, the board, the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.counts import counting
from buendnisnetz.core.questions import Compiled, Question, Slot, one_of
from buendnisnetz.network.models import Alliance
from buendnisnetz.partnering.domain.silence import counts_of_silent, with_silence
from buendnisnetz.partnering.enums import ENDED, HANDED, Stage
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

MOST_PER_COLUMN = 12


class NextStep(NamedTuple):
    """What is to be done next with a prospect, as its task says."""

    words: str
    due_on: date | None
    task: str


class Column(NamedTuple):
    """The first prospects of a stage, and how many there are in all."""

    stage: Stage
    prospects: list[dict[str, Any]]
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
    rows = _NEXT_STEPS.rows(prospects=list(prospects))
    return {
        row["prospect"]: NextStep(row["words"], row["task__due_on"], row["task__public_id"])
        for row in rows
    }


_NEXT_STEPS = Question(
    lambda: (
        ProspectTask.objects.filter(one_of("prospect", "prospects"))
        .exclude(task__status__in=CLOSED)
        .order_by("-task__due_on", "-pk")
        .values("prospect", "words", "task__due_on", "task__public_id")
    )
)


_ON_A_CARD = (
    "pk", "public_id", "name", "stage", "last_step_on", "is_silent", "alliance__name",
    "territory__short_name",
)  # fmt: skip


def board(user: Any, values: dict[str, Any], today: date) -> list[Column]:
    """The columns of the board with what a user works on and the filter's values ask for; three
    queries.

    What goes on stands in the order of its silence, what has ended the other way round.
    """
    wishes = tuple(sorted(values.items()))
    if values.get("q"):
        # Hardly anybody types the same words.
        places = list(_first_of_stages(user, wishes, today))
        counted = list(_numbers_of_stages(user, wishes, today))
    else:
        places = _PLACES.to(user, wishes, today)
        counted = _NUMBERS.to(user, wishes, today)
    numbers = {row["stage"]: row["number"] for row in counted}
    cards = _CARDS.rows(today, shape=today, prospects=[row["pk"] for row in places])
    of_stage: dict[str, list[dict[str, Any]]] = {}
    for card in cards:
        of_stage.setdefault(card["stage"], []).append(card)
    columns = []
    for stage in Stage:
        order = _latest_first if stage in ENDED else _silent_first
        own = sorted(of_stage.get(stage.value, []), key=order)
        columns.append(Column(stage, own, numbers.get(stage.value, 0)))
    return columns


def _silent_first(card: dict[str, Any]) -> tuple[int, int]:
    return card["last_step_on"].toordinal(), card["pk"]


def _latest_first(card: dict[str, Any]) -> tuple[int, int]:
    return -card["last_step_on"].toordinal(), card["pk"]


def _on_the_board(user: Any, wishes: tuple[tuple[str, Any], ...], today: date) -> QuerySet[Any]:
    values = {**dict(wishes), "stage": "all"}
    rows: Any = narrowed(Prospect.objects.workable_by(user), values, today)
    found: QuerySet[Any] = rows.search(values["q"]) if values.get("q") else rows
    return found.order_by()


def _first_of_stages(
    user: Any, wishes: tuple[tuple[str, Any], ...], today: date
) -> QuerySet[Any, Any]:
    rows = _on_the_board(user, wishes, today)
    first = [
        rows.filter(stage=stage)
        .order_by("-last_step_on" if stage in ENDED else "last_step_on", "pk")
        .values("pk")[:MOST_PER_COLUMN]
        for stage in Stage
    ]
    return first[0].union(*first[1:], all=True)


def _numbers_of_stages(
    user: Any, wishes: tuple[tuple[str, Any], ...], today: date
) -> QuerySet[Any, Any]:
    rows = _on_the_board(user, wishes, today).values("stage")
    counted: QuerySet[Any, Any] = rows.annotate(number=Count("pk"))
    return counted


_PLACES = Visible(_first_of_stages)
_NUMBERS = Visible(_numbers_of_stages)


_CARDS = Question(
    lambda today: (
        with_silence(Prospect.objects.filter(one_of("pk", "prospects")), today)
        .order_by()
        .values(*_ON_A_CARD)
    )
)


def file_of(prospect: Prospect, user: Any, *, inside: bool) -> ProspectFile:
    """What a prospect's page shows: all of it on the holder's side, else how far it is and what was
    handed over to the user's own house."""
    steps = _STEPS.rows(prospect=prospect.pk)
    if not inside:
        interests = prospect.interests.order_by("-pk")
        hand_overs = prospect.hand_overs.select_related("post").order_by("-pk")
        own = hand_overs.filter(
            post__organisation__in=access_of(user).ids(ScopeKind.ORGANISATION), status__in=HANDED
        )
        said = interests.filter(pk__in=own.order_by().values("interest"))
        return ProspectFile(steps, [], [], list(said), list(own), [])
    # Most prospects have none of these.
    numbers = _NUMBERS_OF.row(prospect=prospect.pk)
    return ProspectFile(
        steps=steps,
        notes=_NOTES.rows(prospect=prospect.pk),
        tasks=_TASKS.rows(prospect=prospect.pk),
        interests=_INTERESTS.rows(prospect=prospect.pk) if numbers["interests"] else [],
        hand_overs=_HAND_OVERS.rows(prospect=prospect.pk) if numbers["hand_overs"] else [],
        notices=_NOTICES.rows(prospect=prospect.pk) if numbers["notices"] else [],
    )


def _rows_of(model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(prospect=Slot("prospect"))
    return rows


_STEPS = Question(
    lambda: (
        _rows_of(ProspectStep)
        .select_related("author")
        .order_by("-pk")
        .only(
            "from_stage", "to_stage", "words", "takes_back", "made_on", "author_words",
            "author__display_name",
        )
    )
)  # fmt: skip
_NOTES = Question(
    lambda: (
        _rows_of(ContactNote)
        .select_related("author")
        .order_by("-met_on", "-pk")
        .only("words", "met_on", "kind", "author__display_name")
    )
)
_TASKS = Question(
    lambda: (
        _rows_of(ProspectTask)
        .select_related("task__holder")
        .order_by("-pk")
        .only(
            "words", "purpose", "task__public_id", "task__due_on", "task__closed_on",
            "task__result", "task__holder__title", "task__holder__scope_name",
        )
    )
)  # fmt: skip
_INTERESTS = Question(lambda: _rows_of(Interest).order_by("-pk"))
_HAND_OVERS = Question(lambda: _rows_of(HandOver).select_related("post").order_by("-pk"))
_NOTICES = Question(lambda: _rows_of(Notice).order_by("-pk"))
_NUMBERS_OF = Question(
    lambda: counting(
        interests=_rows_of(Interest), hand_overs=_rows_of(HandOver), notices=_rows_of(Notice)
    )
)


def silent_for(user: Any, today: date) -> int:
    """How many prospects of a user's side are silent; for the start page."""
    found = _SILENT_FOR.one_to(user, today)
    return sum(found.values()) if found else 0


def _silent_for(user: Any, today: date) -> Compiled | None:
    rows = Prospect.objects.workable_by(user).exclude(stage__in=sorted(ENDED))
    return counting(**counts_of_silent(rows, today))


_SILENT_FOR = Visible(_silent_for)
