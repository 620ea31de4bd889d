"""The way of a document: received, read, reviewed, taken over, taken back."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import ratelimit
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.queue import enqueue
from buendnisnetz.files.models import StoredFile
from buendnisnetz.files.store import MEGABYTE, store_file
from buendnisnetz.meetings.domain.matching import suggest_links
from buendnisnetz.meetings.enums import IMPORT_TRANSITIONS, ImportStatus
from buendnisnetz.meetings.models import Minutes, MinutesImport, Proposal
from buendnisnetz.network.models import Alliance

LARGEST = 25 * MEGABYTE
UPLOADS_PER_HOUR = 60


class ImportStateError(DomainError):
    """The import is at another stage by now."""

    def __init__(self, minutes_import: MinutesImport) -> None:
        super().__init__(
            _("This import is “%(status)s” by now. Please load the page again.")
            % {"status": minutes_import.get_status_display()}
        )


def move(minutes_import: MinutesImport, status: ImportStatus) -> None:
    """Change an import's state; the caller holds its lock and saves. Raises ImportStateError."""
    if status not in IMPORT_TRANSITIONS[ImportStatus(minutes_import.status)]:
        raise ImportStateError(minutes_import)
    minutes_import.status = status
    minutes_import.version += 1


def locked(minutes_import: MinutesImport) -> MinutesImport:
    row: MinutesImport = MinutesImport.objects.select_for_update(of=("self",)).get(
        pk=minutes_import.pk
    )
    return row


def start_import(
    *, upload: "File[Any]", name: str, alliance: Alliance | None, actor: Any, now: datetime
) -> MinutesImport:
    """Receive a document and queue its reading.

    Raises FileTooLargeError, EmptyFileError, and TooOftenError after ``UPLOADS_PER_HOUR``.
    """
    ratelimit.count(
        f"minutes-upload:{actor.pk}", limit=UPLOADS_PER_HOUR, period=timedelta(hours=1), now=now
    )
    with recorded(actor=actor, action="meetings.minutes_import.started"):
        stored = store_file(upload=upload, name=name, limit=LARGEST, actor=actor, now=now)
        minutes_import = MinutesImport.objects.create(
            file=stored, alliance=alliance, uploaded_by=actor, uploaded_at=now
        )
        enqueue("meetings.read_minutes", minutes_import=minutes_import.pk)
    return minutes_import


def read_import(*, minutes_import: int, now: datetime) -> None:
    """Read a received document into proposals; what cannot be read says why.

    The reading happens before the transaction, because it may take seconds. Does nothing if the
    import has been read or discarded in the meantime.
    """
    # Only the worker reads: the reader's patterns would slow the start of every web process.
    from buendnisnetz.meetings.domain.proposals import drafts_of  # noqa: PLC0415
    from buendnisnetz.reader import ReaderError, read_entries, read_file  # noqa: PLC0415

    row = MinutesImport.objects.select_related("file").get(pk=minutes_import)
    if row.status != ImportStatus.RECEIVED:
        return
    try:
        with _as_path(row.file) as path:
            read = read_file(path, name=row.file.name)
    except ReaderError as error:
        _fail(row, str(error))
        return
    drafts = drafts_of(read.to_dict(), read_entries(read.text, read))
    with recorded(actor=None, action="meetings.minutes_import.read"):
        row = locked(row)
        if row.status != ImportStatus.RECEIVED:
            return
        move(row, ImportStatus.READY)
        row.text, row.text_sha256, row.read_at = read.text, sha256(read.text), now
        row.save()
        Proposal.objects.bulk_create(
            Proposal(
                minutes_import=row,
                kind=draft.kind,
                position=position,
                data=draft.data,
                original=draft.data,
                start=draft.span[0] if draft.span else None,
                end=draft.span[1] if draft.span else None,
                confidence=draft.confidence,
            )
            for position, draft in enumerate(drafts)
        )
        suggest_links(row)


def _fail(row: MinutesImport, reason: str) -> None:
    with recorded(actor=None, action="meetings.minutes_import.failed"):
        row = locked(row)
        if row.status == ImportStatus.RECEIVED:
            move(row, ImportStatus.FAILED)
            row.error = reason[:500]
            row.save()


@contextmanager
def _as_path(stored: StoredFile) -> Iterator[Path]:
    """The stored file on disk, for the process that opens it apart from ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        with stored.content.open("rb") as source, path.open("wb") as target:
            for chunk in source.chunks():
                target.write(chunk)
        yield path


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def existing_minutes(minutes_import: MinutesImport) -> Minutes | None:
    """The minutes that hold the same text already, from an earlier import."""
    return (
        Minutes.objects.filter(text_sha256=minutes_import.text_sha256)
        .select_related("meeting")
        .first()
    )


def discard(*, minutes_import: MinutesImport, actor: Any) -> MinutesImport:
    """Put an import away; the document stays findable in the list. Raises ImportStateError."""
    with recorded(actor=actor, action="meetings.minutes_import.discarded"):
        row = locked(minutes_import)
        move(row, ImportStatus.DISCARDED)
        row.save()
    return row


def reopen(*, minutes_import: MinutesImport, actor: Any) -> MinutesImport:
    """Review an import again that was taken back. Raises ImportStateError."""
    with recorded(actor=actor, action="meetings.minutes_import.reopened"):
        row = locked(minutes_import)
        move(row, ImportStatus.READY)
        row.save()
    return row
