"""Minutes set as one table: "TOP | Art | Inhalt | Wer | Bis wann".

Rows that only name an item belong to the agenda; the others hold talk, decisions or tasks. What a
row is stands in a column of its own ("B", "Beschluss", "A", "Info") or where others name people.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.task_columns import TaskColumns, task_columns

_SORT_HEAD = re.compile(
    r"(?i)(?:art|typ|kategorie|kat\.?|kz\.?|kennung|kürzel|[ibaet](?:/[ibaet]){1,4})"
)
_CONTENT_HEAD = re.compile(
    r"(?i)(?:inhalt|ergebnis(?:se)?|beratung|besprochen(?:es)?|sachverhalt|diskussion|verlauf|notiz(?:en)?|protokoll|vereinbarung(?:en)?)(?: ?/ ?\w{1,20})?"
)
_NUMBER_HEAD = re.compile(r"(?i)(?:lfd\. ?)?nr\.?|top|#|punkt|pos\.?")
_NUMBER_CELL = re.compile(r"(?i)(?:TOP|Ö|N)?\s{0,9}\d{1,2}(?:\.\d{1,2})?[.)]?")
_NUMBER_LEAD = re.compile(r"(?i)(?:TOP\s{0,9})?\d{1,2}(?:\.\d{1,2})?[.):]?\s{1,9}(?=[^\W\d_])")
_CODES = re.compile(r"[A-Z]{1,2}(?:/[A-Z])?")


class Sort(Enum):
    """What a row says of itself."""

    DECISION = "decision"
    TASK = "task"
    INFORMATION = "information"


_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (Sort.DECISION, re.compile(r"(?i)b|e|beschl(?:uss|uß|\.)?|entscheidung|festlegung|beschlossen|ent\.?")),
    (Sort.TASK, re.compile(r"(?i)a|t|m|to-?[ ]?do|aufgabe|auftrag|arbeitsauftrag|maßnahme|aktion")),
    (Sort.INFORMATION, re.compile(r"(?i)i|d|info(?:rmation)?(?:en)?|diskussion|kenntnisnahme|z\. ?k\.|bericht|hinweis|feststellung|f")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MinuteTable:
    """The columns of the table; `sort` is the one that says what a row is."""

    columns: TaskColumns
    sort: int | None

    def cell(self, line: Line) -> Span | None:
        """The words of a row: its content column, else its longest cell that is no number."""
        cells = line.columns
        if len(cells) > self.columns.what and self._filled(cells[self.columns.what]):
            return cells[self.columns.what]
        filled = [c for c in cells if self._filled(c)]
        return max(filled, key=lambda c: c[1] - c[0]) if filled else None

    @staticmethod
    def _filled(cell: Span) -> bool:
        return cell[1] - cell[0] > 2

    def sort_of(self, line: Line) -> Sort | None:
        """What the row says of itself in the column for it, or where others name people."""
        for index in (self.sort, self.columns.who):
            if index is None or index >= len(line.columns):
                continue
            words = line.plain[slice(*line.columns[index])].strip(" *.()")
            if index != self.sort and _CODES.fullmatch(words):
                continue
            for sort, pattern in _SORTS:
                if pattern.fullmatch(words):
                    return sort
        return None


def minute_table(line: Line) -> MinuteTable | None:
    """The head row of such a table, or None."""
    cells = [line.plain[slice(*cell)].strip(" *:") for cell in line.columns]
    sort = next((n for n, cell in enumerate(cells) if _SORT_HEAD.fullmatch(cell)), None)
    columns = task_columns(line, besides=sort)
    if columns is None:
        return None
    told = [n for n, cell in enumerate(cells) if _CONTENT_HEAD.fullmatch(cell)]
    return MinuteTable(replace(columns, what=told[-1]) if told else columns, sort)


def opens_minutes(line: Line) -> bool:
    """ "Nr. | Thema | Ergebnis | Wer | Termin": numbered items, and what came of them."""
    table = minute_table(line)
    if table is None or len(line.columns) < 4:
        return False
    cells = [line.plain[slice(*cell)].strip(" *:") for cell in line.columns]
    told = any(_CONTENT_HEAD.fullmatch(cell) for cell in cells)
    return bool(_NUMBER_HEAD.fullmatch(cells[0])) and (told or table.sort is not None)


def titles_only(rows: Sequence[Line]) -> frozenset[int]:
    """Rows that only name an item, where rows below it hold what was said.

    "2 | Umfrage | |" names an item and "2.1 | Rücklauf … | Frau Can |" does not.
    """
    numbers = {line.index: _number(line) for line in rows}
    majors = {
        line.index for line in rows if (n := numbers[line.index]) and "." not in n and _lonely(line)
    }
    minors = sum("." in (n or "") for n in numbers.values())
    return frozenset(majors) if len(majors) > 1 and minors > len(majors) / 2 else frozenset()


def _number(line: Line) -> str | None:
    first = line.plain[slice(*line.columns[0])].strip(" *")
    match = _NUMBER_CELL.fullmatch(first)
    return match.group().strip(".) ").split()[-1] if match else None


def _lonely(line: Line) -> bool:
    return sum(end > start for start, end in line.columns) == 2


def numbered_lead(line: Line) -> re.Match[str] | None:
    """ "2 Audit-Vorbereitung": a row of one merged cell that names an item."""
    if line.kind not in {Kind.TEXT, Kind.ROW}:
        return None
    return _NUMBER_LEAD.match(line.plain, line.start, line.end)
