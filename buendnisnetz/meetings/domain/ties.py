"""Ties of this room: who was at the same meeting, and whose tasks came out of the same entry."""

from typing import Any

from django.utils.translation import pgettext_lazy

from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.domain import ties
from buendnisnetz.network.domain.ties import BODY_OF_POST, Appearances
from buendnisnetz.tasks.models import Task

_HOST = """CASE WHEN m.alliance_id IS NOT NULL THEN 'A' WHEN m.working_group_id IS NOT NULL THEN 'G' END
    AS host, coalesce(m.alliance_id, m.working_group_id) AS host_id"""
_MEETINGS = f"""
SELECT m.id AS occasion, m.title::text AS title, m.public_id::text AS address, {_HOST},
    b.body, b.body_id, m.held_on AS first_day, m.held_on AS last_day
FROM meetings_attendance a JOIN meetings_meeting m ON m.id = a.meeting_id
CROSS JOIN LATERAL (
    VALUES ('O', a.organisation_id), ('O', a.also_for_id), ('A', a.alliance_id)
) AS b (body, body_id)
WHERE a.status IN ('PRESENT', 'GUEST') AND m.status = 'HELD' AND b.body_id IS NOT NULL
    AND m.id IN (VISIBLE)
"""  # noqa: S608 -- constants of the code
_ENTRIES = f"""
SELECT l.entry_id AS occasion, m.title::text AS title, m.public_id::text AS address, {_HOST},
    b.body, b.body_id, t.opened_on AS first_day, t.closed_on AS last_day
FROM meetings_entrytask l
JOIN meetings_meeting m ON m.id = l.meeting_id
JOIN tasks_task t ON t.id = l.task_id
JOIN network_post p ON p.id = t.holder_id {BODY_OF_POST}
WHERE b.body_id IS NOT NULL AND m.id IN (VISIBLE) AND t.id IN (TASKS)
"""  # noqa: S608 -- constants of the code


def find_meetings(user: Any) -> Appearances:
    """Only meetings whose list of participants the user reads by right, not those merely published."""
    visible = ties.keys_of(Meeting.objects.inside_for(user), "tie_meeting")
    return Appearances(_MEETINGS.replace("VISIBLE", visible.sql), visible.params)


def find_entries(user: Any) -> Appearances:
    visible = ties.keys_of(Meeting.objects.inside_for(user), "tie_minutes")
    tasks = ties.keys_of(Task.objects.visible_to(user), "tie_follow")
    sql = _ENTRIES.replace("VISIBLE", visible.sql).replace("TASKS", tasks.sql)
    return Appearances(sql, {**visible.params, **tasks.params})


def register_own() -> None:
    ties.register(
        "meetings.meeting", "meeting", pgettext_lazy("tie", "Meeting"), find=find_meetings,
        route="meetings:meeting_detail", order=20,
    )  # fmt: skip
    ties.register(
        "meetings.entry", "task", pgettext_lazy("tie", "Task"), find=find_entries,
        route="meetings:meeting_detail", lasting=True, order=31,
    )  # fmt: skip
