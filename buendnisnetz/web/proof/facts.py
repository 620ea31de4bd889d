"""What the rounds of the proof by killing find before them, and what is left of them afterwards."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from buendnisnetz.accounts.models import User
from buendnisnetz.files import contents
from buendnisnetz.files.models import PartialUpload, StoredFile
from buendnisnetz.meetings.domain.editions import approval, states
from buendnisnetz.meetings.domain.meetings import add_attendance, create_meeting
from buendnisnetz.meetings.enums import (
    AttendanceStatus,
    ImportStatus,
    MeetingKind,
    MeetingStatus,
)
from buendnisnetz.meetings.models import (
    Attachment,
    Distribution,
    Meeting,
    MinutesEntry,
    MinutesImport,
)
from buendnisnetz.network.models import Person
from buendnisnetz.notifications.models import Message, MessageStatus
from buendnisnetz.tasks.models import TaskNote

SIGN_IN = "koordination@demo.example"


def make_drafts(count: int, now: datetime) -> list[str]:
    """Meetings whose minutes wait for the approval by the coordination office; their public ids."""
    office = User.objects.get(email=SIGN_IN)
    person = Person.objects.get(user=office)
    return [_draft(office, person, now) for _number in range(count)]


def _draft(office: User, person: Person, now: datetime) -> str:
    meeting = create_meeting(
        actor=office,
        title="Probe der Ausfallsicherheit",
        held_on=(now - timedelta(days=1)).date(),
        kind=MeetingKind.OTHER,
        status=MeetingStatus.HELD,
    )
    add_attendance(
        meeting=meeting, actor=office, name=str(person), person=person,
        status=AttendanceStatus.PRESENT,
    )  # fmt: skip
    edition = meeting.edition or states.begin_edition(meeting=meeting, actor=office, now=now)
    approval.request_approval(edition=edition, person=person, words="", actor=office, now=now)
    return meeting.public_id


def waiting() -> int:
    """Documents that were not read yet and mails that were not sent."""
    unread = MinutesImport.objects.filter(status=ImportStatus.RECEIVED).count()
    return unread + Message.objects.filter(status=MessageStatus.WAITING).count()


def facts_of(marker: str) -> dict[str, Any]:
    """What is in the database of one round."""
    meetings = list(Meeting.objects.filter(title__contains=marker))
    return {
        "comments": TaskNote.objects.filter(text=f"Kommentar {marker}").count(),
        "imports": MinutesImport.objects.filter(file__name=f"{marker}.txt").count(),
        "meetings": len(meetings),
        "whole": all(
            meeting.attendances.count() == 2
            and meeting.decisions.count() == 1
            and hasattr(meeting, "minutes")
            for meeting in meetings
        ),
    }


def facts_of_upload(marker: str) -> dict[str, Any]:
    """What was kept of a file that came in pieces, by the bytes that lie there."""
    rows = Attachment.objects.filter(title=marker).select_related("file")
    return {
        "checksums": [_checksum(row.file) for row in rows if row.file],
        "unfinished": PartialUpload.objects.filter(fingerprint=marker).count(),
    }


def facts_of_storage(now: datetime) -> dict[str, Any]:
    """Whether every row has its bytes; and what is left without one after the job that cleans up."""
    broken = [
        stored.name
        for stored in StoredFile.objects.filter(is_gone=False)
        if _checksum(stored) != stored.sha256
    ]
    swept = contents.sweep(now=now + 2 * contents.KEPT_UNKNOWN)
    found = set(contents.names())
    return {"broken": broken, "swept": swept, "left": sorted(found - contents.needed(found))}


def _checksum(stored: StoredFile) -> str:
    try:
        with stored.content.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def facts_of_draft(public_id: str, marker: str) -> dict[str, Any]:
    """What is in the database of the minutes that one round wrote, approved and sent out."""
    meeting = Meeting.objects.select_related("edition").get(public_id=public_id)
    edition = meeting.edition
    lines = MinutesEntry.objects.filter(meeting=meeting, text=f"Vermerk {marker}").count()
    approved = edition is not None and not edition.is_writable
    sent = Distribution.objects.filter(edition__meeting=meeting)
    mails = Message.objects.filter(delivery__distribution__in=sent)
    return {
        "lines": lines,
        "approved": approved,
        "frozen": bool(edition and edition.text_sha256) and edition.text.count(marker) == lines,
        "sent": sent.count(),
        "mails": list(mails.values_list("message_id", flat=True)),
    }
