"""Writing self-checks: begin, answer, finish, plan what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError, StaleVersionError
from buendnisnetz.insight.domain.profile import PROFILE_VERSION, profile_of
from buendnisnetz.insight.domain.questionnaire import CURRENT, questions_of
from buendnisnetz.insight.enums import CheckStatus
from buendnisnetz.insight.models import CheckAnswer, CheckTask, SelfCheck
from buendnisnetz.network.domain.saving import locked, saved
from buendnisnetz.network.models import Alliance, Post
from buendnisnetz.tasks.domain.lifecycle import TaskValues, create_task
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.tasks.models import Task


class DraftThereError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("A self-check of this alliance is being filled in already."))


class CheckFinishedError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("This self-check is finished and stays as it is. Please begin a new one.")
        )


class NothingAnsweredError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please answer at least one question before you finish."))


class UnknownQuestionError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This question does not stand in the questionnaire."))


class AnswersChangedError(StaleVersionError):
    """Somebody else saved answers in the meantime; ``version`` is the new count."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(
            _(
                "Somebody else saved answers in the meantime. Yours are still here; saving again "
                "takes them over."
            )
        )


@dataclass(frozen=True)
class Answer:
    level: int
    evidence: str = ""


def begin_check(*, alliance: Alliance, actor: Any, today: date) -> SelfCheck:
    """Begin to fill in the present edition. Raises DraftThereError."""
    with recorded(actor=actor, action="insight.check.begun"):
        locked(alliance)
        if SelfCheck.objects.filter(alliance=alliance, status=CheckStatus.DRAFT).exists():
            raise DraftThereError
        return saved(
            SelfCheck(alliance=alliance, questionnaire=CURRENT, begun_on=today, begun_by=actor)
        )


def save_answers(
    *, check: SelfCheck, answers: Mapping[str, Answer], version: int, actor: Any
) -> SelfCheck:
    """Replace a draft's answers; a question that is left out is unanswered.

    Raises CheckFinishedError, AnswersChangedError, UnknownQuestionError.
    """
    with recorded(actor=actor, action="insight.check.answered"):
        row = _draft(check)
        if row.version != version:
            raise AnswersChangedError(row.version)
        known = questions_of(row.questionnaire)
        if not answers.keys() <= known.keys():
            raise UnknownQuestionError
        row.answers.exclude(question__in=answers).delete()
        for question, answer in answers.items():
            CheckAnswer.objects.update_or_create(
                check_of=row,
                question=question,
                defaults={"level": answer.level, "evidence": answer.evidence.strip()},
            )
        return saved(row)


def finish_check(*, check: SelfCheck, actor: Any, today: date) -> SelfCheck:
    """Close a draft; the structure profile of the day is kept with it.

    Raises CheckFinishedError, NothingAnsweredError, RuleBrokenError (a second one on this day).
    """
    with recorded(actor=actor, action="insight.check.finished"):
        row = _draft(check)
        if not row.answers.exists():
            raise NothingAnsweredError
        row.status, row.done_on = CheckStatus.DONE, today
        row.profile_version = PROFILE_VERSION
        row.profile = profile_of(row.alliance, today)
        return saved(row)


def remove_draft(*, check: SelfCheck, actor: Any) -> None:
    """Put a draft away. Raises CheckFinishedError."""
    with recorded(actor=actor, action="insight.check.removed"):
        _draft(check).delete()


def plan_task(
    *,
    check: SelfCheck,
    question: str,
    title: str,
    holder: Post | None,
    due_on: date | None,
    actor: Any,
    now: datetime,
) -> Task:
    """Make a step of the development plan out of an answer: a task that knows where it came from.

    Raises UnknownQuestionError.
    """
    if question not in questions_of(check.questionnaire):
        raise UnknownQuestionError
    with recorded(actor=actor, action="insight.check.planned"):
        values = TaskValues(
            kind=TaskKind.TASK, title=title, holder=holder, alliance=check.alliance, due_on=due_on
        )
        day = check.done_on or timezone.localdate(now)
        task = create_task(
            values=values,
            actor=actor,
            now=now,
            origin_label=_("Self-check of %(day)s") % {"day": f"{day:%d.%m.%Y}"},
            origin_url=f"{_address(check)}#{question}",
        )
        CheckTask.objects.create(check_of=check, question=question, task=task)
    return task


def _address(check: SelfCheck) -> str:
    return reverse("insight:check_detail", args=[check.alliance.slug, check.public_id])


def _draft(check: SelfCheck) -> SelfCheck:
    row = locked(check)
    if row.status != CheckStatus.DRAFT:
        raise CheckFinishedError
    return row
