"""What can happen to a task: the only place where tasks are written."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import compared, locked, saved
from buendnisnetz.network.models import Alliance, Post
from buendnisnetz.tasks.enums import CLOSED, TASK_TRANSITIONS, NoteKind, TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task, TaskNote


class TransitionError(DomainError):
    """The task is not in a state from which this can be done."""

    def __init__(self, task: Task) -> None:
        super().__init__(
            _("The task is “%(status)s” already. Please look at it again before you change it.")
            % {"status": task.get_status_display()}
        )


class ReasonMissingError(DomainError):
    """Whoever drops a task has to say why, so that it is not asked again."""

    def __init__(self) -> None:
        super().__init__(_("Please say in a sentence why it is dropped."))


@dataclass(frozen=True, kw_only=True)
class TaskValues:
    """What a task says, apart from its state."""

    kind: TaskKind
    title: str
    details: str = ""
    holder: Post | None = None
    assignee_words: str = ""
    for_all_alliances: bool = False
    alliance: Alliance | None = None
    due_on: date | None = None
    due_words: str = ""
    waits_for: str = ""


def create_task(
    *,
    values: TaskValues,
    actor: Any,
    now: datetime,
    opened_on: date | None = None,
    origin_label: str = "",
    origin_url: str = "",
) -> Task:
    """Record a task, promise or suggestion. ``opened_on`` is the meeting's day where it came from one."""
    with recorded(actor=actor, action="tasks.task.created"):
        return Task.objects.create(
            **_columns(values),
            opened_on=opened_on or timezone.localdate(now),
            origin_label=origin_label[:200],
            origin_url=origin_url,
            created_at=now,
            created_by=actor,
        )


def _columns(values: TaskValues) -> dict[str, Any]:
    return {
        "kind": values.kind,
        "title": values.title.strip()[:300],
        "details": values.details.strip(),
        "holder": values.holder,
        "assignee_words": values.assignee_words.strip()[:200],
        "for_all_alliances": values.for_all_alliances,
        "alliance": values.alliance,
        "due_on": values.due_on,
        "due_words": values.due_words.strip()[:120],
        "waits_for": values.waits_for.strip()[:200],
    }


def edit_task(*, task: Task, values: TaskValues, version: int, actor: Any, now: datetime) -> Task:
    """Change what a task says. A new responsible post is noted, so that nobody inherits silently.

    Raises EditConflictError if somebody wrote something else since ``version``, RuleBrokenError.
    """
    with recorded(actor=actor, action="tasks.task.edited"):
        old_holder = locked(task).holder
        row = saved(compared(task, version, _columns(values)))
        if row.holder != old_holder:
            _note_holder(row, old_holder, actor, now)
    return row


def _note_holder(task: Task, before: Post | None, actor: Any, now: datetime) -> None:
    nobody = _("nobody")
    text = _("%(before)s → %(after)s") % {
        "before": before or nobody,
        "after": task.holder or nobody,
    }
    TaskNote.objects.create(
        task=task, kind=NoteKind.HOLDER, text=text, author=actor, written_at=now
    )


def give_task(*, task: Task, holder: Post | None, actor: Any, now: datetime) -> Task:
    """Let another post have a task; noted like every change of responsibility."""
    with recorded(actor=actor, action="tasks.task.given"):
        row = locked(task)
        before, row.holder = row.holder, holder
        saved(row)
        if holder != before:
            _note_holder(row, before, actor, now)
        return row


def change_status(
    *,
    task: Task,
    status: TaskStatus,
    actor: Any,
    now: datetime,
    text: str = "",
    author_words: str = "",
) -> Task:
    """Move a task on and note it. The same state again does nothing.

    Raises :class:`TransitionError` or, for dropping without a reason, :class:`ReasonMissingError`.
    """
    with recorded(actor=actor, action=f"tasks.task.{status.lower()}"):
        row = locked(task)
        old = TaskStatus(row.status)
        if status == old:
            return row
        if status not in TASK_TRANSITIONS[old]:
            raise TransitionError(row)
        text = text.strip()
        if status == TaskStatus.DROPPED and not text:
            raise ReasonMissingError
        row.status = status
        row.closed_on = max(timezone.localdate(now), row.opened_on) if status in CLOSED else None
        row.result = text if status in CLOSED else ""
        row.version += 1
        row.save()
        TaskNote.objects.create(
            task=row,
            kind=NoteKind.MAIL_ANSWER if author_words else NoteKind.STATUS,
            text=text,
            old_status=old,
            new_status=status,
            author=actor,
            author_words=author_words,
            written_at=now,
        )
    return row


def comment(
    *, task: Task, text: str, actor: Any, now: datetime, author_words: str = ""
) -> TaskNote:
    """Add a comment; it is never changed afterwards."""
    with recorded(actor=actor, action="tasks.task.commented"):
        return TaskNote.objects.create(
            task=task,
            kind=NoteKind.MAIL_ANSWER if author_words else NoteKind.COMMENT,
            text=text.strip(),
            author=actor,
            author_words=author_words,
            written_at=now,
        )
