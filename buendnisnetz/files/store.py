"""Taking files in and giving them out; whatever is uploaded is treated as hostile."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.queue import enqueue
from buendnisnetz.files import contents, scan
from buendnisnetz.files.enums import ScanState
from buendnisnetz.files.models import Preview, StoredFile

MEGABYTE = 1024 * 1024
_LONGEST_NAME = 200
_OFFICE = {
    part: f"application/vnd.openxmlformats-officedocument.{kind}"
    for part, kind in (
        (b"word/document.xml", "wordprocessingml.document"),
        (b"xl/workbook.xml", "spreadsheetml.sheet"),
        (b"ppt/presentation.xml", "presentationml.presentation"),
    )
}
# So much of a file tells what it is.
_BEGINNING = 65_536
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_BAD_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


class FileTooLargeError(DomainError):
    """The file is over the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("The file is larger than %(limit)s MB. Please hand in a smaller one.")
            % {"limit": limit // MEGABYTE}
        )


class EmptyFileError(DomainError):
    """The file holds nothing."""

    def __init__(self) -> None:
        super().__init__(_("The file is empty. Please choose another one."))


class ContentGoneError(DomainError):
    """The bytes were removed."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was removed, because a person in it has the right to be forgotten.")
        )


def clean_name(name: str) -> str:
    """A file name that is safe to show and to offer for saving."""
    flat = _BAD_IN_NAMES.sub(" ", unicodedata.normalize("NFC", name))
    # Marks that turn the reading direction or show nothing would let a name lie about its ending.
    seen = "".join(c for c in flat if unicodedata.category(c) not in _UNSEEN)
    return " ".join(seen.split()).lstrip(". ")[-_LONGEST_NAME:].lstrip(". ") or "datei"


def media_type_of(content: bytes) -> str:
    """The media type by content, never by name; plain text where nothing else is recognised."""
    if content.startswith(b"PK\x03\x04"):
        # Office files begin alike; the names of the parts inside tell them apart.
        for part, media_type in _OFFICE.items():
            if part in content[:_BEGINNING]:
                return media_type
    import puremagic  # noqa: PLC0415 -- a megabyte that only uploads need

    try:
        return str(puremagic.from_string(content[:_BEGINNING], mime=True)) or "text/plain"
    except (puremagic.PureError, ValueError):
        return "application/octet-stream" if b"\x00" in content[:8192] else "text/plain"


def store_file(
    *, upload: "File[Any]", name: str, limit: int, actor: Any, now: datetime
) -> StoredFile:
    """Keep an uploaded file. The same content is stored once, however often it comes.

    Raises :class:`FileTooLargeError`, :class:`EmptyFileError` or ``scan.InfectedError``.
    """
    measured = _measured(upload, limit)
    finding = scan.on_arrival(upload, size=measured.size, sha256=measured.sha256)
    stored = StoredFile(
        name=clean_name(name),
        media_type=media_type_of(measured.beginning),
        size=measured.size,
        sha256=measured.sha256,
        uploaded_at=now,
        scan_state=finding.state,
        scan_words=finding.words,
        scanned_at=None if finding.state == ScanState.NOT_SCANNED else now,
    )
    path = f"{stored.sha256[:2]}/{stored.sha256}"
    storage = stored.content.storage
    with recorded(actor=actor, action="files.file.stored"):
        stored.content.name = _kept(storage, path, upload, stored.size)
        stored.save()
        if scan.is_configured() and finding.state == ScanState.NOT_SCANNED:
            enqueue("files.scan_now", once="files.scan_now")
    return stored


def _kept(storage: Storage, path: str, content: "File[Any]", size: int) -> str:
    """The content's place; what a killed process left there half written is replaced."""
    contents.hold(path)
    if storage.exists(path):
        if storage.size(path) == size:
            return path
        storage.delete(path)
    content.seek(0)
    return storage.save(path, content)


@dataclass(frozen=True)
class _Measured:
    """What one pass over a file tells, so that large ones are never held in memory."""

    beginning: bytes
    size: int
    sha256: str


def _measured(upload: "File[Any]", limit: int) -> _Measured:
    digest, size, beginning = hashlib.sha256(), 0, b""
    for chunk in upload.chunks():
        size += len(chunk)
        if size > limit:
            raise FileTooLargeError(limit)
        digest.update(chunk)
        if len(beginning) < _BEGINNING:
            beginning += chunk[:_BEGINNING]
    if not size:
        raise EmptyFileError
    return _Measured(beginning[:_BEGINNING], size, digest.hexdigest())


def forget_content(*, stored: StoredFile) -> None:
    """Remove a file's bytes for good, and those of every other file that has the same; the records
    of them stay. The bytes go after the caller's transaction."""
    twins = StoredFile.objects.filter(sha256=stored.sha256, is_gone=False)
    if twins.update(is_gone=True):
        previews = Preview.objects.filter(sha256=stored.sha256)
        pictures = [str(row.image.name) for row in previews if row.image]
        previews.delete()
        contents.remove_unneeded_after_commit([str(stored.content.name), *pictures])
