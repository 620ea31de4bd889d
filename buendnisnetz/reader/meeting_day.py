"""The day of the meeting (S02)."""

import datetime
import re
from collections.abc import Iterable, Sequence

from buendnisnetz.reader.dates import WEEKDAY, Day, days
from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.head_lines import HEAD_LINES, on_early_line
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.minute_table import opens_minutes
from buendnisnetz.reader.model import Certainty, Value
from buendnisnetz.reader.sheet import Sheet

_OTHER_DAY = re.compile(
    r"(?:Einladung|Brief|Schreiben|eingeladen|Stand|[Ee]rstellt|[Aa]ktualisiert|Fassung|letzten?|vorigen?|vorherigen?|nächste[rsn]?|[Dd]ruck\w{0,40}|gedruckt|[Pp]rotokoll|[Nn]iederschrift|Anlage|[Gg]enehmig\w{0,40}|[Ff]reigegeben|geändert|[Vv]erteilt|[Vv]ersandt|veröffentlicht|Veröffentlichung|hochgeladen|gespeichert|seit|bis|Bekanntmachung|Vorlage|Drucksache|Satzung|Antrag|gez\.|Kündigung|Termin|Frist|Abruf|abgerufen|Änderung|Mail|Bescheid|Umlaufbeschluss)\b(?:\s{1,9}(?:vom|am|zum|zur|der|des|Nr\.?\s?\d*|Sitzung))*[\s:]{0,40}(?:\w{1,40},?\s{1,9})?$|\(\s?(?:Bezug|bezogen)[^)]*$"
)
_MEETS = re.compile(
    r"(?:Sitzung|Treffen|Versammlung|Besprechung|Konferenz|Tagung|Protokoll|Niederschrift|abend|treff|Runde|Workshop|runde|gespräch)",
    re.IGNORECASE,
)


def read_date(sheet: Sheet, fields: Sequence[Labelled]) -> tuple[datetime.date, Value] | None:
    """The day of the meeting: by label, in the title, or the first day of the head."""
    found = _best([*_labelled_days(sheet, fields), *_head_days(sheet)])
    if found is None:
        return None
    day, level = found
    when = day.on(_year_of(sheet, day))
    if when is None or not 1900 <= when.year <= 2200:
        return None
    return when, Value(when.isoformat(), day.span, level)


def _best(found: Iterable[tuple[Day, float]]) -> tuple[Day, float] | None:
    ranked = sorted(found, key=lambda pair: -pair[1])
    return ranked[0] if ranked else None


def _labelled_days(sheet: Sheet, fields: Sequence[Labelled]) -> list[tuple[Day, float]]:
    found: list[tuple[Day, float]] = []
    for labelled in fields:
        if labelled.field not in {Field.DATE, Field.TIME, Field.PLACE, Field.START}:
            continue
        for day in days(sheet.plain, *labelled.value):
            level = Certainty.SURE if labelled.field is Field.DATE else Certainty.LIKELY
            if labelled.field is Field.START:
                level = Certainty.GUESS
            if not on_early_line(sheet, labelled.line):
                level -= 0.3
            found.append((day, level if day.year else level - 0.15))
            break
    return found


def _head_days(sheet: Sheet) -> list[tuple[Day, float]]:
    found: list[tuple[Day, float]] = []
    lines = sheet.head(HEAD_LINES)
    for rank, line in enumerate(lines):
        if (
            opens_minutes(line)
            or line.field is Field.AGENDA
            or (line.marker and line.kind is Kind.NUMBER)
            or rank > 25
        ):
            break
        if (
            line.field in {Field.NEXT, Field.PREVIOUS, Field.APPROVED, Field.RECORDER}
            or line.kind is Kind.BULLET
        ):
            continue
        for day in days(sheet.plain, line.start, min(line.end, line.start + 2_000)):
            if _OTHER_DAY.search(
                sheet.plain[max(line.start, day.span[0] - 60) : day.span[0]]
            ) and not _titled(sheet, line, day):
                continue
            found.append((day, _head_level(sheet, line, day) - rank * 0.004))
    return [pair for pair in found if pair[1] >= 0.45]


def _titled(sheet: Sheet, line: Line, day: Day) -> bool:
    """ "Protokoll vom 5. Mai": in a title the day belongs to the meeting."""
    if line.end - line.start >= 160:
        return False
    before = sheet.plain[line.start : day.span[0]]
    if "Bezug" in before or line.content.endswith("."):
        return False
    return bool(
        re.match(
            r"(?:\W*)(?:[^\d.]{0,60}[ –-])?(?:\w{1,40})?(?:[Pp]rotokoll|[Nn]iederschrift|PROTOKOLL)\b.{0,60}$",
            before,
        )
    )


def _head_level(sheet: Sheet, line: Line, day: Day) -> float:
    before = sheet.plain[max(line.start, day.span[0] - 24) : day.span[0]]
    level = Certainty.PROBABLE
    near = max(line.start, day.span[0] - 300)
    if _MEETS.search(sheet.plain, near, day.span[0]) or re.search(
        rf"{WEEKDAY},?\s{{0,9}}(?:den|dem|der)?\s{{0,9}}$", before
    ):
        level = Certainty.LIKELY
    if line.end - line.start > 200 and not _MEETS.search(sheet.plain, near, day.span[0]):
        level -= 0.3
    return level if day.year else level - 0.2


def _year_of(sheet: Sheet, day: Day) -> int | None:
    """A day without a year takes it from the head, or from the signature below."""
    if day.year:
        return day.year
    head = sheet.plain[: day.span[1] + 600]
    years = re.findall(r"(?<![\d.])((?:19|20)\d\d)(?!\d)", head)
    if years:
        return int(years[0])
    dated = [found.year for found in days(sheet.plain) if found.year]
    return dated[-1] if dated else None
