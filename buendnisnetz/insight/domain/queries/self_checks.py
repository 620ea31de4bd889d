"""Reading self-checks: an alliance's list, one with its score, two side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet

from buendnisnetz.insight.domain.profile import PROFILE_FIELDS, share_of
from buendnisnetz.insight.domain.questionnaire import Score, score_of
from buendnisnetz.insight.enums import CheckStatus
from buendnisnetz.insight.models import CheckTask, SelfCheck
from buendnisnetz.insight.models.care import own_alliances
from buendnisnetz.network.models import Alliance
from buendnisnetz.tasks.models import Task


@dataclass(frozen=True)
class Reading:
    """A self-check with what follows from it."""

    check: SelfCheck
    levels: dict[str, int]
    evidence: dict[str, str]
    score: Score

    @property
    def profile_share(self) -> float:
        return share_of(self.check.profile)


@dataclass(frozen=True)
class Comparison:
    """Two finished self-checks, the earlier first; lines that one of them lacks are empty there."""

    earlier: Reading
    later: Reading
    factors: list[tuple[str, float | None, float | None]]
    fields: list[tuple[str, bool | None, bool | None]]
    same_edition: bool


def alliances_for_checks(user: Any) -> QuerySet[Alliance]:
    """The alliances whose self-checks a user may see, with the day of the last finished one."""
    rows = Alliance.objects.all()
    own = own_alliances(user)
    if own is not None:
        rows = rows.filter(pk__in=own)
    done = Q(self_checks__status=CheckStatus.DONE)
    found: QuerySet[Alliance] = rows.annotate(last_done=Max("self_checks__done_on", filter=done))
    return found


def checks_of(alliance: Alliance, user: Any) -> list[SelfCheck]:
    """The draft first, then the finished ones, the latest first."""
    rows = SelfCheck.objects.visible_to(user).filter(alliance=alliance)
    return list(rows.select_related("alliance").order_by("-status", "-done_on", "-pk"))


def read(check: SelfCheck) -> Reading:
    """A self-check with its answers and score. One query."""
    rows = list(check.answers.values_list("question", "level", "evidence"))
    levels = {question: level for question, level, _evidence in rows}
    evidence = {question: text for question, _level, text in rows}
    return Reading(check, levels, evidence, score_of(check.questionnaire, levels))


def plan_of(check: SelfCheck, user: Any) -> dict[str, list[CheckTask]]:
    """The steps of the development plan by question, with the tasks' present state. One query."""
    found: dict[str, list[CheckTask]] = {}
    visible = Task.objects.visible_to(user).order_by().values("pk")
    rows = CheckTask.objects.filter(check_of=check, task__in=visible)
    rows = rows.select_related("task", "task__holder")
    for link in rows.order_by("pk"):
        found.setdefault(link.question, []).append(link)
    return found


def compared(first: SelfCheck, second: SelfCheck) -> Comparison:
    """Two finished self-checks of an alliance side by side. Two queries."""
    one, other = sorted((first, second), key=lambda check: (check.done_on or date.min, check.pk))
    earlier, later = read(one), read(other)
    shares = {factor.key: factor.share for factor in earlier.score.factors}
    factors = [
        (factor.label, shares.get(factor.key), factor.share) for factor in later.score.factors
    ]
    return Comparison(
        earlier,
        later,
        factors,
        _fields(one, other),
        one.questionnaire == other.questionnaire,
    )


def _fields(one: SelfCheck, other: SelfCheck) -> list[tuple[str, bool | None, bool | None]]:
    labels: dict[str, Any] = {}
    for check in (one, other):
        labels |= PROFILE_FIELDS.get(check.profile_version or 0, {})
    profiles: tuple[Mapping[str, bool], ...] = (one.profile, other.profile)
    return [
        (str(label), profiles[0].get(name), profiles[1].get(name)) for name, label in labels.items()
    ]
