"""Reading the strategy board: aims, whom they are about, what is said and done for them."""

from collections.abc import Iterable
from typing import Any

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.partnering.models import (
    Stakeholder,
    StrategyAim,
    StrategyMeasure,
    StrategyMessage,
)

MOST_IN_CALENDAR = 30


def aims_for(user: Any) -> list[StrategyAim]:
    """All aims that a user may see, the most urgent first."""
    return _AIMS.to(user)


_AIMS = Visible(lambda user: StrategyAim.objects.visible_to(user).order_by("due_on", "pk"))


def names_of_targets(aims: Iterable[StrategyAim]) -> dict[int, list[str]]:
    """The bodies that each aim is about, by name."""
    names: dict[int, list[str]] = {}
    for row in _NAMES.rows(aims=[aim.pk for aim in aims]):
        names.setdefault(row["strategyaim"], []).append(row["stakeholder__organisation__name"])
    return names


_NAMES = Question(
    lambda: (
        StrategyAim.targets.through.objects.filter(one_of("strategyaim", "aims"))
        .order_by("stakeholder__organisation__sort_key", "pk")
        .values("strategyaim", "stakeholder__organisation__name")
    )
)


def calendar_of(aims: Iterable[StrategyAim]) -> list[StrategyMeasure]:
    """The measures of these aims that have a day, with their tasks, the first of them first."""
    return _CALENDAR.rows(aims=[aim.pk for aim in aims])


_CALENDAR = Question(
    lambda: (
        StrategyMeasure.objects.filter(one_of("aim", "aims"))
        .exclude(task__due_on=None)
        .select_related("task", "aim")
        .order_by("task__due_on", "pk")[:MOST_IN_CALENDAR]
    )
)


def targets_of(aim: StrategyAim) -> list[Stakeholder]:
    """The bodies that an aim is about, with their organisations."""
    return _TARGETS.rows(aim=aim.pk)


_TARGETS = Question(
    lambda: (
        Stakeholder.objects.filter(aims=Slot("aim"))
        .select_related("organisation")
        .order_by("organisation__sort_key", "pk")
    )
)


def messages_of(aim: StrategyAim) -> list[StrategyMessage]:
    """What is said for an aim, with the statements it rests on."""
    return _MESSAGES.rows(aim=aim.pk)


_MESSAGES = Question(
    lambda: StrategyMessage.objects.filter(aim=Slot("aim")).select_related("benefit").order_by("pk")
)


def measures_of(aim: StrategyAim) -> list[StrategyMeasure]:
    """What is done for an aim, with the tasks and who does them."""
    return _MEASURES.rows(aim=aim.pk)


_MEASURES = Question(
    lambda: (
        StrategyMeasure.objects.filter(aim=Slot("aim"))
        .select_related("task__holder")
        .order_by("task__due_on", "pk")
    )
)
