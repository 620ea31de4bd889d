"""The questionnaire of the self-check, edition by edition: six success factors of alliances (S92 to S97).

An edition is never changed once it was used: a new wording is a new edition, and old self-checks
keep theirs. Scores compare only within one edition.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HIGHEST = 3
# What the steps of the scale say.
SCALE: tuple[tuple[int, str | Promise], ...] = (
    (0, _("not at all")),
    (1, _("a beginning is made")),
    (2, _("mostly")),
    (3, _("fully")),
)


@dataclass(frozen=True)
class Question:
    key: str
    text: str | Promise


@dataclass(frozen=True)
class Factor:
    """A success factor with the questions that tell how far an alliance has come."""

    key: str
    label: str | Promise
    questions: tuple[Question, ...]


_FIRST: tuple[Factor, ...] = (
    Factor(
        "leadership",
        _("The top stands behind it"),
        (
            Question("leadership-sponsor", _("Mayor, head of the district or a managing director speaks for the alliance in public.")),
            Question("leadership-talk", _("The coordination talks with this person at least once a year.")),
            Question("leadership-council", _("The alliance's work is reported in council or committee.")),
        ),
    ),
    Factor(
        "responsibility",
        _("Responsible people are named"),
        (
            Question("responsibility-topics", _("Each topic has exactly one person who answers for it.")),
            Question("responsibility-deputy", _("Somebody stands in when that person is away.")),
            Question("responsibility-hours", _("Working hours for the coordination are agreed and paid.")),
        ),
    ),
    Factor(
        "needs",
        _("The partners' needs are heard"),
        (
            Question("needs-asked", _("Members are asked regularly what they need from the alliance.")),
            Question("needs-answered", _("What became of it is reported back to them.")),
            Question("needs-business", _("Companies and chambers take part with questions of their own.")),
        ),
    ),
    Factor(
        "generations",
        _("Across generations"),
        (
            Question("generations-members", _("Bodies for families and for older people are both members.")),
            Question("generations-projects", _("Projects bring at least two generations together.")),
        ),
    ),
    Factor(
        "continuity",
        _("Constant contacts and continuous work"),
        (
            Question("continuity-contact", _("The contact has been the same for at least two years, or was handed over well.")),
            Question("continuity-meetings", _("The alliance meets as planned and keeps minutes.")),
            Question("continuity-tasks", _("What was agreed is followed up until it is done.")),
        ),
    ),
    Factor(
        "stamina",
        _("Staying power"),
        (
            Question("stamina-goals", _("There are goals for more than two years, looked at once a year.")),
            Question("stamina-money", _("Money or staff is secured beyond the present year.")),
            Question("stamina-setbacks", _("The alliance goes on when a project fails or a partner leaves.")),
        ),
    ),
)  # fmt: skip
EDITIONS: dict[int, tuple[Factor, ...]] = {1: _FIRST}
CURRENT = max(EDITIONS)


@dataclass(frozen=True)
class FactorScore:
    """A factor's share of the highest score; None where nothing of it was answered."""

    key: str
    label: str
    share: float | None
    answered: int
    questions: int


@dataclass(frozen=True)
class Score:
    factors: tuple[FactorScore, ...]
    share: float | None
    answered: int
    questions: int


def questions_of(edition: int) -> dict[str, Question]:
    """All questions of an edition by key, in order."""
    return {question.key: question for factor in EDITIONS[edition] for question in factor.questions}


def score_of(edition: int, levels: Mapping[str, int]) -> Score:
    """The score of answers: the mean of the answered questions per factor, and of the factors.

    Only the answers count: not who gave them, when, or in which order.
    """
    factors = tuple(_factor_score(factor, levels) for factor in EDITIONS[edition])
    shares = [factor.share for factor in factors if factor.share is not None]
    return Score(
        factors,
        sum(shares) / len(shares) if shares else None,
        sum(factor.answered for factor in factors),
        sum(factor.questions for factor in factors),
    )


def _factor_score(factor: Factor, levels: Mapping[str, int]) -> FactorScore:
    given = [levels[question.key] for question in factor.questions if question.key in levels]
    share = sum(given) / (HIGHEST * len(given)) if given else None
    return FactorScore(factor.key, str(factor.label), share, len(given), len(factor.questions))
