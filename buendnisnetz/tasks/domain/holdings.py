"""Open tasks and promises as something that a post holds, for handovers."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.domain import holdings
from buendnisnetz.network.domain.holdings import Holder, Piece, Transfer
from buendnisnetz.tasks.domain.lifecycle import give_task
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.tasks.models import Task


def _open(holder: Holder) -> QuerySet[Task]:
    rows: QuerySet[Task] = Task.objects.filter(holder=holder.post).open()
    return rows.order_by("due_on", "opened_on", "pk")


def _pieces(tasks: QuerySet[Task]) -> list[Piece]:
    return [
        Piece(
            key=str(task.pk),
            label=task.title,
            url=reverse("tasks:task_detail", args=[task.public_id]),
            note=", ".join(filter(None, (task.get_status_display(), task.due_words))),
            due_on=task.due_on,
        )
        for task in tasks
    ]


def find_tasks(holder: Holder, day: date) -> list[Piece]:
    """Tasks and suggestions that are open."""
    return _pieces(_open(holder).exclude(kind=TaskKind.PROMISE))


def find_promises(holder: Holder, day: date) -> list[Piece]:
    return _pieces(_open(holder).filter(kind=TaskKind.PROMISE))


def move_task(key: str, transfer: Transfer) -> None:
    task = Task.objects.get(pk=key)
    give_task(task=task, holder=transfer.target.post, actor=transfer.actor, now=transfer.now)


def register_own() -> None:
    holdings.register("tasks.task", _("Open tasks"), find=find_tasks, move=move_task, order=40)
    holdings.register(
        "tasks.promise", _("Open promises"), find=find_promises, move=move_task, order=50
    )
