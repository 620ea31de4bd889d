"""How far the reader can be trusted, as rows."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from buendnisnetz.meetings.domain.evaluation import Figure, figures_of
from buendnisnetz.meetings.models import (
    ReaderScore,
)
from buendnisnetz.ui.jinja import format_date


def score_rows(score: ReaderScore) -> list[list[str]]:
    """One line per measure: found rightly, found wrongly, missed, and the share in words."""
    labels = {
        "head": _("about the meeting"),
        "participants": _("participants"),
        "participants.organisation": _("their institution"),
        "participants.status": _("their attendance"),
        "agenda": _("agenda"),
        "decisions": _("decisions"),
        "decisions.votes": _("votes"),
        "tasks": _("tasks, promises, suggestions"),
        "tasks.assignee": _("who does them"),
        "tasks.due": _("until when"),
        "attachments": _("attachments"),
    }
    return [
        [
            labels[name],
            str(figure.hits),
            str(figure.false),
            str(figure.missed),
            percent(figure.precision),
            percent(figure.recall),
        ]
        for name, figure in figures_of(score).items()
    ]


def score_history(scores: Sequence[ReaderScore]) -> list[tuple[str, str]]:
    """How it was before: the share of all findings that are right and complete (F1)."""
    rows = []
    for score in scores[1:]:
        figures = list(figures_of(score).values())
        whole = Figure(
            sum(figure.hits for figure in figures),
            sum(figure.false for figure in figures),
            sum(figure.missed for figure in figures),
        )
        rows.append((format_date(score.measured_at.date()), percent(whole.f1)))
    return rows


def percent(share: float | None) -> str:
    return f"{share * 100:.0f} %" if share is not None else "–"
