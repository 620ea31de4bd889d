"""What minutes say, as plain data: frozen at approval, and the source of every page and paper.

Keys are stable: what was frozen years ago must still be read. ``id`` is the public id of a row, so
that a passage can be cited for good.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from buendnisnetz.files.models import StoredFile
from buendnisnetz.meetings.models import (
    AgendaItem,
    AgendaSpeaker,
    Attachment,
    Attendance,
    Decision,
    EntryTask,
    Meeting,
    MinutesEntry,
)

FORMAT = 1
Content = dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """The rows that a meeting's minutes consist of, in order."""

    meeting: Meeting
    agenda: Sequence[AgendaItem]
    # By agenda item.
    speakers: Mapping[int, Sequence[AgendaSpeaker]]
    attendances: Sequence[Attendance]
    entries: Sequence[MinutesEntry]
    decisions: Sequence[Decision]
    links: Sequence[EntryTask]
    attachments: Sequence[Attachment]


def parts_of(meeting: Meeting) -> Parts:
    """The rows of one meeting; seven queries."""
    speakers: dict[int, list[AgendaSpeaker]] = defaultdict(list)
    rows = AgendaSpeaker.objects.filter(item__meeting=meeting).select_related("person")
    for speaker in rows.order_by("pk"):
        speakers[speaker.item_id].append(speaker)
    return Parts(
        meeting=meeting,
        agenda=list(meeting.agenda.order_by("position")),
        speakers=speakers,
        attendances=list(
            meeting.attendances.select_related("person", "organisation").order_by("position", "pk")
        ),
        entries=list(
            meeting.entries.exclude(text="").select_related("speaker").order_by("position", "pk")
        ),
        decisions=list(meeting.decisions.order_by("pk")),
        links=list(
            EntryTask.objects.filter(meeting=meeting).select_related("task__holder").order_by("pk")
        ),
        attachments=list(meeting.attachments.select_related("file").order_by("number")),
    )


def content_of(parts: Parts) -> Content:
    """The minutes as plain data."""
    items = {item.pk: item.public_id for item in parts.agenda}
    decisions = {row.entry_id: row for row in parts.decisions if row.entry_id is not None}
    tasks = {link.entry_id: link.task for link in parts.links}
    return {
        "format": FORMAT,
        **_head(parts.meeting),
        "attendance": [_attendance(row) for row in parts.attendances],
        "agenda": [_item(item, parts.speakers.get(item.pk, ())) for item in parts.agenda],
        "entries": [
            _entry(row, items, decisions.get(row.pk), tasks.get(row.pk)) for row in parts.entries
        ],
        "attachments": [_attachment(row, items) for row in parts.attachments],
    }


def _head(meeting: Meeting) -> Content:
    body = meeting.working_group or meeting.alliance
    return {
        "id": meeting.public_id,
        "title": meeting.title,
        "kind": meeting.kind,
        "body": meeting.body or (body.name if body else ""),
        "motto": meeting.motto,
        "topics": list(meeting.topics),
        "held_on": _iso(meeting.held_on),
        "starts_at": _clock(meeting.starts_at),
        "ends_at": _clock(meeting.ends_at),
        "place": meeting.place,
        "next_meeting_on": _iso(meeting.next_meeting_on),
    }


def _attendance(row: Attendance) -> Content:
    return {
        "person": row.person.public_id if row.person else None,
        "title": row.academic_title,
        "name": row.name,
        "function": row.function,
        "organisation": row.organisation_words
        or (row.organisation.name if row.organisation else ""),
        "status": row.status,
        "chair": row.is_chair,
        "recorder": row.is_recorder,
        "part": row.part,
    }


def _item(item: AgendaItem, speakers: Sequence[AgendaSpeaker]) -> Content:
    return {
        "id": item.public_id,
        "number": item.number,
        "title": item.title,
        "kind": item.kind,
        "starts_at": _clock(item.starts_at),
        "ends_at": _clock(item.ends_at),
        "internal": item.is_internal,
        "speakers": [
            {
                "person": speaker.person.public_id if speaker.person else None,
                "name": speaker.name,
                "function": speaker.function,
            }
            for speaker in speakers
        ],
    }


def _entry(
    row: MinutesEntry, items: dict[int, str], decision: Decision | None, task: Any
) -> Content:
    speaker = row.speaker
    return {
        "id": row.public_id,
        "kind": row.kind,
        "text": row.text,
        "item": items.get(row.agenda_item_id) if row.agenda_item_id else None,
        "speaker": row.speaker_words or (speaker.full_name() if speaker else ""),
        "speaker_person": speaker.public_id if speaker else None,
        "internal": row.is_internal,
        "votes": _votes(decision) if decision else None,
        "task": _task(task) if task else None,
    }


def _votes(decision: Decision) -> dict[str, int] | None:
    counted = {
        "yes": decision.votes_yes,
        "no": decision.votes_no,
        "abstain": decision.votes_abstain,
        "missing": decision.votes_missing,
    }
    known = {key: value for key, value in counted.items() if value is not None}
    return known or None


def _task(task: Any) -> Content:
    return {
        "id": task.public_id,
        "who": str(task.holder) if task.holder else task.assignee_words,
        "due_on": _iso(task.due_on),
        "due_words": task.due_words,
    }


def _attachment(row: Attachment, items: dict[int, str]) -> Content:
    return {
        "id": row.public_id,
        "number": row.number,
        "title": row.title,
        "author": row.author,
        "licence": row.licence,
        "accessible": row.accessible,
        "item": items.get(row.agenda_item_id) if row.agenda_item_id else None,
        "text_alternative": row.text_alternative,
        "internal": row.is_internal,
        "file_public": row.is_file_public,
        **_file(row.file),
    }


def _file(file: StoredFile | None) -> Content:
    if file is None:
        return {"sha256": None}
    return {"sha256": file.sha256, "media_type": file.media_type, "size": file.size}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(moment: time | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None
