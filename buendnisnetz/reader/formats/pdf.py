"""PDF files with a text layer: lines, columns and tables as a person reads them."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from buendnisnetz.reader import messages
from buendnisnetz.reader.errors import (
    BrokenFileError,
    EncryptedFileError,
    NoTextLayerError,
    ReaderError,
    TooManyPagesError,
)
from buendnisnetz.reader.formats.pdf_lines import Line, page_lines, without_columns

MOST_PAGES = 100
_LEAST_LETTERS = 20
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:Seite|S\.|Blatt)?\s*\d{1,3}(?:\s*(?:von|/)\s*\d{1,3})?[-–—\s]*"
)


def read(content: bytes, name: str) -> str:
    """The text of a .pdf file, page furniture left out."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            pages = [_page(page) for page in _limited(pdf.pages, name)]
    except (ReaderError, MemoryError):
        raise
    except Exception as error:
        # A damaged PDF fails anywhere in the parser, with whatever exception.
        raise _reason(error, name) from error
    text = _joined(_without_furniture(pages))
    if sum(letter.isalnum() for letter in text) < _LEAST_LETTERS:
        raise NoTextLayerError(messages.NO_TEXT_LAYER.format(name=name))
    return text


def _limited(pages: list[Any], name: str) -> list[Any]:
    if len(pages) > MOST_PAGES:
        raise TooManyPagesError(messages.TOO_MANY_PAGES.format(name=name, limit=MOST_PAGES))
    return pages


def _reason(error: Exception, name: str) -> ReaderError:
    causes = (error, error.__cause__, error.__context__, *error.args)
    if any(isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) for cause in causes):
        return EncryptedFileError(messages.ENCRYPTED.format(name=name))
    if isinstance(error, PdfminerException) and "Password" in repr(error.args):
        return EncryptedFileError(messages.ENCRYPTED.format(name=name))
    return BrokenFileError(messages.BROKEN.format(name=name))


def _page(page: Any) -> list[Line]:
    """The lines of one page; the page's own objects are freed at once."""
    lines = page_lines(page)
    page.close()
    return without_columns(lines, float(page.width))


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out what repeats at the top or bottom of pages, and page numbers there."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_shape(line) for line in [*lines[:3], *lines[-3:]]})
    often = {shape for shape, count in seen.items() if count >= 2 and count * 2 >= len(pages)}
    return [_inner(lines, often) for lines in pages]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip()


def _inner(lines: list[Line], often: set[str]) -> list[Line]:
    kept = []
    for index, line in enumerate(lines):
        edge = index < 3 or index >= len(lines) - 3
        if edge and (_shape(line) in often or _PAGE_NUMBER.fullmatch(line.text)):
            continue
        kept.append(line)
    return kept


def _joined(pages: Sequence[list[Line]]) -> str:
    """All lines; a wide gap between lines is a blank line."""
    parts: list[str] = []
    for lines in pages:
        previous: Line | None = None
        for line in lines:
            gap = line.top - previous.bottom if previous else 0.0
            if previous and (gap > 0.62 * line.height or line.row != previous.row):
                parts.append("")
            parts.append(line.text)
            previous = line
    return "\n".join(parts) + "\n"
