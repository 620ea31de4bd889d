"""The text as lines: each is classified once, and all rules read the classification.

A line knows its marker ("-", "3.", "TOP 4", "##"), its depth, its table cells and its label. Spans
point into the text; the plain view has the same length.
"""

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import chain

from buendnisnetz.reader.labels import Field, field_of
from buendnisnetz.reader.lazy import Lazy
from buendnisnetz.reader.lexicon import ORDINAL_NOUNS
from buendnisnetz.reader.model import Span

# No minutes have more lines; what comes after stays in the text but is not read.
MOST_LINES = 10_000


class Kind(Enum):
    """What a line looks like."""

    BLANK = "blank"
    TEXT = "text"
    BULLET = "bullet"
    NUMBER = "number"
    ROW = "row"


_TOP = r"(?:[Zz][uU] )?(?:TOP|T\.?O\.?P\.?|Top|Tagesordnungspunkt|Punkt|Pkt\.|Ö|N|P)"
_DATE_OR_CLOCK = (
    rf"(?!\d{{1,2}}\.[ ]{ORDINAL_NOUNS})"
    r"(?!\d{1,2}\.[ ]?(?:\d{1,2}\.|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\b)"
    r"|\d{1,2}\.\d{2}[ ]?(?:Uhr|h\b|€|Euro|[-–]))"
)
_MARKER = re.compile(
    r"(?P<bullet>(?:[=-]{1,2}>|[-–—•·●○◦▪■□►▶➢✓✔→⇒»☐☑☒*+]|o(?=[ \t]{1,}[A-ZÄÖÜ\w])|\uf0b7|\uf0a7)(?:[ \t]+|(?=[A-ZÄÖÜ„\"])))?"
    r"(?P<box>\[[ xX✓]?\][ \t]+)?"
    rf"(?P<number>[Zz]u[ ]{{1,2}}(?P<bare>\d{{1,2}})(?:[.):]?(?=[ \t]*$)|[.):](?=[ \t]+[A-ZÄÖÜ„\"]))|(?:{_TOP})[ \t]{{0,2}}(?P<top>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}[a-z]?)(?!\d)[ \t]{{0,2}}[.:)]?[ \t]{{0,2}}(?:[-–—:][ \t])?"
    rf"|{_DATE_OR_CLOCK}\(?(?P<arabic>\d{{1,2}}(?:[ ]?\.[ ]?\d{{1,2}}){{0,3}})(?:[ ]?[.)]{{1,2}}(?=[ \t]|$|[A-ZÄÖÜ„\"])|[ \t]{{2,}}|\t)[ \t]*"
    r"|(?P<dotted>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[ \t]+(?!Uhr\b|Euro\b|EUR\b)(?=[A-ZÄÖÜ„\"]|(?!Uhr|Euro|Prozent|Millionen|Stunden|Meter)[a-zäöü]{6})"
    r"|\(?(?P<letter>[a-z])\)[ \t]+|(?P<roman>[IVX]{1,5})(?:\.\d{1,2})?[.)][ \t]+|(?P<capital>[A-H])[.)][ \t]+)?"
)
_BARE_NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,2})?)[ \t]+(?=[^\W\d_])(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)"
)
_HASHES = re.compile(r"[ \t]{0,3}(?:>[ \t]?)?(#{1,6})(?=[ \t]|[^\W\d_#])")
_UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{4,})[ \t]*(?:\n|$)")
_WIKI_HEADING = re.compile(r"[ \t]*(={2,6})[^=\n]")
_ALL_BOLD = re.compile(
    r"[ \t]*(?:(?:[-*+]|\(?\d{1,2}[.)])[ \t]+)?(?:\*\*|__|''')[^*\n]{1,160}(?:\*\*|__|''')[:.]?[ \t]*\\?$"
)
_LABEL = re.compile(
    r"(?:[^:\n|]|:(?=in(?:nen)?\b)){1,70}?(?=[ \t]*:(?!//|in(?:nen)?\b)(?:(?!\d)|(?<!\d:)))"
)
_GAPS = re.compile(r"\t[ \t]*|[ ]{3,}")
_PIPES = re.compile(r"\|+")
_RULING = re.compile(r"[\s|:+=-]*")


@dataclass(frozen=True)
class Line:
    """One line; `start` and `end` enclose its content without marker and outer blanks."""

    text: str = field(repr=False)
    plain: str = field(repr=False)
    index: int
    left: int
    start: int
    end: int
    kind: Kind
    indent: int
    heading: int
    number: str | None
    marker: str
    bold: bool
    checked: bool | None = None

    @Lazy
    def content(self) -> str:
        """The content as written in the plain view."""
        return self.plain[self.start : self.end]

    @Lazy
    def cells(self) -> tuple[Span, ...]:
        """Table cells, trimmed; the whole content when there is only one."""
        return _cells(self.text, self.plain, self.start, self.end)

    @Lazy
    def columns(self) -> tuple[Span, ...]:
        """The cells of a table row where an empty first one is kept: "⇥Plakate drucken⇥Frau Can"."""
        if len(self.cells) < 2 or "\t" not in self.content or "|" in self.content:
            empty = self.plain.count("\t", self.left, self.start) if len(self.cells) > 1 else 0
            return (*(((self.start, self.start),) * min(empty, 3)), *self.cells)
        empty = self.plain.count("\t", self.left, self.start)
        tabs = [at for at in range(self.start, self.end) if self.plain[at] == "\t"]
        edges = [self.start, *(edge for at in tabs for edge in (at, at + 1)), self.end]
        cells = (_trim(self.plain, *cell) for cell in zip(edges[::2], edges[1::2], strict=True))
        return (*(((self.start, self.start),) * min(empty, 3)), *cells)

    @Lazy
    def label(self) -> tuple[Field | None, str, int] | None:
        """Field, label and where the value begins, for "Label: value"."""
        match = _LABEL.match(self.plain, self.start, self.end)
        if match is None:
            return None
        after = self.plain.index(":", match.end()) + 1
        return field_of(match.group()), match.group().strip(), _skip(self.plain, after, self.end)

    @Lazy
    def field(self) -> Field | None:
        """What the line announces: by its label, its first cell, or as a whole."""
        if self.label is not None and self.label[0] is not None:
            return self.label[0]
        if self.kind is Kind.ROW and len(self.cells) > 1:
            return field_of(self.plain[slice(*self.cells[0])])
        whole = self.content
        bare = whole.partition(" (")[0] if whole.endswith(")") else whole
        if len(whole) > 60 or "," in bare or (whole.endswith(".") and " " in whole):
            return None
        return field_of(whole)

    @Lazy
    def value(self) -> Span:
        """What stands behind the label or in the cells after the first; empty if nothing does."""
        if self.label is not None and (self.label[0] is not None or self.kind is not Kind.ROW):
            return (self.label[2], self.end)
        if self.kind is Kind.ROW and len(self.cells) > 1:
            return (self.cells[1][0], self.end)
        return (self.end, self.end)

    @Lazy
    def blank(self) -> bool:
        """Whether there is nothing on the line."""
        return self.kind is Kind.BLANK


def split_lines(text: str, plain: str) -> tuple[Line, ...]:
    """Classify every line of the plain view."""
    lines: list[Line] = []
    at = 0
    for index, row in enumerate(plain.split("\n", MOST_LINES)[:MOST_LINES]):
        if lines and _UNDERLINE.match(text, at, at + len(row)) and lines[-1].kind is Kind.TEXT:
            lines[-1] = replace(lines[-1], heading=1 if "=" in text[at : at + len(row)] else 2)
        lines.append(_line(text, plain, index, at, at + len(row)))
        at += len(row) + 1
    return tuple(lines)


def _line(text: str, plain: str, index: int, left: int, right: int) -> Line:
    start, end = _trim(plain, left, right)
    indent = sum(4 if letter == "\t" else 1 for letter in plain[left:start])
    if start >= end or _RULING.fullmatch(plain, start, end):
        return Line(text, plain, index, left, end, end, Kind.BLANK, indent, 0, None, "", bold=False)
    heading = _heading_level(text, left, right)
    bold = bool(_ALL_BOLD.match(text, left, right))
    line = Line(text, plain, index, left, start, end, Kind.TEXT, indent, heading, None, "", bold)
    marker = _MARKER.match(plain, start, end)
    if (
        marker
        and marker.end() > start
        and not _has_pipes(plain, start, end)
        and not _is_reference(plain, marker, end)
    ):
        line = _marked(plain, marker, line)
    if heading and line.kind is Kind.TEXT:
        line = _numbered_heading(plain, line)
    return line if line.kind is not Kind.TEXT else _as_row(line)


def _as_row(line: Line) -> Line:
    """A line without marker is a table row when it has several cells."""
    cells = line.cells
    if len(cells) > 1:
        return replace(line, kind=Kind.ROW)
    if cells and cells[0] != (line.start, line.end):
        return replace(line, start=cells[0][0], end=cells[0][1])
    return line


def _is_reference(plain: str, marker: re.Match[str], end: int) -> bool:
    """ "Punkt 8 soll vor Punkt 7 behandelt werden" speaks of an item and is none."""
    return bool(marker["top"]) and plain[marker.end() : min(end, marker.end() + 1)].islower()


def _numbered_heading(plain: str, line: Line) -> Line:
    """ "## 2 Eltern-Kind-Zimmer": in a heading the number needs no full stop."""
    match = _BARE_NUMBER.match(plain, line.start, line.end)
    if match is None:
        return line
    return replace(line, start=match.end(), kind=Kind.NUMBER, number=match[1], marker=match[1])


def _marked(plain: str, marker: re.Match[str], line: Line) -> Line:
    groups = ("bare", "top", "arabic", "dotted", "letter", "roman", "capital")
    number = next((marker[name] for name in groups if marker[name]), None)
    kind = (
        Kind.NUMBER if number else Kind.BULLET if marker["bullet"] or marker["box"] else Kind.TEXT
    )
    start = _skip(plain, marker.end(), line.end)
    if start >= line.end and not number:
        kind, start, number = Kind.TEXT, line.start, None
    box = marker["box"]
    checked = None if not box else box.strip() not in {"[ ]", "[]"}
    return Line(
        line.text, plain, line.index, line.left, start, line.end, kind, line.indent, line.heading,
        number.replace(" ", "") if number else None, plain[line.start : marker.end()].strip(),
        line.bold, checked,
    )  # fmt: skip


def _trim(plain: str, start: int, end: int) -> Span:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return start, end


def _skip(plain: str, start: int, end: int) -> int:
    while start < end and plain[start].isspace():
        start += 1
    return start


def _heading_level(text: str, left: int, right: int) -> int:
    match = _HASHES.match(text, left, right) or _WIKI_HEADING.match(text, left, right)
    return len(match[1]) if match else 0


def _has_pipes(plain: str, start: int, end: int) -> bool:
    pipes = plain.count("|", start, end)
    return pipes >= 2 or (pipes == 1 and (plain[end - 1] == "|" or " | " in plain[start:end]))


def _cells(text: str, plain: str, start: int, end: int) -> tuple[Span, ...]:
    if _has_pipes(plain, start, end):
        edges = [start, *(p for m in _PIPES.finditer(plain, start, end) for p in m.span()), end]
        spans = list(zip(edges[::2], edges[1::2], strict=True))
        if plain[start] == "|":
            spans = spans[1:]
        if spans and plain[end - 1] == "|":
            spans = spans[:-1]
        return tuple(_trim(plain, *span) for span in spans)
    if "\t" not in plain[start:end] and "   " not in plain[start:end]:
        return ((start, end),)
    # Blanked furniture is no gap between columns, so the text itself has to be empty there.
    gaps = (m.span() for m in _GAPS.finditer(plain, start, end) if text[slice(*m.span())].isspace())
    edges = [start, *chain.from_iterable(gaps), end]
    return tuple(_trim(plain, *span) for span in zip(edges[::2], edges[1::2], strict=True))
