"""The follow-up report as a paper, to bring along to the next meeting."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buendnisnetz.meetings.domain.queries.earlier import TaskLine
from buendnisnetz.meetings.domain.queries.follow_up import Chain, FollowUp
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.ui.pdf import paper


def as_pdf(report: FollowUp, *, written_at: datetime) -> bytes:
    """Tagged PDF, in the office's language whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        return paper("meetings/follow_up", laid_out(report, written_at), written_at=written_at)


def laid_out(report: FollowUp, written_at: datetime) -> dict[str, Any]:
    """Plain data for the paper."""
    meeting = report.meeting
    title = _("What became of it")
    return {
        "title": title,
        "preline": _("For the meeting on %(day)s: %(title)s")
        % {"day": _day(meeting.held_on), "title": meeting.title},
        "foot": f"{title}, {_day(written_at.date())}",
        "facts": figure_rows(report),
        "parts": [part for part in _parts(report) if part["rows"]],
        "nothing": _("Nothing is open from earlier meetings."),
    }


def figure_rows(report: FollowUp) -> list[tuple[str, str]]:
    """The figures as pairs of label and value."""
    figures = report.figures
    return [
        (_("Recorded so far"), str(figures.recorded)),
        (_("Done"), _with_late(figures.done, figures.done_late)),
        (_("Dropped"), str(figures.dropped) if figures.dropped else ""),
        (_("Open"), str(figures.open)),
        (_("Overdue"), str(figures.overdue) if figures.overdue else ""),
        (_("Without a word for half a year"), str(figures.silent) if figures.silent else ""),
        (_("Decisions not yet shown to be done"), _count(report.alive_in_all)),
    ]


def _count(number: int) -> str:
    return str(number) if number else ""


def _with_late(done: int, late: int) -> str:
    return (
        _("%(done)s, of these %(late)s late") % {"done": done, "late": late} if late else str(done)
    )


def chain_words(chain: Chain) -> str:
    """How often an item was moved, and since when."""
    return ngettext(
        "moved %(count)s time, first on %(day)s",
        "moved %(count)s times, first on %(day)s",
        chain.moves,
    ) % {"count": chain.moves, "day": _day(chain.first_day)}


def _parts(report: FollowUp) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Moved from earlier meetings"),
            "head": [_("Agenda item"), _("Way")],
            "rows": [[chain.item.title, chain_words(chain)] for chain in report.chains],
        },
        {
            "title": _("Open tasks and promises"),
            "head": [_("What"), _("Responsible"), _("Due"), _("Open since")],
            "rows": [_task(task) for task in report.open],
        },
        {
            "title": _("Decisions not yet shown to be done"),
            "head": [_("Decision"), _("Decided on")],
            "rows": [[row.text, _day(row.held_on)] for row in report.alive],
        },
        {
            "title": _("Settled since the last meeting"),
            "head": [_("What"), _("State"), _("On"), _("What became of it")],
            "rows": [
                [task.title, str(TaskStatus(task.status).label), _day(task.closed_on), task.result]
                for task in report.closed
            ],
        },
    ]


def _task(task: TaskLine) -> list[str]:
    who = f"{task.holder} {task.scope}".strip() if task.holder else task.assignee_words
    if task.for_all_alliances:
        who = _("all alliances")
    due = _day(task.due_on) or task.due_words or task.waits_for
    return [task.title, who or _("nobody named"), due, _day(task.opened_on)]


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
