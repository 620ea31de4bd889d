"""What the pages of the self-check show, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from buendnisnetz.insight.domain.profile import PROFILE_FIELDS, share_of
from buendnisnetz.insight.domain.queries.self_checks import Comparison, Reading
from buendnisnetz.insight.domain.questionnaire import EDITIONS, SCALE
from buendnisnetz.insight.models import CheckTask, SelfCheck
from buendnisnetz.insight.presenters.gaps import percent
from buendnisnetz.ui.jinja import format_date, url

_LEVELS = dict(SCALE)


@dataclass(frozen=True)
class CheckLine:
    public_id: str
    day: str
    url: str


@dataclass(frozen=True)
class PlanLine:
    title: str
    url: str
    status: str
    who: str


@dataclass(frozen=True)
class AnswerLine:
    key: str
    text: str
    level: int | None
    level_text: str
    evidence: str
    plan: tuple[PlanLine, ...]


@dataclass(frozen=True)
class FactorLine:
    label: str
    share: str
    value: int
    answered: str
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class Profile:
    """The structure profile: its share and its fields with whether they are filled."""

    share: str
    filled: int
    total: int
    fields: tuple[tuple[str, bool], ...]


def check_lines(checks: Sequence[SelfCheck]) -> list[CheckLine]:
    return [
        CheckLine(
            check.public_id,
            format_date(check.done_on),
            url("insight:check_detail", check.alliance.slug, check.public_id),
        )
        for check in checks
    ]


def question_groups(edition: int) -> list[tuple[str, list[str]]]:
    """The factors with the keys of their questions, for the form."""
    return [
        (str(factor.label), [question.key for question in factor.questions])
        for factor in EDITIONS[edition]
    ]


def factor_lines(reading: Reading, plan: Mapping[str, Sequence[CheckTask]]) -> list[FactorLine]:
    scores = {score.key: score for score in reading.score.factors}
    lines = []
    for factor in EDITIONS[reading.check.questionnaire]:
        score = scores[factor.key]
        answers = tuple(
            _answer(question.key, str(question.text), reading, plan)
            for question in factor.questions
        )
        lines.append(
            FactorLine(
                str(factor.label),
                percent(score.share),
                round(100 * (score.share or 0)),
                _("%(done)s of %(total)s answered")
                % {"done": score.answered, "total": score.questions},
                answers,
            )
        )
    return lines


def _answer(
    key: str, text: str, reading: Reading, plan: Mapping[str, Sequence[CheckTask]]
) -> AnswerLine:
    level = reading.levels.get(key)
    return AnswerLine(
        key=key,
        text=text,
        level=level,
        level_text=_("not answered") if level is None else str(_LEVELS[level]),
        evidence=reading.evidence.get(key, ""),
        plan=tuple(_plan(link) for link in plan.get(key, ())),
    )


def _plan(link: CheckTask) -> PlanLine:
    task = link.task
    return PlanLine(
        task.title,
        url("tasks:task_detail", task.public_id),
        task.get_status_display(),
        task.holder.title_and_scope() if task.holder else _("nobody named"),
    )


def profile_lines(version: int, profile: Mapping[str, bool]) -> Profile:
    fields = tuple(
        (str(label), bool(profile.get(name)))
        for name, label in PROFILE_FIELDS.get(version, {}).items()
    )
    filled = sum(done for _label, done in fields)
    return Profile(percent(share_of(profile)), filled, len(fields), fields)


def comparison_lines(found: Comparison) -> list[list[str]]:
    rows = [[label, *_pair(before, after)] for label, before, after in found.factors]
    earlier, later = found.earlier, found.later
    rows.append([_("all factors"), *_pair(earlier.score.share, later.score.share)])
    rows.append([_("structure profile"), *_pair(earlier.profile_share, later.profile_share)])
    return rows


def _pair(before: float | None, after: float | None) -> tuple[str, str, str]:
    change = ""
    if before is not None and after is not None:
        points = round(100 * after) - round(100 * before)
        change = f"{points:+d}" if points else "±0"
    return percent(before), percent(after), change.replace("-", "−")


def field_lines(found: Comparison) -> list[list[str]]:
    """The fields of the profile that changed between the two days."""
    words = {True: _("filled"), False: _("empty"), None: _("not asked")}
    return [
        [label, words[before], words[after]]
        for label, before, after in found.fields
        if before != after
    ]
