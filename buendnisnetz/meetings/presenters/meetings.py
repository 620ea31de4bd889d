"""What a meeting's own page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buendnisnetz.meetings.enums import (
    AttendanceStatus,
)
from buendnisnetz.meetings.models import (
    Attendance,
    Meeting,
    MinutesEntry,
)
from buendnisnetz.tasks.enums import TaskStatus
from buendnisnetz.tasks.models import Task
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell


def meeting_facts(meeting: Meeting) -> list[tuple[str, str]]:
    """Pairs of label and value for the head of a meeting's page."""
    edition = meeting.edition
    times = " – ".join(f"{value:%H:%M}" for value in (meeting.starts_at, meeting.ends_at) if value)
    approved = ""
    if edition is not None and edition.approved_on is not None:
        days = (edition.approved_on - meeting.held_on).days
        approved = ngettext(
            "%(day)s by %(name)s, %(days)s day after the meeting",
            "%(day)s by %(name)s, %(days)s days after the meeting",
            days,
        ) % {
            "day": format_date(edition.approved_on),
            "name": edition.approved_by or "–",
            "days": days,
        }
    return [
        (_("Day"), format_date(meeting.held_on)),
        (_("Time"), times),
        (_("Place"), meeting.place),
        (_("Kind"), meeting.get_kind_display()),
        (_("Who met"), meeting.body),
        (_("Motto"), meeting.motto),
        (_("Approved"), approved),
        (_("Next meeting"), format_date(meeting.next_meeting_on, "")),
    ]


@dataclass(frozen=True)
class TaskRow:
    """A task on a meeting's page, with its state today."""

    title: str
    url: str
    kind: str
    status: str
    tone: str
    who: str
    due: str
    passage: str


TASK_TONES = {TaskStatus.DONE: "success", TaskStatus.DROPPED: "", TaskStatus.IN_PROGRESS: "info"}


def task_rows(tasks: Iterable[Task]) -> list[TaskRow]:
    return [
        TaskRow(
            title=task.title,
            url=url("tasks:task_detail", task.public_id),
            kind=task.get_kind_display(),
            status=task.get_status_display(),
            tone=TASK_TONES.get(TaskStatus(task.status), "warning"),
            who=str(task.holder or task.assignee_words or _("nobody named")),
            due=format_date(task.due_on, task.due_words),
            passage=task.origin_url,
        )
        for task in tasks
    ]


def entries_by_kind(entries: Iterable[MinutesEntry]) -> list[tuple[str, list[MinutesEntry]]]:
    """Entries grouped by kind, kinds in the order of their first entry."""
    result: dict[str, list[MinutesEntry]] = {}
    for entry in entries:
        result.setdefault(str(entry.get_kind_display()), []).append(entry)
    return list(result.items())


def attendance_groups(rows: Iterable[Attendance]) -> list[tuple[str, list[Attendance]]]:
    """The list of participants by attendance."""
    result: dict[str, list[Attendance]] = {}
    ordered = sorted(
        rows, key=lambda row: list(AttendanceStatus).index(AttendanceStatus(row.status))
    )
    for row in ordered:
        result.setdefault(str(row.get_status_display()), []).append(row)
    return list(result.items())


def missed_cells(record: dict[str, Any]) -> list[Cell]:
    """One line of those who were invited to a series and did not come."""
    target = url("network:post_detail", record["post"]) if record["post"] else ""
    return [
        Cell(record["name"], target),
        Cell(str(record["missed"])),
        Cell(str(record["invited"])),
        Cell(str(record["agreed"])),
        Cell(format_date(record["missed_on"])),
        Cell(format_date(record["seen_on"]) if record["seen_on"] else _("never")),
    ]
