"""Tasks for tests, made through the room's own functions, so that every rule held."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from buendnisnetz.tasks.domain import lifecycle
from buendnisnetz.tasks.domain.lifecycle import TaskValues
from buendnisnetz.tasks.enums import TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_task(title: str | None = None, *, opened_on: date | None = None, **facts: Any) -> Task:
    """A task; ``status`` moves it there from open, with a reason where one is needed."""
    status = facts.pop("status", TaskStatus.OPEN)
    origin = facts.pop("origin_label", "")
    now = facts.pop("now", NOW)
    values = TaskValues(
        kind=facts.pop("kind", TaskKind.TASK), title=title or f"Aufgabe {next(_numbers)}", **facts
    )
    task = lifecycle.create_task(
        values=values, actor=None, now=now, opened_on=opened_on, origin_label=origin
    )
    if status != TaskStatus.OPEN:
        task = move(task, status, text="Erledigt durch den Test.", now=now)
    return task


def move(task: Task, status: TaskStatus, text: str = "", **facts: Any) -> Task:
    return lifecycle.change_status(
        task=task,
        status=status,
        text=text,
        actor=facts.pop("actor", None),
        now=facts.pop("now", NOW),
        **facts,
    )
