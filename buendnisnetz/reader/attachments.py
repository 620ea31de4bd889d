"""Attachments: the list of them, and where the talk cites one (S07)."""

import re
from collections.abc import Sequence

from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind
from buendnisnetz.reader.model import Certainty, Span, Value
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.statements import Statement

CITED = re.compile(
    r"\b(?P<word>Anlagen?|Anhang|Anhänge|Beilage)\s{1,9}(?:Nr\.?\s{0,9})?(?P<number>\d{1,2}|[A-H](?![\wäöü]))(?!\.\d)"
)
_ENCLOSED = re.compile(
    r"(?<![\w-])(?P<what>[A-ZÄÖÜ][\wäöüß-]{1,40})\s{0,9}\(\s{0,9}(?:siehe|s\.|vgl\.)\s{0,9}(?:Anlage|Anhang)\s{0,9}\)|\b(?P<lead>(?:Die|Der|Das|Eine?)\s{1,9}(?P<noun>[A-ZÄÖÜ][\wäöüß-]{1,40}))\b[^.;]{0,60}?\b(?:liegt|liegen|ist|sind|wird|werden)\b[^.;]{0,60}?\b(?:(?:dem|diesem|der|dieser)\s{1,9}(?:Protokoll|Niederschrift)\s{1,9}(?:bei|beigefügt|angefügt|angehängt)|als Anlage (?:bei|beigefügt|angefügt))"
)
_HANGS = re.compile(
    r"\b(?:Der|Die|Das)\s{1,9}(?P<noun>[A-ZÄÖÜ][\wäöüß-]{1,40})\s{1,9}(?:hängt|hängen)\s{1,9}(?:diesem|dem|der)\s{1,9}(?:Protokoll|Niederschrift)\s{1,9}an\b"
)
_BRACKET = re.compile(
    r"(?:^|[.!?:]\s{1,9}|\b)(?:Der|Die|Das|der|die|das|den)\s{1,9}(?P<noun>[A-ZÄÖÜ][^.,;:()\n]{2,70}?)\s{0,9}\((?:siehe |s\. |vgl\. )?(?:Anlage|Anhang)\)",
    re.MULTILINE,
)
_BARE_SECTION = re.compile(r"(?i)(?:keine|entfällt|-|siehe oben)\.?")
_LEAD = re.compile(
    r"(?:(?:Anlage|Anhang)\s{0,9}(?:Nr\.?\s{0,9})?(?:\d{1,2}|[A-H])\s{0,9}[:.)–-]?\s{0,9})"
)


def read_attachments(sheet: Sheet, talk: Sequence[Statement]) -> tuple[Value, ...]:
    """Listed ones; what is only cited counts when there is no list."""
    listed = _listed(sheet, talk)
    if listed:
        return tuple(listed)
    cited = _cited(sheet)
    return tuple(cited or _enclosed(sheet))


def _listed(sheet: Sheet, talk: Sequence[Statement]) -> list[Value]:
    found: list[Value] = []
    for index, statement in enumerate(talk):
        if statement.label is Field.ATTACHMENT:
            found += _inline(sheet, talk, index)
        elif statement.section is Field.ATTACHMENT and statement.label is None:
            found += _item(sheet, (statement.line.start, statement.span[1]))
    return _without_intro(sheet, talk, found)


def _inline(sheet: Sheet, talk: Sequence[Statement], index: int) -> list[Value]:
    """ "Anlagen: Leitbild, Karte" on one line."""
    statement = talk[index]
    start, end = statement.span
    if start >= end:
        return []
    pieces: list[Value] = []
    for match in re.compile(r"(?:[^,;()\n]|\([^()]*\)|,(?=\d))+").finditer(sheet.plain, start, end):
        pieces += _item(sheet, match.span())
    return pieces


def _item(sheet: Sheet, span: Span) -> list[Value]:
    start, end = span
    number = re.compile(r"\s{0,9}\d{1,2}[ \t]{1,9}(?=[A-ZÄÖÜ])").match(sheet.plain, start, end)
    start = number.end() if number else start
    while start < end and sheet.plain[start] in ' \t\n-–•["':
        start += 1
    while end > start and sheet.plain[end - 1] in ' \t\n.,;]"':
        end -= 1
    words = sheet.words((start, end))
    if len(words) < 3 or _BARE_SECTION.fullmatch(words) or len(words) > 200:
        return []
    return [Value(words, (start, end), Certainty.LIKELY)]


def _without_intro(sheet: Sheet, talk: Sequence[Statement], found: list[Value]) -> list[Value]:
    """A sentence above a numbered list ("Präsentationen zu den Vorträgen") introduces it."""
    numbered = {
        s.line.start
        for s in talk
        if s.section is Field.ATTACHMENT and s.line.kind in {Kind.NUMBER, Kind.BULLET}
    }
    if len(numbered) < 2:
        return found
    plain = {
        s.line.start for s in talk if s.section is Field.ATTACHMENT and s.line.kind is Kind.TEXT
    }
    return [value for value in found if value.span[0] not in plain]


def _cited(sheet: Sheet) -> list[Value]:
    found: dict[str, Value] = {}
    for match in CITED.finditer(sheet.plain):
        name = " ".join(match.group().split())
        found.setdefault(match["number"], Value(name, match.span(), Certainty.LIKELY))
    return list(found.values())


def _enclosed(sheet: Sheet) -> list[Value]:
    found: dict[str, Value] = {}
    for pattern in (_HANGS, _BRACKET):
        for match in pattern.finditer(sheet.plain):
            found.setdefault(
                match["noun"],
                Value(sheet.words(match.span("noun")), match.span("noun"), Certainty.PROBABLE),
            )
    for match in _ENCLOSED.finditer(sheet.plain):
        group = "what" if match["what"] else "noun"
        found.setdefault(match[group], Value(match[group], match.span(group), Certainty.PROBABLE))
    return list(found.values())
