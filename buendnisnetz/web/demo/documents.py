"""Imports in every stage, from invented minutes that lie beside this file."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from buendnisnetz.accounts.models import User
from buendnisnetz.meetings.domain.confirmation import accept_all_and_confirm
from buendnisnetz.meetings.domain.minutes_import import discard, read_import, start_import
from buendnisnetz.meetings.domain.review import accept_above
from buendnisnetz.meetings.domain.undo import undo_import
from buendnisnetz.meetings.models import MinutesImport

FOLDER = Path(__file__).parent / "minutes"


def seed_documents(user: User, today: date) -> None:
    """One document confirmed (built like the founding one), others under review, failed, put away, taken back."""
    now = timezone.make_aware(datetime.combine(today - timedelta(days=3), time(9)))
    founding = _read(user, "strategietreffen-2017.md", now)
    accept_all_and_confirm(minutes_import=founding, confidence=0.0, actor=user, now=now)
    _read(user, "steuerungsgruppe-2025.txt", now)
    partly = _read(user, "netzwerktreffen-2024.txt", now)
    accept_above(minutes_import=partly, confidence=0.9, actor=user, now=now)
    discard(minutes_import=_read(user, "netzwerktreffen-2024.txt", now), actor=user)
    back = _read(user, "elternabend-2023.txt", now)
    accept_all_and_confirm(minutes_import=back, confidence=0.0, actor=user, now=now)
    undo_import(minutes_import=back, actor=user)
    broken = ContentFile(b"PK\x03\x04" + bytes(64))
    failed = start_import(
        upload=broken, name="Protokoll_Entwurf.docx", alliance=None, actor=user, now=now
    )
    read_import(minutes_import=failed.pk, now=now)


def _read(user: User, name: str, now: datetime) -> MinutesImport:
    content = ContentFile((FOLDER / name).read_bytes())
    started = start_import(upload=content, name=name, alliance=None, actor=user, now=now)
    read_import(minutes_import=started.pk, now=now)
    started.refresh_from_db()
    return started
