"""Ties of this room: who holds a task, and who wrote comments on it."""

from typing import Any

from django.conf import settings
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.domain import ties
from buendnisnetz.network.domain.ties import BODY_OF_POST, Appearances
from buendnisnetz.tasks.models import Task

# Who writes a comment stands for the posts that the person held on that day.
_TASKS = f"""
SELECT t.id AS occasion, t.title::text AS title, t.public_id::text AS address,
    CASE WHEN t.alliance_id IS NOT NULL THEN 'A' END AS host, t.alliance_id AS host_id,
    b.body, b.body_id, t.opened_on AS first_day, t.closed_on AS last_day
FROM tasks_task t JOIN network_post p ON p.id = t.holder_id {BODY_OF_POST}
WHERE b.body_id IS NOT NULL AND t.id IN (VISIBLE)
UNION
SELECT t.id, t.title::text, t.public_id::text, CASE WHEN t.alliance_id IS NOT NULL THEN 'A' END,
    t.alliance_id, b.body, b.body_id, w.day, w.day
FROM tasks_tasknote n
JOIN tasks_task t ON t.id = n.task_id
JOIN network_person h ON h.user_id = n.author_id
CROSS JOIN LATERAL (SELECT (n.written_at AT TIME ZONE %(tie_zone)s)::date AS day) w
JOIN network_term e ON e.person_id = h.id
    AND coalesce(e.valid_from, '-infinity') <= w.day AND coalesce(e.valid_to, 'infinity') >= w.day
JOIN network_post p ON p.id = e.post_id {BODY_OF_POST}
WHERE n.kind = 'COMMENT' AND b.body_id IS NOT NULL AND t.id IN (VISIBLE)
"""  # noqa: S608 -- constants of the code


def find_tasks(user: Any) -> Appearances:
    visible = ties.keys_of(Task.objects.visible_to(user), "tie_task")
    params = {**visible.params, "tie_zone": settings.TIME_ZONE}
    return Appearances(_TASKS.replace("VISIBLE", visible.sql), params)


def register_own() -> None:
    ties.register(
        "tasks.task", "task", pgettext_lazy("tie", "Task"), find=find_tasks,
        route="tasks:task_detail", lasting=True, order=30,
    )  # fmt: skip
