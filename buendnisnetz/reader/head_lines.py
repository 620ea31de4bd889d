"""The lines at the top of the minutes, where day, time and place stand."""

import re

from buendnisnetz.reader.lines import Line
from buendnisnetz.reader.sheet import Sheet

HEAD_LINES = 40
OPENS = re.compile(
    r"\b(?:eröffne\w*|begann|beginnt|begonnen|begrüß\w*|startet\w*|Beginn(?: der \w+)?|Anfang|fing|ging(?:'s| es) los|heißt)\b"
)


def on_early_line(sheet: Sheet, line: Line) -> bool:
    return line.index <= sheet.head_end(HEAD_LINES)


def line_at(sheet: Sheet, at: int) -> Line | None:
    line = sheet.line_at(at)
    return line if line.start <= at < line.end else None
