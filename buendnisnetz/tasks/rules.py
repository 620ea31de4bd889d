"""Who may work on a task."""

from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot
from buendnisnetz.tasks.models import Task


def can_work_on(user: Any, task: Task) -> bool:
    """The coordination office, whoever holds the post or deputises for it, and whoever answers for
    the alliance, organisation or district that the post belongs to."""
    if access_of(user).sees_whole_state:
        return True
    return _WORKABLE.one_to(user, task=task.pk) is not None


_WORKABLE = Visible(
    lambda user: Task.objects.workable_by(user).filter(pk=Slot("task")).values("pk")
)
