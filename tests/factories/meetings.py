"""Meetings with minutes, made through the room's own functions."""

from datetime import UTC, date, datetime
from typing import Any

from buendnisnetz.meetings.domain import meetings
from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.enums import AttendanceStatus, EntryKind, MeetingKind, MeetingStatus
from buendnisnetz.meetings.models import Edition, Meeting, MinutesEntry
from buendnisnetz.network.models import Person
from tests.factories.network import make_person

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HELD_ON = date(2026, 11, 10)


def make_meeting(title: str = "Herbstrunde", **facts: Any) -> Meeting:
    values: dict[str, Any] = {
        "kind": MeetingKind.OTHER,
        "held_on": HELD_ON,
        "status": MeetingStatus.HELD,
        "place": "Musterstadt",
    }
    return meetings.create_meeting(actor=None, title=title, **{**values, **facts})


def attend(meeting: Meeting, person: Person | None = None, **facts: Any) -> Person:
    """Put somebody on the list, as present unless told otherwise."""
    who = person or make_person()
    values = {"status": AttendanceStatus.PRESENT, "name": who.full_name(), "function": "Vorsitz"}
    meetings.add_attendance(meeting=meeting, person=who, actor=None, **{**values, **facts})
    return who


def say(
    meeting: Meeting, text: str, kind: EntryKind = EntryKind.NOTE, **facts: Any
) -> MinutesEntry:
    internal = facts.pop("is_internal", False)
    entry = meetings.add_entry(meeting=meeting, kind=kind, text=text, actor=None, now=NOW, **facts)
    if internal:
        entry.is_internal = True
        entry.save()
    return entry


def draft(meeting: Meeting) -> Edition:
    """The edition that is being written; the first entry begins it by itself."""
    return states.writable_edition(meeting=meeting, actor=None, now=NOW)


def approved(meeting: Meeting, **facts: Any) -> Edition:
    """Minutes approved on paper, two weeks after the meeting unless told otherwise."""
    values = {"approved_on": date(2026, 11, 20), "approved_by": "Erna Freigeberin", "person": None}
    edition = facts.pop("edition", None) or draft(meeting)
    return states.record_approval(edition=edition, actor=None, now=NOW, **{**values, **facts})


def published(meeting: Meeting, **facts: Any) -> Edition:
    return states.publish(edition=approved(meeting, **facts), actor=None, now=NOW)
