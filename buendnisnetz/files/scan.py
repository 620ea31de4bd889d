"""Checking files for viruses, where a scanner is configured (``BUENDNISNETZ_CLAMD``).

What is infected is never given out. Small files are checked while they come in; large ones, and
whatever came while the scanner was away, by a job. Several rows may share one content: what is found
holds for all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.files import clamd
from buendnisnetz.files.enums import ScanState
from buendnisnetz.files.models import StoredFile

# Larger ones would keep whoever waits for the answer waiting.
LARGEST_WHILE_WAITING = 25 * 1024 * 1024
# A file that the scanner refused is offered again; its limits or patterns may have changed.
AGAIN_AFTER = timedelta(days=1)


class InfectedError(DomainError):
    """The scanner found a virus in what is handed in."""

    def __init__(self, virus: str) -> None:
        super().__init__(
            _(
                "A virus was found in this file (%(virus)s), so it was not taken over. "
                "Please have your computer checked and hand in a clean one."
            )
            % {"virus": virus}
        )


class InfectedFileError(DomainError):
    """Somebody asks for an infected file."""

    def __init__(self) -> None:
        super().__init__(_("A virus was found in this file, so it is not given out."))


class NotScannedError(DomainError):
    """Strangers get only what was checked."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is still being checked for viruses. Please try again in a few minutes.")
        )


@dataclass(frozen=True)
class Finding:
    """A state, and the virus' name or the scanner's complaint."""

    state: ScanState
    words: str = ""


def is_configured() -> bool:
    return bool(settings.CLAMD)


def examined(chunks: Iterable[bytes]) -> Finding:
    """Ask the scanner about a content. Raises clamd.ScannerAwayError."""
    answer = clamd.scan(settings.CLAMD, chunks)
    if answer.virus:
        return Finding(ScanState.INFECTED, answer.virus)
    return Finding(ScanState.FAILED, answer.error) if answer.error else Finding(ScanState.CLEAN)


def on_arrival(upload: "File[Any]", *, size: int, sha256: str) -> Finding:
    """What is known about a file that comes in; ``NOT_SCANNED`` leaves it to the job.

    Raises InfectedError.
    """
    known = StoredFile.objects.filter(sha256=sha256, scan_state=ScanState.INFECTED).first()
    if known is not None:
        raise InfectedError(known.scan_words)
    if not is_configured() or size > LARGEST_WHILE_WAITING:
        return Finding(ScanState.NOT_SCANNED)
    try:
        finding = examined(upload.chunks())
    except clamd.ScannerAwayError:
        return Finding(ScanState.NOT_SCANNED)
    if finding.state == ScanState.INFECTED:
        raise InfectedError(finding.words)
    return finding


def waiting(now: datetime) -> QuerySet[StoredFile]:
    """Files that the scanner has not judged yet, the oldest first."""
    again = Q(scan_state=ScanState.FAILED, scanned_at__lt=now - AGAIN_AFTER)
    rows = StoredFile.objects.filter(Q(scan_state=ScanState.NOT_SCANNED) | again, is_gone=False)
    return rows.order_by("pk")


def scan_waiting(*, now: datetime, limit: int = 50) -> int:
    """Check files that wait, as long as the scanner answers; gives how many were judged."""
    if not is_configured():
        return 0
    done: set[str] = set()
    for stored in waiting(now)[:limit]:
        if stored.sha256 in done:
            continue
        try:
            with stored.content.open("rb") as content:
                finding = examined(content.chunks())
        except clamd.ScannerAwayError:
            break
        except FileNotFoundError:
            finding = Finding(ScanState.FAILED, "content missing")
        note(sha256=stored.sha256, finding=finding, now=now)
        done.add(stored.sha256)
    return len(done)


def note(*, sha256: str, finding: Finding, now: datetime) -> None:
    """Record what the scanner said, for every file of this content."""
    with recorded(actor=None, action="files.file.scanned"):
        StoredFile.objects.filter(sha256=sha256).update(
            scan_state=finding.state, scan_words=finding.words, scanned_at=now
        )


def check_deliverable(stored: StoredFile, *, to_public: bool) -> None:
    """Infected files go to nobody; where a scanner is configured, strangers get only clean ones.

    Raises InfectedFileError, NotScannedError.
    """
    if stored.scan_state == ScanState.INFECTED:
        raise InfectedFileError
    if to_public and is_configured() and stored.scan_state != ScanState.CLEAN:
        raise NotScannedError


def problem() -> str:
    """What keeps the scanner from answering, in one German sentence; empty when all is well."""
    if not is_configured():
        return ""
    try:
        clamd.ping(settings.CLAMD)
    except clamd.ScannerAwayError as error:
        return f"clamd antwortet nicht ({error}); BUENDNISNETZ_CLAMD prüfen"
    return ""
