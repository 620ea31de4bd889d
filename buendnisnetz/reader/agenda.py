"""The agenda, from its list or from the headings of the body (S05, S06).

Where both exist the list gives titles and order, the headings give the places: a task knows its
item by the last heading before it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from buendnisnetz.reader.agenda_entries import Entry, in_list, order_of
from buendnisnetz.reader.agenda_headings import headed_entries
from buendnisnetz.reader.agenda_list import listed_entries
from buendnisnetz.reader.labels import PEOPLE, field_of
from buendnisnetz.reader.model import AgendaItem, Certainty, Span
from buendnisnetz.reader.roster import Roster, fold
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.text import tidy

_BRACKET_SPEAKER = re.compile(r"\s{0,9}[(\[](?P<inner>[^()\[\]]{2,120})[)\]]\s{0,9}$")
_MINUTES_AGO = re.compile(
    r"\s{0,9}\(?\d{1,3}\s{0,9}(?:min|Min\.?|Minuten)\)?\s{0,9}$|\s{1,9}\.{3,}\s{0,9}\d{1,3}$|\s{0,9}\(?\d{1,2}[:.]\d{2}(?:\s{0,9}[-–]\s{0,9}\d{1,2}[:.]\d{2})?\s{0,9}Uhr\)?\s{0,9}$"
)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Items in order, where each one's talk begins, and which lines the list takes up."""

    items: tuple[AgendaItem, ...]
    starts: tuple[tuple[int, str | None], ...]
    list_lines: frozenset[int]
    heading_lines: frozenset[int]

    def number_at(self, position: int) -> str | None:
        """The number of the item that is being talked about here."""
        index = bisect_right(self.starts, position, key=lambda start: start[0]) - 1
        return self.starts[index][1] if index >= 0 else None


def read_agenda(
    sheet: Sheet, roster: Roster, people_end: int, people_lines: frozenset[int] = frozenset()
) -> Agenda:
    """Read list and headings and bring them together."""
    listed, lines = listed_entries(sheet)
    headed = headed_entries(sheet, lines, listed, people_end, people_lines)
    entries = listed if listed else headed
    extra = [entry for entry in headed if listed and not in_list(sheet, entry, listed)]
    if listed and headed and all(e.number for e in listed):
        entries = sorted([*listed, *[e for e in extra if e.number]], key=order_of)
    items = tuple(
        item for entry in entries if (item := _item(sheet, entry, roster, sure=bool(listed)))
    )
    starts = tuple(
        (entry.span[0], _number_of(sheet, entry, listed))
        for entry in sorted(headed, key=lambda e: e.span[0])
    )
    return Agenda(
        _distinct(items), starts, frozenset(lines), frozenset(e.line.index for e in headed)
    )


def _number_of(sheet: Sheet, entry: Entry, listed: Sequence[Entry]) -> str | None:
    if entry.number:
        return entry.number
    title = fold(sheet.words(entry.span))
    return next((other.number for other in listed if fold(sheet.words(other.span)) == title), None)


def _distinct(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    seen: set[tuple[str | None, str]] = set()
    kept: list[AgendaItem] = []
    for item in items:
        key = (item.number, fold(item.title))
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return tuple(kept)


# --- one item -----------------------------------------------------------------------------------


def _item(sheet: Sheet, entry: Entry, roster: Roster, *, sure: bool) -> AgendaItem | None:
    start, end = entry.span
    speakers: tuple[str, ...] = ()
    bracket = _BRACKET_SPEAKER.search(sheet.plain, start, end)
    if bracket:
        speakers = _speakers(sheet, bracket.span("inner"), roster)
        end = bracket.start() if speakers else end
    late = _MINUTES_AGO.search(sheet.plain, start, end)
    end = late.start() if late else end
    title = tidy(sheet.plain[start:end]).strip(" :–-;")
    if len(title) < 2 or len(title) > 300 or not any(letter.isalpha() for letter in title):
        return None
    if entry.number is None and field_of(title) in PEOPLE:
        return None
    speakers = speakers or _cell_speakers(sheet, entry, roster)
    level = (
        Certainty.SURE
        if sure and entry.number
        else Certainty.LIKELY
        if sure or entry.number
        else Certainty.PROBABLE
    )
    return AgendaItem(entry.number, title, speakers, (start, end), level)


def _speakers(sheet: Sheet, span: Span, roster: Roster) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.name for m in roster.within(*span)))


def _cell_speakers(sheet: Sheet, entry: Entry, roster: Roster) -> tuple[str, ...]:
    cells = [cell for cell in entry.line.cells if cell[0] >= entry.span[1]]
    return tuple(name for cell in cells[:2] for name in _speakers(sheet, cell, roster))
