"""What a meeting's own page shows."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buendnisnetz.core.words import words_of
from buendnisnetz.meetings.domain.queries.earlier import TaskLine
from buendnisnetz.meetings.domain.queries.page import AttendanceLine, EntryLine
from buendnisnetz.meetings.enums import AttendanceStatus, EntryKind, MeetingKind
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.tasks.enums import TaskKind, TaskStatus
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
        (_("Kind"), words_of(MeetingKind)[meeting.kind]),
        (_("Who met"), meeting.body),
        (_("Motto"), meeting.motto),
        (_("Approved"), approved),
        (_("Next meeting"), format_date(meeting.next_meeting_on, "")),
    ]


class TaskRow(NamedTuple):
    """A task on a meeting's page: what it is with who has it until when, and its state today."""

    title: str
    url: str
    note: str
    status: str
    tone: str
    passage: str


TASK_TONES = {TaskStatus.DONE: "success", TaskStatus.DROPPED: "", TaskStatus.IN_PROGRESS: "info"}


_TONES: dict[str, str] = {str(status): tone for status, tone in TASK_TONES.items()}


def task_rows(tasks: Iterable[TaskLine]) -> list[TaskRow]:
    kinds, states = words_of(TaskKind), words_of(TaskStatus)
    # Each word is translated once, not once per task.
    nobody, until = _("nobody named"), _("until %(when)s")
    rows = []
    for task in tasks:
        due = format_date(task.due_on, task.due_words)
        note = [kinds[task.kind], task.holder or task.assignee_words or nobody]
        if due:
            note.append(until % {"when": due})
        rows.append(
            TaskRow(
                task.title,
                url("tasks:task_detail", task.public_id),
                " · ".join(note),
                states[task.status],
                _TONES.get(task.status, "warning"),
                task.origin_url,
            )
        )
    return rows


def entries_by_kind(entries: Iterable[EntryLine]) -> list[tuple[str, list[EntryLine]]]:
    """Entries grouped by kind, kinds in the order of their first entry."""
    found: dict[EntryKind, list[EntryLine]] = {}
    for entry in entries:
        found.setdefault(entry.kind, []).append(entry)
    words = words_of(EntryKind)
    return [(words[kind], rows) for kind, rows in found.items()]


def attendance_groups(rows: Iterable[AttendanceLine]) -> list[tuple[str, list[AttendanceLine]]]:
    """The list of participants by attendance."""
    found: dict[AttendanceStatus, list[AttendanceLine]] = {
        status: [] for status in AttendanceStatus
    }
    for row in rows:
        found[row.status].append(row)
    words = words_of(AttendanceStatus)
    return [(words[status], group) for status, group in found.items() if group]


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
