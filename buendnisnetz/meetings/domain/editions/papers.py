"""Minutes as papers: tagged PDF, Word (plain, or the office's own template), Markdown, JSON."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from buendnisnetz.files.store import MEGABYTE, store_file
from buendnisnetz.meetings.domain.editions.content import Content, content_of, parts_of
from buendnisnetz.meetings.domain.editions.layout import (
    Heading,
    Line,
    Signature,
    Table,
    blocks,
    laid_out,
)
from buendnisnetz.meetings.models import Edition, PublicMinutes
from buendnisnetz.meetings.signals import public_copy_changed
from buendnisnetz.ui.pdf import paper

LARGEST_PAPER = 50 * MEGABYTE


def signature_of(edition: Edition) -> Signature:
    """What an edition says at its end."""
    return Signature(
        approved_on=edition.approved_on,
        approved_by=edition.approved_by,
        number=edition.number,
        reason=edition.reason,
        text_sha256=edition.text_sha256,
    )


def public_signature(copy: PublicMinutes) -> Signature:
    """The same for the public copy: the checksum is that of the full text, so both belong together."""
    return Signature(
        approved_on=copy.edition.approved_on,
        approved_by=copy.approved_by,
        number=copy.edition.number,
        reason=copy.edition.reason,
        is_public=True,
    )


def current_content(edition: Edition) -> Content:
    """What an edition says: frozen, or read from the rows while it is being written."""
    return edition.content or content_of(parts_of(edition.meeting))


def as_pdf(content: Content, signature: Signature, *, written_at: datetime) -> bytes:
    """Tagged PDF (PDF/UA-1, PDF/A-3a)."""
    return paper("meetings/minutes", laid_out(content, signature), written_at=written_at)


def as_json(content: Content, signature: Signature) -> bytes:
    """The content as it is kept, with the approval."""
    approval = {
        "approved_on": signature.approved_on.isoformat() if signature.approved_on else None,
        "approved_by": signature.approved_by,
        "version": signature.number,
        "text_sha256": signature.text_sha256 or None,
    }
    return json.dumps({**content, **approval}, ensure_ascii=False, indent=1).encode()


_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|~"})


def as_markdown(content: Content, signature: Signature) -> bytes:
    """Markdown; what people wrote is escaped."""
    lines: list[str] = []
    for block in blocks(laid_out(content, signature)):
        if isinstance(block, Heading):
            lines.append(f"{'#' * (block.level + 1)} {_escaped(block.text)}")
        elif isinstance(block, Line):
            lines.append(_escaped(block.text))
        else:
            lines += [_row(block.head), _row(["---"] * len(block.head), raw=True)]
            lines += map(_row, block.rows)
        lines.append("")
    return "\n".join(lines).encode()


def _escaped(text: str) -> str:
    return " ".join(text.translate(_MARKUP).split("\n"))


def _row(cells: list[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cells if raw else map(_escaped, cells))} |"


def as_docx(content: Content, signature: Signature) -> bytes:
    """A plain Word file with real headings and tables."""
    from docx import Document  # noqa: PLC0415 -- seven megabytes that few processes need

    document = Document()
    document.core_properties.title = content["title"]
    document.core_properties.language = "de-DE"
    for block in blocks(laid_out(content, signature)):
        if isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        elif isinstance(block, Line):
            document.add_paragraph(block.text)
        else:
            _word_table(document, block)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _word_table(document: Any, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, block.head, strict=True):
        cell.text = words
    for row in block.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


FORMS: dict[str, tuple[str, Callable[[Content, Signature], bytes]]] = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        as_docx,
    ),
    "md": ("text/markdown; charset=utf-8", as_markdown),
    "json": ("application/json", as_json),
}


def printed(edition: Edition) -> bytes:
    """The paper of an approved edition: the stored bytes, or the same made now."""
    if edition.paper is not None:
        stored: bytes = edition.paper.content.read()
        return stored
    return as_pdf(
        current_content(edition),
        signature_of(edition),
        written_at=edition.approved_at or edition.created_at,
    )


def print_edition(*, edition: int, now: datetime) -> None:
    """Print the paper of an approved edition, once; its bytes are kept for good."""
    row = Edition.objects.select_related("meeting").filter(pk=edition).first()
    if row is None or row.is_writable or row.paper_id is not None:
        return
    stored = store_file(
        upload=ContentFile(printed(row)),
        name=paper_name(row),
        limit=LARGEST_PAPER,
        actor=None,
        now=now,
    )
    # Of two jobs that print at once the first one's paper is kept.
    Edition.objects.filter(pk=row.pk, paper=None).update(paper=stored)


def print_public(*, copy: int) -> None:
    """Print the paper of a public copy, if it has none (any more)."""
    row = PublicMinutes.objects.select_related("edition__meeting").filter(pk=copy).first()
    if row is None or row.paper is not None:
        return
    pdf = as_pdf(row.content, public_signature(row), written_at=row.changed_at)
    with transaction.atomic():
        PublicMinutes.objects.filter(pk=row.pk, sha256=row.sha256).update(paper=pdf)
        public_copy_changed.send(sender=PublicMinutes, meeting=row.edition.meeting.public_id)


def paper_name(edition: Edition) -> str:
    """The file name of an edition's paper, without anything that a title may give away."""
    version = f"-v{edition.number}" if edition.number > 1 else ""
    return f"protokoll-{edition.meeting.held_on:%Y-%m-%d}{version}.pdf"
