"""Reading editions: what may be read by whom, as page or paper, and passages of earlier versions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from buendnisnetz.meetings.domain.editions.content import Content
from buendnisnetz.meetings.domain.editions.layout import Signature
from buendnisnetz.meetings.domain.editions.names import hider_for
from buendnisnetz.meetings.domain.editions.papers import (
    current_content,
    public_signature,
    signature_of,
)
from buendnisnetz.meetings.enums import EditionStatus
from buendnisnetz.meetings.models import Edition, Meeting, MinutesEntry, PublicMinutes


@dataclass(frozen=True)
class Paper:
    """What a paper is made of; ``printed`` are the bytes of the stored PDF, if there are any."""

    content: Content
    signature: Signature
    printed: bytes | None
    written_at: datetime

    def name(self, ending: str) -> str:
        """A file name without anything that a title may give away."""
        number = self.signature.number
        version = f"-v{number}" if number > 1 else ""
        return f"protokoll-{self.content['held_on']}{version}.{ending}"


@dataclass(frozen=True)
class EarlierPassage:
    """A passage as an earlier version had it."""

    text: str
    number: int
    reason: str


def paper_of(meeting: Meeting, *, inside: bool) -> Paper | None:
    """The newest minutes in full, or the public copy; None if there is nothing to read."""
    if not inside:
        copy = (
            PublicMinutes.objects.filter(meeting=meeting).select_related("edition__meeting").first()
        )
        if copy is None:
            return None
        printed = bytes(copy.paper) if copy.paper is not None else None
        return Paper(copy.content, public_signature(copy), printed, copy.changed_at)
    edition: Edition | None = (
        Edition.objects.filter(meeting=meeting)
        .select_related("meeting", "paper")
        .order_by("-number")
        .first()
    )
    if edition is None:
        return None
    stored = edition.paper.content.read() if edition.paper else None
    written_at = edition.approved_at or edition.created_at
    return Paper(current_content(edition), signature_of(edition), stored, written_at)


def stands_in_public(meeting: Meeting, entry: str) -> bool:
    """Whether the public copy of a meeting's minutes holds this passage (public id)."""
    return PublicMinutes.objects.filter(
        meeting=meeting, content__entries__contains=[{"id": entry}]
    ).exists()


def earlier_passage(entry: MinutesEntry, *, inside: bool) -> EarlierPassage | None:
    """The passage in the newest frozen version that holds it; for the public only if that version
    was published, and without names."""
    rows: Any = Edition.objects.filter(
        meeting=entry.meeting_id,
        status__in=[EditionStatus.APPROVED, EditionStatus.PUBLISHED, EditionStatus.REPLACED],
        content__entries__contains=[{"id": entry.public_id}],
    ).order_by("-number")
    if not inside:
        rows = rows.filter(published_at__isnull=False)
    edition = rows.first()
    if edition is None:
        return None
    row = next(row for row in edition.content["entries"] if row["id"] == entry.public_id)
    hidden_items = {item["id"] for item in edition.content["agenda"] if item["internal"]}
    if not inside and (row["internal"] or row["item"] in hidden_items):
        return None
    text = row["text"] if inside else hider_for(edition.content)(row["text"])
    return EarlierPassage(text, edition.number, edition.reason)
