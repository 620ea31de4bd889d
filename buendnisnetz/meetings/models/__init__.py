"""Meetings, their minutes, and imports of minutes."""

from buendnisnetz.meetings.models.meeting import (
    AgendaItem,
    AgendaSpeaker,
    Approval,
    Attachment,
    Attendance,
    Meeting,
    MeetingSeries,
)
from buendnisnetz.meetings.models.minutes import Decision, EntryTask, Minutes, MinutesEntry
from buendnisnetz.meetings.models.minutes_import import ImportedRow, MinutesImport, Proposal

__all__ = [
    "AgendaItem",
    "AgendaSpeaker",
    "Approval",
    "Attachment",
    "Attendance",
    "Decision",
    "EntryTask",
    "ImportedRow",
    "Meeting",
    "MeetingSeries",
    "Minutes",
    "MinutesEntry",
    "MinutesImport",
    "Proposal",
]
