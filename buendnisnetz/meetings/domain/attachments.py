"""Attachments of minutes: numbered, described, replaced, moved, removed and put back (S07, S51)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.text import fold
from buendnisnetz.files import preview
from buendnisnetz.files.models import PartialUpload, StoredFile
from buendnisnetz.files.store import MEGABYTE, FileTooLargeError, store_file
from buendnisnetz.files.uploads import discard
from buendnisnetz.meetings.domain.citations import named_in, numbers_cited, without_lists
from buendnisnetz.meetings.domain.editions.guard import check_writable
from buendnisnetz.meetings.enums import Accessibility
from buendnisnetz.meetings.models import Attachment, EarlierFile, Meeting
from buendnisnetz.network.domain.saving import compared, saved

LARGEST_ATTACHMENT = 200 * MEGABYTE
# Pictures and plain text need not be large; recordings, plans and scanned papers are.
_LARGEST = {"image": 30 * MEGABYTE, "text": 10 * MEGABYTE}


class NoNeighbourError(DomainError):
    """It stands first or last already."""

    def __init__(self) -> None:
        super().__init__(_("There is no attachment on that side to change places with."))


class NotRemovedError(DomainError):
    """Nothing to put back."""

    def __init__(self) -> None:
        super().__init__(_("This attachment is not removed."))


@dataclass(frozen=True)
class Upload:
    """A file that somebody hands in, and what they call it; ``partial`` if it came in pieces."""

    file: "File[Any]"
    name: str
    partial: PartialUpload | None = None


def add_attachment(
    *, meeting: Meeting, upload: Upload | None, actor: Any, now: datetime, **values: Any
) -> Attachment:
    """Add a numbered attachment, with its file or as a placeholder for one that is missing.

    ``values`` are its fields. Raises FrozenError, RuleBrokenError, and what ``store_file`` raises.
    """
    with recorded(actor=actor, action="meetings.attachment.added"):
        # Before the meeting is locked: a large file takes its time.
        stored = _stored(upload, actor, now)
        check_writable(meeting=meeting)
        row = Attachment(meeting=meeting, file=stored, **values)
        row.number = _last_number(meeting) + 1
        row.accessible = accessibility_of(row)
        return saved(row)


def add_attachments(
    *, meeting: Meeting, given: Sequence[Upload], actor: Any, now: datetime, **values: Any
) -> list[Attachment]:
    """Add several files at once, all or none; of several each is called by its file's name.

    Raises what :func:`add_attachment` raises.
    """
    with transaction.atomic():
        several = len(given) > 1
        uploads: Sequence[Upload | None] = given or [None]
        return [
            add_attachment(
                meeting=meeting,
                upload=upload,
                actor=actor,
                now=now,
                **({**values, "title": _title_of(upload)} if several and upload else values),
            )
            for upload in uploads
        ]


def _title_of(upload: Upload) -> str:
    return (upload.name.rpartition(".")[0] or upload.name)[:300]


def edit_attachment(
    *,
    attachment: Attachment,
    version: int,
    upload: Upload | None,
    actor: Any,
    now: datetime,
    **values: Any,
) -> Attachment:
    """Describe an attachment anew; with ``upload`` its file is replaced and the old one kept.

    Raises FrozenError, EditConflictError, RuleBrokenError, and what ``store_file`` raises.
    """
    with recorded(actor=actor, action="meetings.attachment.edited"):
        stored = _stored(upload, actor, now)
        check_writable(meeting=attachment.meeting)
        row = compared(attachment, version, values)
        if stored is not None and row.file is not None:
            EarlierFile.objects.create(attachment=row, file=row.file, replaced_at=now)
        row.file = stored or row.file
        row.accessible = accessibility_of(row)
        return saved(row)


def accessibility_of(row: Attachment) -> str:
    """What nobody checked and what has no plain text counts as not accessible (S51)."""
    unsaid = row.accessible == Accessibility.UNKNOWN and not row.text_alternative.strip()
    return Accessibility.NO if unsaid and row.file is not None else row.accessible


def move_attachment(*, attachment: Attachment, up: bool, actor: Any) -> Attachment:
    """Change places with the neighbour: the numbers change, what the text cites does not.

    Raises FrozenError, NoNeighbourError.
    """
    with recorded(actor=actor, action="meetings.attachment.moved"):
        check_writable(meeting=attachment.meeting)
        rows = list(attachment.meeting.attachments.order_by("number"))
        at = next((i for i, row in enumerate(rows) if row.pk == attachment.pk), None)
        other = None if at is None else at - 1 if up else at + 1
        if at is None or other is None or not 0 <= other < len(rows):
            raise NoNeighbourError
        rows[at].number, rows[other].number = rows[other].number, rows[at].number
        saved_without_checks(rows[other])
        return saved_without_checks(rows[at])


def saved_without_checks(row: Attachment) -> Attachment:
    """For two that change places: in between both have one number; the database looks at the end."""
    row.version += 1
    row.save()
    return row


def remove_attachment(*, attachment: Attachment, actor: Any, now: datetime) -> Attachment:
    """Take an attachment out of the list; the others keep their numbers. Raises FrozenError."""
    with recorded(actor=actor, action="meetings.attachment.removed"):
        check_writable(meeting=attachment.meeting)
        row: Attachment = Attachment.every.get(pk=attachment.pk)
        row.removed_at = row.removed_at or now
        return saved(row)


def restore_attachment(*, attachment: Attachment, actor: Any) -> Attachment:
    """Put a removed attachment back: under its old number, or the next one if that is taken.

    Raises FrozenError, NotRemovedError.
    """
    with recorded(actor=actor, action="meetings.attachment.restored"):
        check_writable(meeting=attachment.meeting)
        row: Attachment = Attachment.every.get(pk=attachment.pk)
        if row.removed_at is None:
            raise NotRemovedError
        if row.meeting.attachments.filter(number=row.number).exists():
            row.number = _last_number(row.meeting) + 1
        row.removed_at = None
        return saved(row)


def _stored(upload: Upload | None, actor: Any, now: datetime) -> StoredFile | None:
    if upload is None:
        return None
    stored = store_file(
        upload=upload.file, name=upload.name, limit=LARGEST_ATTACHMENT, actor=actor, now=now
    )
    largest = _LARGEST.get(stored.media_type.partition("/")[0], LARGEST_ATTACHMENT)
    if stored.size > largest:
        raise FileTooLargeError(largest)
    preview.ask_for(stored=stored, now=now)
    if upload.partial is not None:
        discard(upload=upload.partial)
    return stored


def _last_number(meeting: Meeting) -> int:
    return meeting.attachments.aggregate(last=Max("number"))["last"] or 0


@dataclass(frozen=True)
class Check:
    """What the text cites and what the list holds, compared both ways."""

    # Numbers that the text names and the list lacks, each with the entries that name it.
    missing: Mapping[int, Sequence[str]]
    # Attachments that no passage names, by number or by title.
    uncited: Sequence[Attachment]
    # Attachments that the text names by their title only.
    by_title: Sequence[Attachment]

    def __bool__(self) -> bool:
        return bool(self.missing or self.uncited)


def check_citations(
    entries: Mapping[str, str], attachments: Sequence[Attachment], whole: str = ""
) -> Check:
    """Compare texts of entries (by public id), and the whole text of imported minutes, with the list."""
    cited: dict[int, list[str]] = {number: [] for number in numbers_cited(without_lists(whole))}
    for entry, text in entries.items():
        for number in numbers_cited(text):
            cited.setdefault(number, []).append(entry)
    listed = {row.number for row in attachments}
    unnumbered = [row for row in attachments if row.number not in cited]
    texts = [fold(text) for text in entries.values()] if unnumbered else []
    by_title = [row for row in unnumbered if named_in(fold(row.title), texts)]
    return Check(
        missing={number: cited[number] for number in sorted(set(cited) - listed)},
        uncited=[row for row in unnumbered if row not in by_title],
        by_title=by_title,
    )


def file_with(attachment: Attachment, sha256: str) -> StoredFile | None:
    """The file of an attachment that has this checksum: the present one or one that was replaced."""
    if attachment.file is not None and attachment.file.sha256 == sha256:
        return attachment.file
    rows = EarlierFile.objects.filter(attachment=attachment, file__sha256=sha256)
    earlier = rows.select_related("file").order_by("-pk").first()
    return earlier.file if earlier else None


def public_file(content: Mapping[str, Any], attachment: Attachment) -> StoredFile | None:
    """The file that the public copy of published minutes stands for, if everybody may fetch it."""
    row = next((row for row in content["attachments"] if row["id"] == attachment.public_id), None)
    if row is None or not row.get("file_public") or not row.get("sha256"):
        return None
    return file_with(attachment, row["sha256"])
