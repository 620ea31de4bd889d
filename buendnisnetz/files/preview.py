"""Small pictures of files: asked for by the room that shows them, drawn by a job.

Nothing is drawn that is not checked for viruses where a scanner is configured. Files with the same
content share one preview; what could not be drawn is remembered, so that nobody tries for ever.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from buendnisnetz.core.queue import enqueue
from buendnisnetz.files import scan
from buendnisnetz.files.enums import ScanState
from buendnisnetz.files.models import Preview, StoredFile

DRAWN = {"application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif"}
SECONDS = 20
MEGABYTES = 800
_ROOT = str(Path(__file__).resolve().parents[2])


def ask_for(*, stored: StoredFile, now: datetime) -> None:
    """Have a preview drawn soon, if there is a kind of picture for this file."""
    if stored.media_type not in DRAWN:
        return
    _row, is_new = Preview.objects.get_or_create(
        sha256=stored.sha256, defaults={"file": stored, "asked_at": now}
    )
    if is_new:
        enqueue("files.draw_previews_now", once="files.draw_previews_now")


def waiting() -> QuerySet[Preview]:
    """Previews that can be drawn now, the oldest first."""
    rows = Preview.objects.filter(made_at=None, file__is_gone=False)
    if scan.is_configured():
        rows = rows.filter(file__scan_state=ScanState.CLEAN)
    rows = rows.exclude(file__scan_state=ScanState.INFECTED)
    return rows.select_related("file").order_by("pk")


def draw_waiting(*, now: datetime, limit: int = 50) -> int:
    """Draw what waits; gives how many were settled, drawn or not."""
    rows = list(waiting()[:limit])
    for row in rows:
        picture = drawn(row.file)
        if picture:
            path = f"previews/{row.sha256[:2]}/{row.sha256}.webp"
            storage = row.image.storage
            # What a killed process left behind is drawn anew.
            storage.delete(path)
            row.image.name = storage.save(path, ContentFile(picture))
        row.made_at = now
        row.save()
    return len(rows)


def drawn(stored: StoredFile) -> bytes:
    """The preview's bytes; empty if the file cannot be drawn within the limits."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        try:
            with stored.content.open("rb") as content, source.open("wb") as copy:
                for chunk in content.chunks():
                    copy.write(chunk)
        except FileNotFoundError:
            return b""
        if not _run(source, target):
            return b""
        return target.read_bytes()


def _run(source: Path, target: Path) -> bool:
    limits = [str(SECONDS), str(MEGABYTES)]
    command = [sys.executable, "-m", "buendnisnetz.files.preview_child", str(source), str(target)]
    paths = [_ROOT, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, the paths are only arguments
            [*command, *limits],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
            # No word of ours to a process that reads foreign content.
            env={"PYTHONPATH": os.pathsep.join(paths), "PATH": os.environ.get("PATH", "")},
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and target.exists()


def with_pictures(checksums: Iterable[str]) -> set[str]:
    """Of these contents the ones that have a preview to show; one query."""
    rows = Preview.objects.filter(sha256__in=list(checksums)).exclude(image="")
    return set(rows.values_list("sha256", flat=True))


def picture_of(stored: StoredFile) -> bytes | None:
    """The drawn preview of a file that may be shown, if there is one."""
    if stored.is_gone or stored.scan_state == ScanState.INFECTED:
        return None
    row = Preview.objects.filter(sha256=stored.sha256).exclude(image="").first()
    if row is None:
        return None
    with row.image.open("rb") as picture:
        content: bytes = picture.read()
    return content
