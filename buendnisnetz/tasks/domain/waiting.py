"""Tasks that wait for an event: once it has happened they are due, once (S44)."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.text import fold
from buendnisnetz.tasks.domain.reminders import NoAddressError, remind
from buendnisnetz.tasks.enums import NoteKind
from buendnisnetz.tasks.models import Task, TaskNote


def waiting_for_the_same(task: Task, user: Any) -> list[Task]:
    """Other tasks, workable by a user, that wait for the event of this one in the same words."""
    words = _folded(task.waits_for)
    rows = Task.objects.workable_by(user).waiting().exclude(pk=task.pk).select_related("holder")
    return [row for row in rows.order_by("pk") if _folded(row.waits_for) == words]


def _folded(words: str) -> str:
    return " ".join(fold(words).split())


def happened(*, tasks: Iterable[Task], on: date, actor: Any, now: datetime) -> list[Task]:
    """The event these tasks wait for happened on ``on``: they are due that day and their holders are
    told by mail. Returns those that became due; told twice, the second time there are none."""
    with recorded(actor=actor, action="tasks.task.due_by_event"):
        keys = [task.pk for task in tasks]
        # The lock first: of two people who say it at once the second finds nothing waiting.
        locked = Task.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
        list(locked.values_list("pk"))
        rows = list(Task.objects.waiting().filter(pk__in=keys).order_by("pk"))
        for row in rows:
            _become_due(row, on, actor, now)
        return rows


def _become_due(task: Task, on: date, actor: Any, now: datetime) -> None:
    task.happened_on = on
    task.due_on = min(task.due_on, on) if task.due_on else on
    task.version += 1
    task.save()
    TaskNote.objects.create(
        task=task,
        kind=NoteKind.EVENT,
        text=_("%(event)s: happened on %(day)s")
        % {"event": task.waits_for, "day": f"{on:%d.%m.%Y}"},
        author=actor,
        written_at=now,
    )
    # Who has no address is not told; the task is due all the same and stands in every list.
    with suppress(NoAddressError):
        remind(task=task, actor=actor, now=now)
