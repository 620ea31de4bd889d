"""Topics without number or markup: short lines above their talk, or lines that begin with the clock."""

import itertools
import re

from buendnisnetz.reader.agenda_entries import VERB, Entry
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.sheet import Sheet

_CLOCK = re.compile(
    r"(?:ab |um )?(?P<h>[0-2]?\d)[.:](?P<m>[0-5]\d)[ ]?(?:Uhr|h)?(?:[ ]?(?:-|–|bis)[ ]?[0-2]?\d[.:][0-5]\d[ ]?(?:Uhr|h)?)?[ \t]{1,9}[:–-]?[ \t]{0,9}(?=[^\W\d_])"
)
_NO_TOPIC = re.compile(
    r"(?i)(?:-+ )?(?:(?:kaffee|mittags)?pause\b|ende\b|schluss|schluß|beginn\b|ankommen|mittagessen|imbiss|abreise|anreise)"
)
_DATED = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]{2,9})\s?(?:\d{2,4})?")
_SIGNATURE = re.compile(
    r"(?i)gez\.|anlagen?\b|verteiler|protokoll|niederschrift|mit freundlichen|f\. ?d\. ?r"
)
_LONGEST = 64
_SHORTEST_TALK = 80


def clock_headings(sheet: Sheet, people_end: int) -> list[Entry]:
    """ "19.35 h  Jugendraum" above each topic."""
    found: list[Entry] = []
    for line in sheet.lines:
        clock = _CLOCK.match(line.plain, line.start, line.end) if not line.blank else None
        if clock is None or line.kind is Kind.BULLET or line.start < people_end:
            continue
        title = line.plain[clock.end() : line.end].strip(" :-–")
        if _NO_TOPIC.match(title) or _is_talk(title):
            continue
        start = line.plain.index(title, clock.end()) if title else line.end
        found.append(Entry(None, (start, start + len(title)), line))
    return found if len(found) >= 3 else []


def bare_headings(sheet: Sheet, people_end: int, taken: set[int] | frozenset[int]) -> list[Entry]:
    """Short lines that stand alone above paragraphs of talk, if the whole document is set so."""
    lines = [line for line in sheet.lines if not line.blank]
    found: list[Entry] = []
    talk = 0
    for line, following in itertools.pairwise(lines):
        if line.start <= people_end or line.index in taken:
            continue
        if line.field not in {None, Field.NEXT}:
            continue
        if _stands_alone(sheet, line) and _is_title(line) and _tells(following):
            found.append(Entry(None, (line.start, line.end), line))
        elif len(line.content) >= _SHORTEST_TALK // 2:
            talk += 1
    return found if len(found) >= 3 and talk >= len(found) / 2 else []


def _stands_alone(sheet: Sheet, line: Line) -> bool:
    return line.index == 0 or sheet.lines[line.index - 1].blank


def _is_title(line: Line) -> bool:
    words = line.content
    return (
        line.kind is Kind.TEXT
        and 3 <= len(words) <= _LONGEST
        and words[0].isupper()
        and words[-1] not in ".,;:!?"
        and line.label is None
        and not _is_talk(words)
        and not _SIGNATURE.match(words)
        and not _DATED.search(words)
        and words.upper() != words
    )


def _is_talk(words: str) -> bool:
    return len(words) > _LONGEST * 2 or bool(VERB.search(words)) or words.endswith((".", "!"))


def _tells(line: Line) -> bool:
    """Talk below a title: a paragraph, or a list of notes."""
    if line.field in {Field.DECISION, Field.TASK, Field.COURSE}:
        return True
    return (
        len(line.content) >= _SHORTEST_TALK
        or line.kind is Kind.BULLET
        or (line.content.endswith((".", "!", "?")) and len(line.content) > 20)
    )
