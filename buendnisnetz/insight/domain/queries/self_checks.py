"""Reading self-checks: an alliance's list, one with its score, two side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.insight.domain.profile import PROFILE_FIELDS, share_of
from buendnisnetz.insight.domain.questionnaire import Score, score_of
from buendnisnetz.insight.enums import CheckStatus
from buendnisnetz.insight.models import CheckAnswer, CheckTask, SelfCheck
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
    done = SelfCheck.objects.filter(alliance=OuterRef("pk"), status=CheckStatus.DONE)
    last = done.order_by("-done_on").values("done_on")[:1]
    found: QuerySet[Alliance] = rows.annotate(last_done=Subquery(last))
    return found


def checks_of(alliance: Alliance, user: Any) -> list[SelfCheck]:
    """The draft first, then the finished ones, the latest first."""
    return _CHECKS.to(user, alliance=alliance.pk)


_CHECKS = Visible(
    lambda user: (
        SelfCheck.objects.visible_to(user)
        .filter(alliance=Slot("alliance"))
        .select_related("alliance")
        .order_by("-status", "-done_on", "-pk")
    )
)


def read(check: SelfCheck) -> Reading:
    """A self-check with its answers and score. One query."""
    rows = _ANSWERS.rows(check=check.pk)
    levels = {row["question"]: row["level"] for row in rows}
    evidence = {row["question"]: row["evidence"] for row in rows}
    return Reading(check, levels, evidence, score_of(check.questionnaire, levels))


_ANSWERS = Question(
    lambda: CheckAnswer.objects.filter(check_of=Slot("check")).values(
        "question", "level", "evidence"
    )
)


def plan_of(check: SelfCheck, user: Any) -> dict[str, list[CheckTask]]:
    """The steps of the development plan by question, with the tasks' present state. One query."""
    found: dict[str, list[CheckTask]] = {}
    for link in _PLAN.to(user, check=check.pk):
        found.setdefault(link.question, []).append(link)
    return found


def _plan(user: Any) -> QuerySet[CheckTask]:
    visible = Task.objects.visible_to(user).order_by().values("pk")
    rows = CheckTask.objects.filter(check_of=Slot("check"), task__in=visible)
    return rows.select_related("task", "task__holder").order_by("pk")


_PLAN = Visible(_plan)


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
