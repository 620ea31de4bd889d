"""What the minutes are called (S02)."""

import re
from collections.abc import Sequence

from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.heading import (
    BODY_ANY,
    DOC_LINE,
    DOCUMENT,
    FURNITURE,
    HEAD_LINES,
    PLACE_OF_TIME,
    SITTING_ANY,
)
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Certainty, Span, Value
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.text import tidy

_DOC_ANY = re.compile(rf"(?<![\w/]){DOCUMENT}(?!\w|/)")
_CONTINUES = re.compile(
    r"(?:des|der|über|zur|zum|vom|von|mit|für|zu|und|im|in|des|beim|aus|[a-zäöüß])\b|[a-zäöüß]"
)


def read_title(sheet: Sheet, fields: Sequence[Labelled]) -> Value | None:
    """The line that says that these are minutes, with the lines it goes on in."""
    lines = sheet.head(HEAD_LINES)
    best: tuple[float, Line] | None = None
    for rank, line in enumerate(lines):
        score = _title_score(line) - rank * 0.05 + (1.6 if rank < 3 and line.heading == 1 else 0)
        if score > 0.4 and (best is None or score > best[0]):
            best = (score, line)
    if best is None:
        return _labelled_title(sheet, fields)
    score, line = best
    span = _title_span(sheet, line)
    level = (
        Certainty.LIKELY if score >= 3 else Certainty.PROBABLE if score >= 2 else Certainty.GUESS
    )
    return Value(sheet.words(span), span, level)


def _labelled_title(sheet: Sheet, fields: Sequence[Labelled]) -> Value | None:
    for labelled in fields:
        if labelled.field is Field.TITLE and labelled.value[0] < labelled.value[1]:
            return Value(sheet.words(labelled.value), labelled.value, Certainty.PROBABLE)
    return None


# "Niederschrift (öffentlich) 266 KB" is a link to the document.
_FILE = re.compile(r"\b\d{1,5}(?:[.,]\d)? ?[kKM]B\b|\.(?:pdf|docx?|odt)\b")


def _title_score(line: Line) -> float:
    content = line.content
    if _FILE.search(content) or "(Bezug" in content:
        return 0
    if (
        FURNITURE.match(content)
        or "/" in content.partition(" ")[0][3:]
        or line.kind in {Kind.BULLET, Kind.NUMBER}
    ):
        return 0
    if _names_a_value(line) or (
        content.endswith((".", "!", "?")) and len(content) > 60 and not line.heading
    ):
        return 0 if not _long_with_document(content) else 1.5
    score = 0.0
    if DOC_LINE.match(content):
        score += 2.5
    elif _DOC_ANY.search(content):
        score += 1.4
    if SITTING_ANY.search(content):
        score += 1.2
    elif BODY_ANY.search(content):
        score += 0.8
    if line.heading:
        score += 1.0 if line.heading <= 2 else 0.5
    return score + (0.3 if line.bold else 0)


def _names_a_value(line: Line) -> bool:
    """ "Protokoll: H. Meier" names the writer; "Protokoll: Sitzung vom …" is a title."""
    if line.label is None or line.label[0] is None:
        return False
    rest = line.plain[line.label[2] : line.end]
    return not (line.label[0] in {Field.COURSE, Field.RECORDER} and SITTING_ANY.search(rest))


def _long_with_document(content: str) -> bool:
    """A sentence can hold the title: "hier das Protokoll vom Treffen des Arbeitskreises."."""
    document = _DOC_ANY.search(content[:200])
    return document is not None and (
        len(content) > 120 or bool(SITTING_ANY.search(content, document.end()))
    )


def _title_span(sheet: Sheet, line: Line) -> Span:
    start, end = line.start, line.end
    when = PLACE_OF_TIME.search(sheet.plain, start + 12, end)
    if end - start <= 100 and when is not None and end - when.end() > 3:
        document = (
            None if DOC_LINE.match(line.content) else _DOC_ANY.search(sheet.plain, start, end)
        )
        told = document is not None and line.content.endswith(".")
        return (document.start() if told and document else start, when.start())
    if end - start > 100:
        document = _DOC_ANY.search(sheet.plain, start, end)
        if document is not None and document.start() - start < 200:
            start = _with_adjective(sheet.plain, start, document.start())
        when = PLACE_OF_TIME.search(sheet.plain, start + 12, end)
        if when is not None:
            end = when.start()
        return (start, end)
    end = _joined_end(sheet, line)
    when = PLACE_OF_TIME.search(sheet.plain, line.end, end)
    return (start, when.start() if when is not None and end - when.end() > 3 else end)


def _with_adjective(plain: str, start: int, at: int) -> int:
    match = re.compile(r"(?:Öffentliche?s?|Vorläufige?s?)\s{1,9}$").search(plain, start, at)
    return match.start() if match else at


def _joined_end(sheet: Sheet, line: Line) -> int:
    """Titles are set in several lines: "Protokoll / des Treffens / der Bündnisse"."""
    end, taken = line.end, 0
    for following in sheet.lines[line.index + 1 :]:
        unfinished = _UNFINISHED.search(sheet.plain, max(line.start, end - 24), end) is not None
        if unfinished and not following.blank and following.kind is Kind.TEXT and taken < 3:
            end, taken = following.end, taken + 1
            continue
        if following.blank:
            if taken or len(tidy(sheet.plain[line.start : end])) > 30:
                break
            continue
        if taken >= 3 or not _continues_title(following, len(sheet.plain[line.start : end])):
            break
        end, taken = following.end, taken + 1
    return end


# A line that ends like this goes on in the next one.
_UNFINISHED = re.compile(
    r"(?<!\w)(?:in|im|für|der|des|die|das|von|vom|zur|zum|und|mit|am|an|bei|zu|über)$|[-–,&]$"
)


def _continues_title(line: Line, length: int) -> bool:
    if (
        line.field is not None
        or line.kind in {Kind.ROW, Kind.BULLET}
        or PLACE_OF_TIME.match(line.content)
    ):
        return False
    if _CONTINUES.match(line.content) and len(line.content) < 130:
        return not line.content.endswith(".") or line.content.endswith(("e.V.", "e. V."))
    return length < 30 and bool(SITTING_ANY.search(line.content[:60])) and len(line.content) < 130
