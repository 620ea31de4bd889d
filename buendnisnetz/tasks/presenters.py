"""What the pages of this room show, as plain data."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buendnisnetz.core.words import per_language, words_of
from buendnisnetz.tasks.domain.queries.figures import Figures
from buendnisnetz.tasks.domain.queries.tasks import Card
from buendnisnetz.tasks.enums import CLOSED, TASK_TRANSITIONS, NoteKind, TaskKind, TaskStatus
from buendnisnetz.tasks.models import TaskNote
from buendnisnetz.ui.jinja import format_date, url

TONES = {
    TaskStatus.OPEN: "warning",
    TaskStatus.IN_PROGRESS: "info",
    TaskStatus.DONE: "success",
    TaskStatus.DROPPED: "",
}


def due_text(due_on: date | None, due_words: str, status: str, today: date) -> tuple[str, str]:
    """When it is due, and the tone: red when it is over."""
    if due_on is None:
        return due_words, ""
    overdue = due_on < today and status not in CLOSED
    return format_date(due_on), "danger" if overdue else ""


def age_text(opened_on: date, today: date) -> str:
    """Since when it is open, in the largest unit that says something."""
    days = (today - opened_on).days
    if days < 60:
        return _counted("days", days)
    months = days // 30
    if months < 24:
        return _counted("months", months)
    return _counted("years", days // 365)


@per_language
def _counted(unit: str, count: int) -> str:
    # A list says the same few ages again and again.
    forms = {
        "days": ngettext("%(count)s day", "%(count)s days", count),
        "months": ngettext("%(count)s month", "%(count)s months", count),
        "years": ngettext("%(count)s year", "%(count)s years", count),
    }
    return forms[unit] % {"count": count}


class BoardCard(NamedTuple):
    public_id: str
    title: str
    url: str
    kind: str
    who: str
    due: str
    tone: str
    moves: tuple[tuple[str, str], ...]


def board_cards(tasks: Iterable[Card], workable: set[int], today: date) -> list[BoardCard]:
    """Cards of one column; buttons only on those that the reader may move."""
    cards = []
    kinds = words_of(TaskKind)
    for task in tasks:
        due, tone = due_text(task.due_on, task.due_words, task.status, today)
        cards.append(
            BoardCard(
                public_id=task.public_id,
                title=task.title,
                url=url("tasks:task_detail", task.public_id),
                kind=kinds[task.kind],
                who=who_text(task),
                due=due,
                tone=tone,
                moves=moves_of(task.status) if task.pk in workable else (),
            )
        )
    return cards


def who_text(task: Card) -> str:
    """Who is responsible, as far as it is known."""
    if task.holder:
        return f"{task.holder} {task.scope}".strip()
    return (
        _("all alliances") if task.for_all_alliances else task.assignee_words or _("nobody named")
    )


@per_language
def moves_of(status: str) -> tuple[tuple[str, str], ...]:
    """The buttons that move a task on from a state: pairs of state and label."""
    labels = {
        TaskStatus.OPEN: _("Open again") if status in CLOSED else _("Back to open"),
        TaskStatus.IN_PROGRESS: _("Begin"),
        TaskStatus.DONE: _("Done"),
    }
    ways = TASK_TRANSITIONS[TaskStatus(status)]
    return tuple((target, label) for target, label in labels.items() if target in ways)


@dataclass(frozen=True)
class NoteRow:
    when: str
    who: str
    what: str
    text: str


def note_rows(notes: Iterable[TaskNote]) -> list[NoteRow]:
    """What happened to a task, newest first."""
    rows = []
    for note in notes:
        what = str(NoteKind(note.kind).label)
        if note.new_status:
            what = f"{TaskStatus(note.old_status).label} → {TaskStatus(note.new_status).label}"
        who = note.author_words or (note.author.display_name if note.author else _("the system"))
        rows.append(NoteRow(format_date(note.written_at), who, what, note.text))
    return rows


FIGURE_HEAD = (
    gettext_lazy("Year"),
    gettext_lazy("Recorded"),
    gettext_lazy("Done"),
    gettext_lazy("of these late"),
    gettext_lazy("Dropped"),
    gettext_lazy("Open"),
    gettext_lazy("Overdue"),
    gettext_lazy("Silent"),
)


def figure_rows(years: Sequence[tuple[int, Figures]], total: Figures) -> list[list[str]]:
    """One line per year and one for all, in the order of :data:`FIGURE_HEAD`."""
    if not years:
        return []
    lines = [(str(year), figures) for year, figures in years]
    return [
        [label, *(str(value) for value in astuple(figures))]
        for label, figures in [*lines, (_("all"), total)]
    ]
