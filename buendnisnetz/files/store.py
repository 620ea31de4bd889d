"""Taking files in and giving them out; whatever is uploaded is treated as hostile."""

import hashlib
import re
import unicodedata
from datetime import datetime
from functools import partial
from typing import Any

import puremagic
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import transaction
from django.http import FileResponse  # noqa: TID251 -- every download goes through here
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.files.models import StoredFile

MEGABYTE = 1024 * 1024
_LONGEST_NAME = 200
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
    try:
        return str(puremagic.from_string(content[:65_536], mime=True)) or "text/plain"
    except (puremagic.PureError, ValueError):
        return "application/octet-stream" if b"\x00" in content[:8192] else "text/plain"


def store_file(
    *, upload: "File[Any]", name: str, limit: int, actor: Any, now: datetime
) -> StoredFile:
    """Keep an uploaded file. The same content is stored on disk once, however often it comes.

    Raises :class:`FileTooLargeError` or :class:`EmptyFileError`.
    """
    content = _read(upload, limit)
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile(
        name=clean_name(name),
        media_type=media_type_of(content),
        size=len(content),
        sha256=digest,
        uploaded_at=now,
    )
    path = f"{digest[:2]}/{digest}"
    storage = stored.content.storage
    with recorded(actor=actor, action="files.file.stored"):
        stored.content.name = _kept(storage, path, content)
        stored.save()
    return stored


def _kept(storage: Storage, path: str, content: bytes) -> str:
    """The content's place on disk; what a killed process left there half written is replaced."""
    if storage.exists(path):
        if storage.size(path) == len(content):
            return path
        storage.delete(path)
    return storage.save(path, ContentFile(content))


def _read(upload: "File[Any]", limit: int) -> bytes:
    pieces, size = [], 0
    for chunk in upload.chunks():
        size += len(chunk)
        if size > limit:
            raise FileTooLargeError(limit)
        pieces.append(chunk)
    if not size:
        raise EmptyFileError
    return b"".join(pieces)


def forget_content(*, stored: StoredFile) -> None:
    """Remove a file's bytes for good, and those of every other file that has the same; the records
    of them stay. The bytes go from the disk after the caller's transaction."""
    twins = StoredFile.objects.filter(sha256=stored.sha256, is_gone=False)
    if twins.update(is_gone=True):
        path, storage = str(stored.content.name), stored.content.storage
        transaction.on_commit(partial(storage.delete, path))


def as_download(stored: StoredFile) -> FileResponse:
    """The file as a download: never shown in the page's origin, whatever it claims to be.

    Raises :class:`ContentGoneError`.
    """
    if stored.is_gone:
        raise ContentGoneError
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
