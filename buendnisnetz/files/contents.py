"""The bytes in the storage: which are there, which of them a row needs, and taking the others away.

Bytes are written before their row is committed and go after it was; whoever is killed in between
leaves bytes that nobody knows. They are taken by a job, a day later where no row ever knew them.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import connection, transaction

from buendnisnetz.files.models import Preview, StoredFile, UploadPiece

log = logging.getLogger(__name__)

# Somebody may be about to commit the row.
KEPT_UNKNOWN = timedelta(days=1)
# Says in a bucket whose it is.
MARK = "installation"
# Nothing else is ever taken away, whatever lies there.
_OURS = re.compile(
    r"[0-9a-f]{2}/[0-9a-f]{64}(_\w+)?"
    r"|previews/[0-9a-f]{2}/[0-9a-f]{64}(_\w+)?\.webp"
    r"|uploads/[\w-]+/\d+(_\w+)?"
)


def names(folder: str = "") -> Iterator[str]:
    """Everything that lies in the storage, without the mark of whose it is."""
    for _folder, found in _folders(folder):
        yield from (path for path in found if path != MARK)


def _folders(folder: str = "") -> Iterator[tuple[str, list[str]]]:
    try:
        folders, found = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield folder, [f"{folder}/{name}".lstrip("/") for name in sorted(found)]
    for child in sorted(folders):
        yield from _folders(f"{folder}/{child}".lstrip("/"))


def hold(path: str) -> None:
    """Keep the bytes at a path from being taken away until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [path])


def _only_ours(path: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [path])
        return bool(cursor.fetchone()[0])


def needed(paths: Iterable[str]) -> set[str]:
    """Of these the ones that a row refers to."""
    asked = list(paths)
    files = StoredFile.objects.filter(content__in=asked, is_gone=False).values_list("content")
    pictures = Preview.objects.filter(image__in=asked).values_list("image")
    pieces = UploadPiece.objects.filter(path__in=asked).values_list("path")
    return {path for (path,) in [*files, *pictures, *pieces]}


def remove_unneeded(path: str) -> bool:
    """Take the bytes at a path away unless a row refers to them or is about to; where the storage
    fails, the job tries again."""
    with transaction.atomic():
        if not _only_ours(path) or needed([path]):
            return False
        try:
            default_storage.delete(path)
        except OSError as error:
            log.warning("could not remove %s: %s", path, error)
            return False
    return True


def remove_unneeded_after_commit(paths: Iterable[str]) -> None:
    """The same, as soon as the caller's transaction is through."""
    asked = list(paths)

    def remove() -> None:
        for path in asked:
            remove_unneeded(path)

    transaction.on_commit(remove)


def sweep(*, now: datetime) -> int:
    """Take away what no row refers to; gives how many."""
    count = 0
    for _folder, found in _folders():
        ours = [path for path in found if _OURS.fullmatch(path)]
        if not ours:
            continue
        forgotten = set(
            StoredFile.objects.filter(content__in=ours, is_gone=True).values_list(
                "content", flat=True
            )
        )
        unneeded = set(ours) - needed(ours)
        for path in sorted(unneeded):
            if path in forgotten or _is_old(path, now):
                count += remove_unneeded(path)
    return count


def _is_old(path: str, now: datetime) -> bool:
    try:
        return default_storage.get_modified_time(path) < now - KEPT_UNKNOWN
    except FileNotFoundError:
        return False
