"""Files that come in pieces, so that a lost connection or a closed page costs one piece at most.

In the spirit of tus 1.0: begin, ask how far it got, send the next piece with its checksum, finish.
A piece is acknowledged when its row is committed; its bytes lie in the storage before that, so a kill
at any moment loses nothing that was acknowledged. Pieces belong to who sends them and are seen by
nobody else; what is not finished within a day goes.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.files import contents
from buendnisnetz.files.models import PartialUpload, UploadPiece
from buendnisnetz.files.reading import AnyPlace
from buendnisnetz.files.store import MEGABYTE, EmptyFileError, FileTooLargeError, clean_name

LARGEST_PIECE = 4 * MEGABYTE
KEPT = timedelta(hours=24)
# Of one person at a time.
MOST_UPLOADS = 12
MOST_BYTES = 1000 * MEGABYTE


class TooManyUploadsError(DomainError):
    """Too much lies unfinished."""

    def __init__(self) -> None:
        super().__init__(
            _("You have too many unfinished uploads. Please finish them, or wait until tomorrow.")
        )


class UploadGoneError(DomainError):
    """There is no such upload (any more), at least not of this person."""

    def __init__(self) -> None:
        super().__init__(_("This upload is no longer there. Please choose the file again."))


class UnfinishedError(DomainError):
    """Pieces are missing."""

    def __init__(self) -> None:
        super().__init__(_("The file is not here in full yet. Please wait until it is."))


class BrokenPieceError(DomainError):
    """What arrived is not what was sent."""

    def __init__(self) -> None:
        super().__init__(_("A piece of the file was damaged on its way. It is sent again."))


class WrongOffsetError(DomainError):
    """The piece does not follow what is there; ``offset`` says how far that reaches."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(_("The file goes on at another place."))


def begin(
    *, owner: Any, name: str, size: int, fingerprint: str, limit: int, now: datetime
) -> PartialUpload:
    """Begin an upload, or go on with the unfinished one of the same file.

    Raises FileTooLargeError, EmptyFileError, TooManyUploadsError.
    """
    if size > limit:
        raise FileTooLargeError(limit)
    if size <= 0:
        raise EmptyFileError
    with transaction.atomic():
        # One at a time for each person, so that the limits hold.
        get_user_model()._default_manager.select_for_update(of=("self",)).get(pk=owner.pk)
        rows = PartialUpload.objects.filter(owner=owner, expires_at__gt=now)
        same = rows.filter(size=size, fingerprint=fingerprint).first()
        if same is not None:
            return same
        used = rows.aggregate(sum=Sum("size"))["sum"] or 0
        if rows.count() >= MOST_UPLOADS or used + size > MOST_BYTES:
            raise TooManyUploadsError
        return PartialUpload.objects.create(
            owner=owner,
            name=clean_name(name),
            size=size,
            fingerprint=fingerprint[:64],
            begun_at=now,
            expires_at=now + KEPT,
        )


def of(*, owner: Any, key: str, now: datetime) -> PartialUpload:
    """Somebody's own upload. Raises UploadGoneError."""
    row = PartialUpload.objects.filter(owner=owner, public_id=key, expires_at__gt=now).first()
    if row is None:
        raise UploadGoneError
    return row


def add_piece(*, upload: PartialUpload, first: int, content: bytes, sha256: str) -> int:
    """Take the next piece in and give how far the file reaches now. One that is here already is
    taken as said again.

    Raises BrokenPieceError, WrongOffsetError, UploadGoneError.
    """
    if not content or hashlib.sha256(content).hexdigest() != sha256:
        raise BrokenPieceError
    with transaction.atomic():
        rows = PartialUpload.objects.select_for_update(of=("self",)).filter(pk=upload.pk)
        row = rows.first()
        if row is None:
            raise UploadGoneError
        if row.pieces.filter(first=first, length=len(content), sha256=sha256).exists():
            return row.received
        if first != row.received or first + len(content) > row.size:
            raise WrongOffsetError(row.received)
        path = f"uploads/{row.public_id}/{first}"
        # What a killed process left here was never acknowledged.
        default_storage.delete(path)
        stored = default_storage.save(path, ContentFile(content))
        UploadPiece.objects.create(
            upload=row, first=first, length=len(content), sha256=sha256, path=stored
        )
        row.received += len(content)
        row.save()
        return row.received


def whole(upload: PartialUpload) -> "Joined":
    """The finished file, ready to be kept. Raises UnfinishedError."""
    if upload.received != upload.size:
        raise UnfinishedError
    return Joined(list(upload.pieces.order_by("first")), upload.size)


def discard(*, upload: PartialUpload) -> None:
    """Forget an upload; its bytes go after the caller's transaction."""
    folder = f"uploads/{upload.public_id}"
    paths = list(upload.pieces.values_list("path", flat=True))
    # A piece that was on its way when its process was killed.
    begun = f"{folder}/{upload.received}"
    upload.delete()
    contents.remove_unneeded_after_commit([*paths, begun])


def discard_expired(*, now: datetime) -> int:
    """Forget what nobody finished in time; gives how many."""
    rows = list(PartialUpload.objects.filter(expires_at__lte=now))
    for row in rows:
        with transaction.atomic():
            discard(upload=row)
    return len(rows)


class Joined(AnyPlace, File):  # type: ignore[type-arg]  # not generic at run time
    """Pieces read as one file, one at a time in memory."""

    def __init__(self, pieces: list[UploadPiece], size: int) -> None:
        super().__init__(None, name="")
        self._pieces, self.size = pieces, size
        self._firsts = [piece.first for piece in pieces]
        # The piece that was read last, and its bytes.
        self._held: tuple[int, bytes] = (-1, b"")

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        self.seek(0)
        for piece in self._pieces:
            yield self.read(piece.length)

    def read(self, size: int = -1) -> bytes:
        end = self.size if size is None or size < 0 else min(self.size, self._at + size)
        found = []
        while self._at < end:
            number = bisect_right(self._firsts, self._at) - 1
            start = self._at - self._firsts[number]
            part = self._content(number)[start : start + end - self._at]
            if not part:
                break
            found.append(part)
            self._at += len(part)
        return b"".join(found)

    def _content(self, number: int) -> bytes:
        if self._held[0] != number:
            with default_storage.open(self._pieces[number].path, "rb") as content:
                self._held = number, content.read()
        return self._held[1]
