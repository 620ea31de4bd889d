"""The agenda as the headings of the body: "TOP 3", "3.", "## Kasse" (S05)."""

import itertools
import re
from collections.abc import Iterator, Sequence

from buendnisnetz.reader.agenda_entries import VERB, Entry, in_list, order_of
from buendnisnetz.reader.agenda_titles import bare_headings, clock_headings
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.roster import fold
from buendnisnetz.reader.sheet import Sheet

_TOP_MARK = re.compile(r"(?i)(?:zu )?(?:T\.?O\.?P|Tagesordnungspunkt|Punkt|Ö|N)\b")


# --- the headings of the body -------------------------------------------------------------------


def headed_entries(
    sheet: Sheet,
    lines: set[int],
    listed: Sequence[Entry],
    people_end: int,
    people_lines: frozenset[int] = frozenset(),
) -> list[Entry]:
    lines = lines | people_lines
    tops = [e for e in _candidates(sheet, lines) if _TOP_MARK.match(e.line.marker)]
    if tops:
        return _rising([*tops, *_minor(sheet, lines, tops)])
    if listed:
        return [
            e
            for e in _candidates(sheet, lines, plain=True)
            if in_list(sheet, e, listed) and _heading_like(sheet, e, listed)
        ]
    numbered = [e for e in _candidates(sheet, lines) if e.span[0] >= 0 and _short(e)]
    headings = [e for e in numbered if e.line.heading or e.line.bold]
    if len(headings) >= 2:
        return _rising(headings)
    chain = _chain(sheet, numbered)
    if len(chain) >= 3:
        return chain
    majors = _majors(sheet, numbered)
    if majors:
        return majors
    return (
        _lettered(sheet, lines)
        or _unnumbered(sheet, people_end)
        or clock_headings(sheet, people_end)
        or bare_headings(sheet, people_end, lines)
    )


def _minor(sheet: Sheet, lines: set[int], tops: Sequence[Entry]) -> list[Entry]:
    """ "7.1 Elterncafé" below "TOP 7"."""
    majors = {entry.number for entry in tops}
    return [
        e
        for e in _candidates(sheet, lines)
        if e.number
        and re.fullmatch(r"\d{1,2}\.\d{1,2}", e.number)
        and e.number.split(".")[0] in majors
        and _short(e)
        and not _tells(sheet, e)
    ]


def _tells(sheet: Sheet, entry: Entry) -> bool:
    """Numbered paragraphs ("3.2 Frau Can regt an …") are talk, not titles."""
    content = entry.line.content
    following = (
        sheet.lines[entry.line.index + 1] if entry.line.index + 1 < len(sheet.lines) else None
    )
    runs_on = (
        following is not None and following.kind is Kind.TEXT and following.content[:1].islower()
    )
    return (
        content.endswith((".", ","))
        or runs_on
        or bool(
            re.match(
                r"(?:Frau|Herrn?)\s|(?:Der|Die|Das)\s{1,9}[A-ZÄÖÜ]\w{1,40}\s{1,9}[a-zäöü]{1,40}t\b",
                content,
            )
        )
        or len(sheet.sentences(*entry.span)) > 1
    )


def _candidates(sheet: Sheet, lines: set[int], *, plain: bool = False) -> Iterator[Entry]:
    for line in sheet.lines:
        if line.blank or line.index in lines:
            continue
        if line.kind is Kind.NUMBER and not (line.number or "").isalpha():
            end = _title_stop(sheet, line)
            yield Entry(line.number, (line.start, end), line)
        elif plain and line.kind is Kind.TEXT and len(line.content) <= 160:
            yield Entry(None, (line.start, line.end), line)


def _title_stop(sheet: Sheet, line: Line) -> int:
    """A TOP line may run on into its first sentence: "TOP 3: Kasse. Herr Can berichtet …"."""
    first = sheet.sentences(line.start, line.end)
    if len(first) > 1 and _TOP_MARK.match(line.marker) and first[0][1] - first[0][0] <= 120:
        return first[0][1] - (1 if sheet.plain[first[0][1] - 1] == "." else 0)
    return line.end


def _short(entry: Entry) -> bool:
    content = entry.line.content
    return len(content) <= 140 and not (content.endswith(".") and VERB.search(content))


def _heading_like(sheet: Sheet, entry: Entry, listed: Sequence[Entry]) -> bool:
    if entry.line.kind is Kind.NUMBER or entry.line.heading or entry.line.bold:
        return True
    title = fold(sheet.words(entry.span))
    return any(fold(sheet.words(other.span)) == title for other in listed)


def _rising(entries: list[Entry]) -> list[Entry]:
    """Headings whose numbers do not fall back; a second list is a repetition."""
    kept: list[Entry] = []
    for entry in sorted(entries, key=lambda e: e.span[0]):
        if not kept or order_of(entry) > order_of(kept[-1]):
            kept.append(entry)
        elif order_of(entry) == (1,) and len(kept) < len(entries) / 2:
            kept = [entry]
    return kept


def _chain(sheet: Sheet, entries: list[Entry]) -> list[Entry]:
    """Numbers that count up from 1, with talk between them."""
    best: list[Entry] = []
    current: list[Entry] = []
    for entry in entries:
        order = order_of(entry)
        if order == (1,):
            current = [entry]
        elif current and (
            order == (order_of(current[-1])[0] + 1,)
            or (order[:1] == order_of(current[-1])[:1] and len(order) > 1)
        ):
            current.append(entry)
        if len(current) > len(best):
            best = list(current)
    talk = [b.span[0] - a.span[1] for a, b in itertools.pairwise(best)]
    return best if talk and sum(gap > 40 for gap in talk) * 2 >= len(talk) else []


def _majors(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """ "1. Umbau" above numbered paragraphs of talk: the items are the whole numbers."""
    whole = [entry for entry in entries if len(order_of(entry)) == 1]
    counted = [order_of(entry)[0] for entry in whole]
    if len(whole) < 3 or counted != list(range(1, len(whole) + 1)):
        return []
    below = [_next_line(sheet, entry) for entry in whole]
    dotted = sum(line is not None and "." in (line.number or "") for line in below)
    return whole if dotted * 2 >= len(whole) else []


def _next_line(sheet: Sheet, entry: Entry) -> Line | None:
    following = sheet.lines[entry.line.index + 1 : entry.line.index + 4]
    return next((line for line in following if not line.blank), None)


def _lettered(sheet: Sheet, lines: set[int] | frozenset[int]) -> list[Entry]:
    """ "a) Begrüßung", "I. Kasse" on lines of their own above the talk."""
    for series in ("abcdefghijklm", ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")):
        found: list[Entry] = []
        for line in sheet.lines:
            if line.kind is not Kind.NUMBER or line.index in lines or len(found) >= len(series):
                continue
            entry = Entry(line.number, (line.start, line.end), line)
            if line.number == series[len(found)] and _short(entry) and not _tells(sheet, entry):
                found.append(entry)
        talk = [b.span[0] - a.span[1] for a, b in itertools.pairwise(found)]
        if len(found) >= 3 and sum(gap > 40 for gap in talk) * 2 >= len(talk):
            return found
    return []


def _unnumbered(sheet: Sheet, people_end: int) -> list[Entry]:
    """Headings without numbers that are no labels: topics of informal minutes."""
    found = [
        Entry(None, (line.start, line.end), line)
        for line in sheet.lines
        if line.start > people_end
        and (line.heading or (line.bold and len(line.content) < 80))
        and _is_topic(line)
    ]
    levels = {entry.line.heading for entry in found}
    if len(levels) > 1 and 1 in levels and sum(e.line.heading == 1 for e in found) == 1:
        found = [entry for entry in found if entry.line.heading != 1]
    top = min((entry.line.heading for entry in found if entry.line.heading), default=0)
    return [e for e in found if e.line.heading == top] if len(found) >= 2 else []


def _is_topic(line: Line) -> bool:
    if (
        line.field is not None
        or line.kind is not Kind.TEXT
        or (line.content.endswith((".", "?", ":")) and not line.heading)
    ):
        return False
    return not re.search(
        r"(?i)protokoll|niederschrift|sitzung (?:am|vom)|treffen (?:am|vom)|\d{1,2}\.\d{1,2}\.\d{2,4}",
        line.content,
    )
