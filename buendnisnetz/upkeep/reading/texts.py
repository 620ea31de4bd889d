"""Tables as text: whatever separates the cells, however the letters are encoded."""

import csv
import io
from collections import Counter
from pathlib import Path

from buendnisnetz.upkeep.reading.table import LONGEST_CELL, Table, UnreadableError, table_from

_SEPARATORS = ";,\t|"
_SAMPLE = 64_000
# What German offices' programs write, besides UTF-8.
_ENCODINGS = ["cp1252", "iso8859_15", "cp850", "mac_roman", "utf_16_le", "utf_16_be"]


def read_text(path: Path) -> str:
    """The file's text. Raises UnreadableError BROKEN where it is no text at all."""
    content = path.read_bytes()
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):  # fmt: skip
        if content.startswith(mark):
            return _decoded(content, name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # noqa: PLC0415 -- only old files need it

        best = from_bytes(content[:_SAMPLE], cp_isolation=_ENCODINGS).best()
        text = _decoded(content, best.encoding if best else "cp1252")
    if "\x00" in text:
        raise UnreadableError("BROKEN")
    return text


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableError("BROKEN") from error


def read_csv(path: Path) -> Table:
    """A table of cells separated by semicolons, commas, tabs or bars. Raises UnreadableError."""
    text = read_text(path)
    # Quotes may hold line breaks and long texts; a cell longer than this is no cell.
    csv.field_size_limit(20 * LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    lines: list[tuple[int, list[str]]] = []
    try:
        before = 0
        for row in reader:
            lines.append((before + 1, [_unquoted(cell) for cell in row]))
            before = reader.line_num
    except csv.Error as error:
        raise UnreadableError("BROKEN") from error
    return table_from(lines)


def separator(text: str) -> str:
    """What separates the cells: as the standard library guesses, or what is most frequent."""
    sample = text[:_SAMPLE]
    try:
        return csv.Sniffer().sniff(sample, delimiters=_SEPARATORS).delimiter
    except csv.Error:
        counts = Counter(letter for letter in sample if letter in _SEPARATORS)
        return counts.most_common(1)[0][0] if counts else ";"


def _unquoted(cell: str) -> str:
    """Our own exports put a mark before what a spreadsheet would run as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@") else cell
