"""Where a task came from: the passage that names it, in words and as an address."""

from django.urls import reverse

from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.models import Meeting, MinutesEntry
from buendnisnetz.tasks.enums import TaskKind

TASK_KINDS = {
    EntryKind.TASK: TaskKind.TASK,
    EntryKind.PROMISE: TaskKind.PROMISE,
    EntryKind.SUGGESTION: TaskKind.SUGGESTION,
}


def origin_of(meeting: Meeting, entry: MinutesEntry) -> dict[str, str]:
    """How a task names and finds the passage it came from."""
    day = f"{meeting.held_on:%d.%m.%Y}"
    address = reverse("meetings:minutes_detail", args=[meeting.public_id])
    return {
        "origin_label": f"{meeting.title[:150]}, {day}",
        "origin_url": f"{address}?stelle={entry.public_id}#{entry.public_id}",
    }
