"""Who may work on a task."""

from typing import Any

from buendnisnetz.tasks.models import Task


def can_work_on(user: Any, task: Task) -> bool:
    """The coordination office, whoever holds the post or deputises for it, and whoever answers for
    the alliance, organisation or district that the post belongs to."""
    return bool(Task.objects.workable_by(user).filter(pk=task.pk).exists())
