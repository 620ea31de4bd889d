"""Meetings for tests of other rooms."""

from datetime import date
from typing import Any

from buendnisnetz.meetings.domain import meetings
from buendnisnetz.meetings.enums import AttendanceStatus, MeetingKind
from buendnisnetz.meetings.models import Attendance, Meeting
from buendnisnetz.network.models import Person


def make_meeting(
    title: str = "Treffen", held_on: date = date(2027, 1, 15), **facts: Any
) -> Meeting:
    kind = facts.pop("kind", MeetingKind.OTHER)
    return meetings.create_meeting(title=title, held_on=held_on, kind=kind, actor=None, **facts)


def make_chair(meeting: Meeting, person: Person) -> Attendance:
    """Somebody who is to chair a meeting."""
    return meetings.add_attendance(
        meeting=meeting, person=person, name=person.full_name(), actor=None,
        status=AttendanceStatus.PRESENT, is_chair=True,
    )  # fmt: skip
