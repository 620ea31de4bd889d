"""What this room adds to lower rooms: its part of a user's own data, what a post holds, ties."""

import json
from typing import Any

from buendnisnetz.core import slots
from buendnisnetz.core.gathering import gathered
from buendnisnetz.tasks.domain import holdings, ties
from buendnisnetz.tasks.models import Task, TaskNote


@slots.register("accounts.export")
def own_tasks(user: Any) -> str:
    """What a user recorded and wrote about tasks."""
    recorded = Task.objects.filter(created_by=user).order_by("pk")
    written = TaskNote.objects.filter(author=user).order_by("pk")
    data = gathered(
        tasks_recorded=recorded.values("public_id", "title", "created_at"),
        notes_written=written.values("task__public_id", "kind", "text", "written_at"),
    )
    return json.dumps(data, ensure_ascii=False)


holdings.register_own()
ties.register_own()
