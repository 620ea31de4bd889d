"""What stands on an agenda before it becomes an item: number, place and line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from buendnisnetz.reader.lines import Line
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.roster import fold
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.text import tidy

VERB = re.compile(
    r"\b(?:ist|sind|wird|werden|hat|haben|war|waren|wurde|wurden|soll|sollen|kann|können|muss|begrüßt|berichtet|eröffnet|stellt|gibt|bittet|dankt)\b"
)
LONGEST_TITLE = 220


@dataclass(frozen=True, slots=True)
class Entry:
    number: str | None
    span: Span
    line: Line

    @property
    def title(self) -> str:
        """The title as it is compared with others."""
        return fold(tidy(self.line.plain[slice(*self.span)]))


def order_of(entry: Entry) -> tuple[int, ...]:
    digits = re.findall(r"\d+", entry.number or "")
    return tuple(int(part) for part in digits) or (0,)


def in_list(sheet: Sheet, entry: Entry, listed: Sequence[Entry]) -> bool:
    title = fold(sheet.words(entry.span))
    for other in listed:
        known = other.title
        if entry.number and entry.number == other.number:
            return True
        if title == known or (len(title) > 8 and (title in known or known in title)):
            return True
    return False
