"""Reading a meeting's attachments, and comparing them with what the minutes cite."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.files.preview import with_pictures
from buendnisnetz.meetings.domain.attachments import Check, check_citations
from buendnisnetz.meetings.models import AgendaItem, Attachment, EarlierFile, Meeting


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


_ATTACHMENTS = Question(
    lambda: (
        Attachment.objects.filter(meeting=Slot("meeting"))
        .select_related("file", "agenda_item")
        .order_by("number")
    )
)


def attachment_page(meeting: Meeting) -> AttachmentPage:
    """Everything for the page of a meeting's attachments; six queries."""
    rows = Attachment.every.filter(meeting=meeting).select_related("file", "agenda_item")
    found = list(rows.order_by("number", "-removed_at"))
    present = [row for row in found if row.removed_at is None]
    earlier: dict[int, list[EarlierFile]] = {}
    for use in EarlierFile.objects.filter(attachment__in=found).select_related("file"):
        earlier.setdefault(use.attachment_id, []).insert(0, use)
    return AttachmentPage(
        present=present,
        removed=[row for row in found if row.removed_at is not None],
        earlier=earlier,
        check=check_of(meeting, present),
    )


def check_of(
    meeting: Meeting,
    attachments: Sequence[Attachment] | None = None,
    agenda: Sequence[AgendaItem] | None = None,
    texts: Mapping[str, str] | None = None,
) -> Check:
    """The list compared with the entries, the agenda and imported text; a query for each that is
    not given."""
    minutes = getattr(meeting, "minutes", None)
    items = meeting.agenda.all() if agenda is None else agenda
    if texts is None:
        texts = dict(meeting.entries.order_by("position").values_list("public_id", "text"))
    return check_citations(
        texts,
        attachments_of(meeting) if attachments is None else attachments,
        "\n".join([minutes.text if minutes else "", *(f". {item.title}" for item in items)]),
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
