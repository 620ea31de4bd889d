"""The way of an edition: begun, consulted, approved, published, corrected. Only here it moves on."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.queue import enqueue
from buendnisnetz.meetings.domain.editions.content import content_of, parts_of
from buendnisnetz.meetings.domain.editions.guard import FrozenError, locked_meeting
from buendnisnetz.meetings.domain.editions.public import refresh
from buendnisnetz.meetings.domain.editions.text import text_of
from buendnisnetz.meetings.domain.writing.settling import settle
from buendnisnetz.meetings.enums import (
    EDITION_TRANSITIONS,
    WRITABLE,
    ApprovedHow,
    EditionStatus,
)
from buendnisnetz.meetings.models import Edition, Meeting
from buendnisnetz.network.models import Person


class EditionStateError(DomainError):
    """The minutes are not where this step begins."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(
            _(
                "The minutes are “%(state)s” now, so this is not possible. Please load the page again."
            )
            % {"state": edition.get_status_display()}
        )


class EditionOpenError(DomainError):
    """There is an edition that is still being written."""

    def __init__(self) -> None:
        super().__init__(_("These minutes are being written already."))


class BeforeMeetingError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Minutes cannot be approved before the meeting was held."))


def begin_edition(*, meeting: Meeting, actor: Any, now: datetime) -> Edition:
    """Open the first edition of a meeting's minutes. Raises EditionOpenError, FrozenError."""
    with recorded(actor=actor, action="meetings.edition.begun"):
        row = locked_meeting(meeting)
        if row.edition is not None:
            raise EditionOpenError if row.edition.is_writable else FrozenError
        return _new(row, 1, "", now)


def begin_correction(*, meeting: Meeting, reason: str, actor: Any, now: datetime) -> Edition:
    """Open a further edition of approved minutes. Raises EditionOpenError, EditionStateError."""
    with recorded(actor=actor, action="meetings.edition.corrected"):
        row = locked_meeting(meeting)
        last = row.edition
        if last is None or last.is_writable:
            raise EditionOpenError
        return _new(row, last.number + 1, reason.strip(), now)


def drop_correction(*, edition: Edition, actor: Any) -> None:
    """Take a correction back before it is approved: what was written since is undone by nobody, so
    only a correction in which nothing was changed can go. Raises EditionStateError."""
    with recorded(actor=actor, action="meetings.edition.dropped"):
        row = locked(edition)
        before = row.meeting.editions.filter(number=row.number - 1).first()
        if not row.is_writable or before is None:
            raise EditionStateError(row)
        if before.text_sha256 != _sha256(text_of(content_of(parts_of(row.meeting)))):
            raise EditionStateError(row)
        Meeting.objects.filter(pk=row.meeting_id).update(edition=before)
        row.delete()


def writable_edition(*, meeting: Meeting, actor: Any, now: datetime) -> Edition:
    """The edition that is being written, begun if there is none yet. Raises FrozenError."""
    return writable_edition_of(locked=locked_meeting(meeting), actor=actor, now=now)


def writable_edition_of(*, locked: Meeting, actor: Any, now: datetime) -> Edition:
    """The same for a meeting that is kept from others already."""
    if locked.edition is None:
        return begin_edition(meeting=locked, actor=actor, now=now)
    if not locked.edition.is_writable:
        raise FrozenError
    return locked.edition


def start_consultation(*, edition: Edition, until: date, actor: Any) -> Edition:
    """Show a draft to those who were there. Raises EditionStateError."""
    with recorded(actor=actor, action="meetings.edition.consulted"):
        return move(locked(edition), EditionStatus.CONSULTATION, consulted_until=until)


def end_consultation(*, edition: Edition, actor: Any) -> Edition:
    """Back to the draft. Raises EditionStateError."""
    with recorded(actor=actor, action="meetings.edition.taken_back"):
        return move(locked(edition), EditionStatus.DRAFT)


def approve(
    *,
    edition: Edition,
    how: ApprovedHow,
    approved_on: date,
    approved_by: str,
    person: Person | None,
    actor: Any,
    now: datetime,
) -> Edition:
    """Freeze an edition: its content, its text and the text's checksum never change again (S10).

    Raises EditionStateError, BeforeMeetingError. The edition approved before is replaced, unless the
    public still reads it. The paper is printed by a job.
    """
    with recorded(actor=actor, action="meetings.edition.approved"):
        row = locked(edition)
        if approved_on < row.meeting.held_on:
            raise BeforeMeetingError
        if not row.is_writable:
            raise EditionStateError(row)
        settle(meeting=row.meeting, actor=actor, now=now)
        content = content_of(parts_of(row.meeting))
        text = text_of(content)
        earlier = row.meeting.editions.filter(status=EditionStatus.APPROVED)
        for other in earlier.select_for_update(of=("self",)):
            move(other, EditionStatus.REPLACED)
        move(
            row,
            EditionStatus.APPROVED,
            content=content,
            text=text,
            text_sha256=_sha256(text),
            approved_on=approved_on,
            approved_by=approved_by[:200],
            approved_how=how,
            approved_at=now,
            approver=person or row.approver,
        )
        enqueue("meetings.print_edition", once=f"meetings.print_edition:{row.pk}", edition=row.pk)
        return row


def record_approval(
    *,
    edition: Edition,
    approved_on: date,
    approved_by: str,
    person: Person | None,
    actor: Any,
    now: datetime,
) -> Edition:
    """Note an approval that happened outside, on paper. Raises as :func:`approve`."""
    return approve(
        edition=edition,
        how=ApprovedHow.RECORDED,
        approved_on=approved_on,
        approved_by=approved_by,
        person=person,
        actor=actor,
        now=now,
    )


def publish(*, edition: Edition, actor: Any, now: datetime) -> Edition:
    """Show approved minutes in public, without what is internal (S17). Raises EditionStateError."""
    with recorded(actor=actor, action="meetings.edition.published"):
        row = locked(edition)
        public = row.meeting.editions.filter(status=EditionStatus.PUBLISHED)
        for other in public.select_for_update(of=("self",)):
            move(other, EditionStatus.REPLACED)
        move(row, EditionStatus.PUBLISHED, published_at=now)
        _show(row.meeting, True)
        refresh(edition=row, now=now)
        return row


def withdraw(*, edition: Edition, actor: Any, now: datetime) -> Edition:
    """Take minutes back from the public; they stay approved. Raises EditionStateError."""
    with recorded(actor=actor, action="meetings.edition.withdrawn"):
        row = locked(edition)
        if row.meeting.editions.filter(status=EditionStatus.APPROVED).exists():
            move(row, EditionStatus.REPLACED)
        else:
            move(row, EditionStatus.APPROVED, published_at=None)
        _show(row.meeting, False)
        refresh(edition=row, now=now)
        return row


def move(edition: Edition, status: EditionStatus, **values: Any) -> Edition:
    """Let a locked edition take the next step. Raises EditionStateError."""
    if status not in EDITION_TRANSITIONS[EditionStatus(edition.status)]:
        raise EditionStateError(edition)
    edition.status = status
    for name, value in values.items():
        setattr(edition, name, value)
    edition.version += 1
    edition.save()
    return edition


def locked(edition: Edition) -> Edition:
    """The edition as it is now, kept from others until the transaction ends."""
    rows = Edition.objects.select_for_update(of=("self",)).select_related("meeting")
    found: Edition = rows.get(pk=edition.pk)
    return found


def open_editions() -> Any:
    """Editions that wait for an approval."""
    return Edition.objects.filter(status__in=sorted(WRITABLE))


def _new(meeting: Meeting, number: int, reason: str, now: datetime) -> Edition:
    edition = Edition.objects.create(
        meeting=meeting, number=number, reason=reason[:300], created_at=now
    )
    Meeting.objects.filter(pk=meeting.pk).update(edition=edition)
    meeting.edition = edition
    return edition


def _show(meeting: Meeting, is_published: bool) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(is_published=is_published)
    meeting.is_published = is_published


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
