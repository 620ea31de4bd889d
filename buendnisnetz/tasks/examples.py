"""Examples for this room's addresses."""

from typing import Any

from buendnisnetz.core.examples import register
from buendnisnetz.tasks.models import Task


def _task() -> dict[str, Any] | None:
    row = Task.objects.order_by("pk").first()
    return {"public_id": row.public_id} if row else None


register("tasks:task_", _task)
register("tasks:answer", lambda: {"token": "abgelaufen"})
