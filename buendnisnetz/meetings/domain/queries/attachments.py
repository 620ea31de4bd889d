"""Reading a meeting's attachments, and comparing them with what the minutes cite."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.files.preview import with_pictures
from buendnisnetz.meetings.domain.attachments import Check, check_citations
from buendnisnetz.meetings.models import (
    AgendaItem,
    Attachment,
    EarlierFile,
    Meeting,
    MinutesEntry,
)


@dataclass(frozen=True)
class AttachmentPage:
    """Attachments with all that was before, and what the check says."""

    present: list[Attachment]
    removed: list[Attachment]
    # By attachment.
    earlier: dict[int, list[EarlierFile]]
    check: Check


def attachments_of(meeting: Meeting) -> list[Attachment]:
    """The attachments in their order; one query."""
    return _ATTACHMENTS.rows(meeting=meeting.pk)


def in_order() -> QuerySet[Attachment]:
    """The attachments of the meeting in the slot ``meeting``."""
    rows: QuerySet[Attachment] = Attachment.objects.filter(meeting=Slot("meeting"))
    return rows.select_related("file", "agenda_item").order_by("number")


_ATTACHMENTS = Question(in_order)


def attachment_page(meeting: Meeting) -> AttachmentPage:
    """Everything for the page of a meeting's attachments; six queries."""
    found = _EVERY.rows(meeting=meeting.pk)
    present = [row for row in found if row.removed_at is None]
    earlier: dict[int, list[EarlierFile]] = {}
    for use in _EARLIER.rows(meeting=meeting.pk):
        earlier.setdefault(use.attachment_id, []).insert(0, use)
    return AttachmentPage(
        present=present,
        removed=[row for row in found if row.removed_at is not None],
        earlier=earlier,
        check=check_of(meeting, present),
    )


_EVERY = Question(
    lambda: (
        Attachment.every.filter(meeting=Slot("meeting"))
        .select_related("file", "agenda_item")
        .order_by("number", "-removed_at")
    )
)
_EARLIER = Question(
    lambda: (
        EarlierFile.objects.filter(attachment__meeting=Slot("meeting"))
        .select_related("file")
        .order_by("replaced_at", "pk")
    )
)


def check_of(
    meeting: Meeting,
    attachments: Sequence[Attachment] | None = None,
    agenda: Sequence[AgendaItem] | None = None,
    texts: Mapping[str, str] | None = None,
    imported: str | None = None,
) -> Check:
    """The list compared with the entries, the agenda and imported text; a query for each that is
    not given."""
    if imported is None:
        minutes = getattr(meeting, "minutes", None)
        imported = minutes.text if minutes else ""
    if agenda is None:
        titles = [row["title"] for row in _TITLES.rows(meeting=meeting.pk)]
    else:
        titles = [item.title for item in agenda]
    if texts is None:
        texts = {row["public_id"]: row["text"] for row in _TEXTS.rows(meeting=meeting.pk)}
    return check_citations(
        texts,
        attachments_of(meeting) if attachments is None else attachments,
        "\n".join([imported, *(f". {title}" for title in titles)]),
    )


_TITLES = Question(
    lambda: AgendaItem.objects.filter(meeting=Slot("meeting")).order_by("position").values("title")
)
_TEXTS = Question(
    lambda: (
        MinutesEntry.objects.filter(meeting=Slot("meeting"))
        .order_by("position")
        .values("public_id", "text")
    )
)


@dataclass(frozen=True)
class Frozen:
    """What the addresses of an edition's attachments are made of."""

    # Primary keys of all attachments there ever were, by public id.
    keys: Mapping[str, int] = field(default_factory=dict)
    # Checksums of those files that have a preview.
    pictures: frozenset[str] = frozenset()


def frozen_of(meeting: Meeting, content: Mapping[str, Any]) -> Frozen:
    """For the attachments of one edition; two queries, none if there are none."""
    checksums = {row["sha256"] for row in content["attachments"] if row.get("sha256")}
    if not checksums:
        return Frozen()
    rows = Attachment.every.filter(meeting=meeting, file__isnull=False)
    return Frozen(dict(rows.values_list("public_id", "pk")), frozenset(with_pictures(checksums)))


def pictures_of(attachments: Iterable[Attachment]) -> set[str]:
    """Checksums of those files that have a preview; one query, none if there are no files."""
    checksums = {row.file.sha256 for row in attachments if row.file}
    return with_pictures(checksums) if checksums else set()
