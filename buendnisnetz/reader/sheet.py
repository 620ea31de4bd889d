"""The document as all rules see it: text, plain view, lines and sentences."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from buendnisnetz.reader.flow import restore_lines
from buendnisnetz.reader.lazy import Lazy
from buendnisnetz.reader.lexicon import ABBREVIATIONS, ORDINAL_NOUNS, STARTERS
from buendnisnetz.reader.lines import Kind, Line, split_lines
from buendnisnetz.reader.markup import plain_view
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.text import Normalised, normalise, tidy

_LONGEST_SENTENCE = 2_000
_STOP = re.compile(
    r"[.!?…](?:[\"“”‘’»«')\]]{0,2})(?=\s{1,9}[\"„“»«(–-]{0,2}\s?[A-ZÄÖÜ0-9\[]|\s{0,9}$)"
)
_BEFORE = re.compile(r"[^\s(\"„“/]+$")
_AFTER = re.compile(r"\s{1,9}[\"„»(–-]{0,2}\s?(\S+)")
_ORDINAL = re.compile(ORDINAL_NOUNS)
_MONTHISH = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")


@dataclass(frozen=True)
class Sheet:
    """Text with its plain view; every offset holds for both."""

    text: str
    plain: str
    lines: tuple[Line, ...]
    mended: tuple[Span, ...]
    _cut: dict[Span, tuple[Span, ...]] = field(default_factory=dict, compare=False, repr=False)

    @Lazy
    def paragraphs(self) -> tuple[tuple[Line, ...], ...]:
        """Lines that flow on into each other, as one paragraph each."""
        return _paragraphs(self.lines)

    def lines_of(self, spans: Iterable[Span]) -> frozenset[int]:
        """The lines that these passages lie on."""
        starts = self._lefts
        found: set[int] = set()
        for start, end in spans:
            first = bisect_right(starts, start) - 1
            found.update(range(max(first, 0), bisect_left(starts, end)))
        return frozenset(found)

    def head(self, count: int) -> list[Line]:
        """The first lines that are not blank."""
        return list(islice((line for line in self.lines if not line.blank), count))

    def head_end(self, count: int) -> int:
        """The index of the last line of the head."""
        return self.head(count)[-1].index if self.head(1) else 0

    def line_at(self, position: int) -> Line:
        """The line that a position lies on."""
        return self.lines[max(bisect_right(self._lefts, position) - 1, 0)]

    @Lazy
    def _lefts(self) -> list[int]:
        return [line.left for line in self.lines]

    def words(self, span: Span) -> str:
        """A passage of the plain view on one line."""
        return tidy(self.plain[slice(*span)])

    def sentences(self, start: int, end: int) -> tuple[Span, ...]:
        """The sentences of this part of the text, trimmed."""
        found = self._cut.get((start, end))
        if found is None:
            found = self._cut[start, end] = tuple(_sentences(self.plain, start, end))
        return found


def make_sheet(raw: str) -> Sheet:
    """Normalise a document and lay it out."""
    normalised: Normalised = normalise(raw)
    plain = restore_lines(plain_view(normalised.text))
    lines = split_lines(normalised.text, plain)
    return Sheet(normalised.text, plain, lines, normalised.mended)


def _is_wrapped(lines: tuple[Line, ...]) -> bool:
    """Whether the text has fixed line ends: several long lines go on in lower case."""
    pairs = pairwise(lines)
    broken = sum(
        len(a.content) >= 45 and b.kind is Kind.TEXT and b.content[:1].islower() for a, b in pairs
    )
    return broken >= 3


def _paragraphs(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    """A line goes on in the next one when it is plain text, unfinished, and nothing else begins."""
    groups: list[list[Line]] = []
    wrapped = _is_wrapped(lines)
    for line in lines:
        if line.blank:
            groups.append([])
        elif groups and groups[-1] and _goes_on(groups[-1][-1], line, wrapped=wrapped):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(tuple(group) for group in groups if group)


# A key of front matter, "bereich: Personal", begins a line of its own.
_KEY = re.compile(r"[a-zäöü_]{3,24}:\s")


def _goes_on(line: Line, following: Line, *, wrapped: bool) -> bool:
    if (
        following.kind is not Kind.TEXT
        or line.kind is Kind.ROW
        or line.heading
        or following.heading
    ):
        return False
    if following.bold or line.bold:
        return False
    if following.field is not None:
        return False
    if following.content[:1].islower() and not _KEY.match(following.content):
        return True
    if line.content.endswith(":"):
        return False
    if wrapped and len(line.content) >= 60 and line.content.endswith((".", "!", "?", ",", ";")):
        return following.label is None
    if line.content.endswith((".", "!", "?")):
        return False
    return wrapped and len(line.content) >= 50 and following.label is None


def _sentences(plain: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    at = start
    for match in _STOP.finditer(plain, start, end):
        if match.start() < at or not _ends(plain, at, match.start(), match.end(), end):
            continue
        spans.append((at, match.end()))
        at = match.end()
    spans.append((at, end))
    whole = (part for span in spans for part in _cut_long(plain, *span))
    return [trimmed for span in whole if (trimmed := _trim(plain, *span))]


def _cut_long(plain: str, start: int, end: int) -> Iterator[Span]:
    """No sentence is longer than this; whatever is gets cut at a blank, so that rules stay quick."""
    while end - start > _LONGEST_SENTENCE:
        cut = plain.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _trim(plain: str, start: int, end: int) -> Span | None:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _ends(plain: str, start: int, stop: int, after: int, end: int) -> bool:
    """Whether the full stop at `stop` ends a sentence rather than an abbreviation or a number."""
    if plain[stop] != ".":
        return True
    before = _BEFORE.search(plain, max(start, stop - 30), stop)
    following = _AFTER.match(plain, after, min(end, after + 60))
    word = before.group() if before else ""
    if following is None:
        return True
    upcoming = following[1]
    if word.isdigit():
        return _number_ends(word, upcoming)
    if len(word) == 1 and word.isalpha():
        return False
    return word.lower() not in ABBREVIATIONS or (
        upcoming.strip(",.:;") in STARTERS and word.lower() in _CLOSING
    )


_CLOSING = frozenset(
    {"usw", "etc", "sog", "eur", "v", "std", "min", "uhr", "anl", "ca", "t", "abs", "max", "mind"}
)


def _number_ends(digits: str, upcoming: str) -> bool:
    if _MONTHISH.match(upcoming) or upcoming[0].isdigit():
        return False
    if len(digits) >= 3:
        return True
    return upcoming.strip(",.:;") in STARTERS and not _ORDINAL.match(upcoming)
