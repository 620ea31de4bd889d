"""Attachments as pages show them: from rows for who works with the body, from stored content else."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buendnisnetz.files.enums import ScanState
from buendnisnetz.files.models import StoredFile
from buendnisnetz.files.scan import is_configured
from buendnisnetz.files.store import MEGABYTE
from buendnisnetz.meetings.domain.attachments import Check
from buendnisnetz.meetings.domain.queries.attachments import Frozen
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
    warning: str = ""
    # The address of a small picture; empty where there is none.
    preview: str = ""


def rows_of(
    attachments: Iterable[Attachment], meeting: str, pictures: Collection[str]
) -> list[AttachmentRow]:
    """For who works with the body that met; ``meeting`` is its public id, ``pictures`` are the
    checksums of files that have a preview."""
    return [_row(row, meeting, pictures) for row in attachments]


def _row(row: Attachment, meeting: str, pictures: Collection[str]) -> AttachmentRow:
    notes = (
        _("not listed in public") if row.is_internal else "",
        _("everybody may fetch it") if row.is_file_public else "",
        _unchecked(row.file),
    )
    virus = _virus(row.file)
    item = row.agenda_item
    return AttachmentRow(
        number=row.number,
        title=row.title,
        author=row.author,
        licence=row.licence,
        item=f"{item.number} {item.title}".strip() if item else "",
        accessibility=_accessibility(Accessibility(row.accessible)) if row.file else "",
        tone=_TONES.get(Accessibility(row.accessible), "info"),
        text_alternative=row.text_alternative,
        url=url("meetings:attachment_file", meeting, row.pk) if row.file and not virus else "",
        what=kind_and_size(row.file.media_type, row.file.size) if row.file else "",
        has_file=row.file is not None,
        notes=tuple(filter(None, notes)),
        warning=virus,
        preview=url("meetings:attachment_preview", meeting, row.pk)
        if row.file and not virus and row.file.sha256 in pictures
        else "",
    )


def _accessibility(accessible: Accessibility) -> str:
    """Beside a file "not checked" alone would leave open what was not."""
    if accessible == Accessibility.UNKNOWN:
        return _("accessibility not checked")
    return str(accessible.label)


def _virus(stored: StoredFile | None) -> str:
    """What whoever handed in an infected file has to know."""
    if stored is None or stored.scan_state != ScanState.INFECTED:
        return ""
    return _(
        "A virus was found in this file (%(virus)s). It is given out to nobody; please replace it."
    ) % {"virus": stored.scan_words}


def _unchecked(stored: StoredFile | None) -> str:
    """Only where a scanner is configured: without one nothing is ever checked."""
    open_states = {ScanState.NOT_SCANNED, ScanState.FAILED}
    if stored is None or not is_configured() or stored.scan_state not in open_states:
        return ""
    return str(ScanState(stored.scan_state).label)


def rows_of_content(
    content: Mapping[str, Any], frozen: Frozen, *, inside: bool
) -> list[AttachmentRow]:
    """From an edition's content; the address names the very file that was approved."""
    items = {item["id"]: f"{item['number']} {item['title']}".strip() for item in content["agenda"]}
    return [
        _content_row(row, content["id"], items, frozen, inside) for row in content["attachments"]
    ]


def _content_row(
    row: Mapping[str, Any],
    meeting: str,
    items: Mapping[str, str],
    frozen: Frozen,
    inside: bool,
) -> AttachmentRow:
    sha256 = row.get("sha256") or ""
    fetchable = sha256 and row["id"] in frozen.keys and (inside or row.get("file_public"))
    accessible = Accessibility(row.get("accessible") or Accessibility.UNKNOWN)

    def address(kind: str) -> str:
        return f"{url(f'meetings:attachment_{kind}', meeting, frozen.keys[row['id']])}?fassung={sha256}"

    return AttachmentRow(
        number=row["number"],
        title=row["title"],
        author=row["author"],
        licence=row.get("licence", ""),
        item=items.get(row.get("item") or "", ""),
        accessibility=_accessibility(accessible) if sha256 else "",
        tone=_TONES.get(accessible, "info"),
        text_alternative=row.get("text_alternative", ""),
        url=address("file") if fetchable else "",
        what=kind_and_size(row.get("media_type", ""), row.get("size")),
        has_file=bool(sha256),
        notes=(),
        preview=address("preview") if fetchable and sha256 in frozen.pictures else "",
    )


def kind_and_size(media_type: str, size: int | None) -> str:
    """ "PDF, 1,2 MB"; only the size where the kind is none that people know by name."""
    if size is None:
        return ""
    if size < MEGABYTE:
        shown = f"{format_number(max(1, round(size / 1024)))} kB"
    else:
        shown = f"{format_number(round(size / MEGABYTE, 1), 1)} MB"
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
