"""The lines at the top of the minutes, where day, time and place stand."""

import re

from buendnisnetz.reader.lines import Line
from buendnisnetz.reader.sheet import Sheet

HEAD_LINES = 40
OPENS = re.compile(
    r"\b(?:eröffne\w{0,40}|begann|beginnt|begonnen|begrüß\w{0,40}|startet\w{0,40}|Beginn(?: der \w{1,40})?|Anfang|fing|ging(?:'s| es) los|heißt)\b"
)


_ITEM = re.compile(r"(?i)(?:zu )?(?:TOP|Tagesordnungspunkt)\b")


def on_early_line(sheet: Sheet, line: Line) -> bool:
    """Whether a line belongs to the head: near the top and before the first item is talked about."""
    return line.index <= min(sheet.head_end(HEAD_LINES), _first_item(sheet))


def _first_item(sheet: Sheet) -> int:
    head = sheet.head(HEAD_LINES)
    items = (line.index for line in head if line.heading and _ITEM.match(line.marker))
    return next(items, len(sheet.lines))


def line_at(sheet: Sheet, at: int) -> Line | None:
    """The line whose content holds this place."""
    line = sheet.line_at(at)
    return line if line.start <= at < line.end else None
