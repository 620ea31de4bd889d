"""Attachments as pages show them: from rows for who works with the body, from stored content else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buendnisnetz.files.models import StoredFile
from buendnisnetz.files.store import MEGABYTE
from buendnisnetz.meetings.domain.attachments import Check
from buendnisnetz.meetings.enums import Accessibility
from buendnisnetz.meetings.models import Attachment
from buendnisnetz.ui.jinja import format_number, url

_KINDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WebP",
    "text/plain": "Text",
}
_TONES = {Accessibility.YES: "success", Accessibility.NO: "warning"}


@dataclass(frozen=True)
class AttachmentRow:
    """One attachment on a page."""

    number: int
    title: str
    author: str
    licence: str
    item: str
    accessibility: str
    tone: str
    text_alternative: str
    # Empty where there is no file, or none that the reader may fetch.
    url: str
    what: str
    has_file: bool
    notes: tuple[str, ...]


def rows_of(attachments: Iterable[Attachment], meeting: str) -> list[AttachmentRow]:
    """For who works with the body that met; ``meeting`` is its public id."""
    return [_row(row, meeting) for row in attachments]


def _row(row: Attachment, meeting: str) -> AttachmentRow:
    notes = (
        _("not listed in public") if row.is_internal else "",
        _("everybody may fetch it") if row.is_file_public else "",
    )
    item = row.agenda_item
    return AttachmentRow(
        number=row.number,
        title=row.title,
        author=row.author,
        licence=row.licence,
        item=f"{item.number} {item.title}".strip() if item else "",
        accessibility=str(row.get_accessible_display()) if row.file else "",
        tone=_TONES.get(Accessibility(row.accessible), "info"),
        text_alternative=row.text_alternative,
        url=url("meetings:attachment_file", meeting, row.pk) if row.file else "",
        what=kind_and_size(row.file.media_type, row.file.size) if row.file else "",
        has_file=row.file is not None,
        notes=tuple(filter(None, notes)),
    )


def rows_of_content(
    content: Mapping[str, Any], keys: Mapping[str, int], *, inside: bool
) -> list[AttachmentRow]:
    """From an edition's content. ``keys``: primary keys by public id; the address names the very
    file that was approved."""
    items = {item["id"]: f"{item['number']} {item['title']}".strip() for item in content["agenda"]}
    return [_content_row(row, content["id"], items, keys, inside) for row in content["attachments"]]


def _content_row(
    row: Mapping[str, Any],
    meeting: str,
    items: Mapping[str, str],
    keys: Mapping[str, int],
    inside: bool,
) -> AttachmentRow:
    sha256 = row.get("sha256") or ""
    fetchable = sha256 and row["id"] in keys and (inside or row.get("file_public"))
    accessible = Accessibility(row.get("accessible") or Accessibility.UNKNOWN)
    return AttachmentRow(
        number=row["number"],
        title=row["title"],
        author=row["author"],
        licence=row.get("licence", ""),
        item=items.get(row.get("item") or "", ""),
        accessibility=str(accessible.label) if sha256 else "",
        tone=_TONES.get(accessible, "info"),
        text_alternative=row.get("text_alternative", ""),
        url=_frozen_address(meeting, keys[row["id"]], sha256) if fetchable else "",
        what=kind_and_size(row.get("media_type", ""), row.get("size")),
        has_file=bool(sha256),
        notes=(),
    )


def _frozen_address(meeting: str, key: int, sha256: str) -> str:
    return f"{url('meetings:attachment_file', meeting, key)}?fassung={sha256}"


def kind_and_size(media_type: str, size: int | None) -> str:
    """ "PDF, 1,2 MB"; only the size where the kind is none that people know by name."""
    if size is None:
        return ""
    if size < MEGABYTE:
        shown = f"{format_number(max(1, round(size / 1024)))} kB"
    else:
        shown = f"{format_number(size / MEGABYTE, 1)} MB"
    return ", ".join(filter(None, (_KINDS.get(media_type, ""), shown)))


def public_name(number: int, stored: StoredFile) -> str:
    """What a file is called when the public saves it: its own name may hold a person's."""
    ending = stored.name.rpartition(".")[2]
    safe = ending.isascii() and ending.isalnum() and len(ending) <= 5 and "." in stored.name
    return f"anlage-{number}" + (f".{ending.lower()}" if safe else "")


def check_lines(check: Check) -> list[str]:
    """What does not fit together, one sentence each."""
    lines = [
        ngettext(
            "The text cites attachment %(number)s (%(count)s place), which is not in the list.",
            "The text cites attachment %(number)s (%(count)s places), which is not in the list.",
            max(1, len(entries)),
        )
        % {"number": number, "count": max(1, len(entries))}
        for number, entries in check.missing.items()
    ]
    return lines + [
        _("Attachment %(number)s is cited nowhere: %(title)s")
        % {"number": row.number, "title": row.title}
        for row in check.uncited
    ]


def by_title_lines(rows: Sequence[Attachment]) -> list[str]:
    return [
        _("Attachment %(number)s is named by its title only: %(title)s")
        % {"number": row.number, "title": row.title}
        for row in rows
    ]
