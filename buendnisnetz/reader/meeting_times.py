"""Begin and end of the meeting (S02)."""

import re
from collections.abc import Sequence
from itertools import islice

from buendnisnetz.reader.dates import Clock, clock_range, clocks
from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.head_lines import OPENS, line_at, on_early_line
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind
from buendnisnetz.reader.model import Certainty, Span, Value
from buendnisnetz.reader.sheet import Sheet

_MOST_SPOKEN = 600
_CLOSES = re.compile(
    r"\b(?:schließt|schloss|schloß|endet\w{0,40}|beendet\w{0,40}|geschlossen|Ende(?: der \w{1,40})?|Schluss(?: der \w{1,40})?|Sitzungsende|aus(?:einander)?|Feierabend)\b"
)
_LEAVES = re.compile(
    r"\b(?:verlässt|verließ|verlassen|gehen|geht|ging|gingen|kommt|kam|kommen|erscheint|unterbroch\w{0,40}|Pause)\b"
)


# --- begin and end ------------------------------------------------------------------------------


def read_times(
    sheet: Sheet, fields: Sequence[Labelled], date: Value | None
) -> tuple[Value | None, Value | None]:
    """Begin and end: by label, beside the date, or in the sentence that opens or closes."""
    start = _labelled_time(sheet, fields, Field.START)
    end = _labelled_time(sheet, fields, Field.END)
    for labelled in fields:
        if labelled.field in {Field.TIME, Field.DATE, Field.START} and on_early_line(
            sheet, labelled.line
        ):
            first, last = _from_range(sheet, labelled.value)
            start, end = start or first, end or last
    if date is not None and (start is None or end is None):
        first, last = _beside(sheet, date)
        start, end = start or first, end or last
    return start or _spoken(sheet, OPENS, last=False), end or _spoken(sheet, _CLOSES, last=True)


def _value(clock: Clock, level: float) -> Value:
    return Value(clock.time, clock.span, level)


def _labelled_time(sheet: Sheet, fields: Sequence[Labelled], field: Field) -> Value | None:
    for labelled in fields:
        if labelled.field is not field:
            continue
        both = clock_range(sheet.plain, *labelled.value)
        if both and field is Field.START:
            return _value(both[0], Certainty.SURE)
        for clock in clocks(
            sheet.plain, labelled.value[0], min(labelled.value[1], labelled.value[0] + 60)
        ):
            return _value(clock, Certainty.SURE)
    return None


def _from_range(sheet: Sheet, span: Span) -> tuple[Value | None, Value | None]:
    both = clock_range(sheet.plain, *span)
    if both:
        return _value(both[0], Certainty.LIKELY), _value(both[1], Certainty.LIKELY)
    first = next(
        (clock for clock in clocks(sheet.plain, *span) if clock.sure or _alone(sheet, clock, span)),
        None,
    )
    return (_value(first, Certainty.LIKELY), None) if first else (None, None)


def _alone(sheet: Sheet, clock: Clock, span: Span) -> bool:
    return ":" in sheet.plain[slice(*clock.span)] or clock.span == span


def _beside(sheet: Sheet, date: Value) -> tuple[Value | None, Value | None]:
    line = line_at(sheet, date.span[0])
    if line is None or len(line.content) > 400:
        return None, None
    first, last = _from_range(sheet, (date.span[1], line.end))
    if first is not None:
        return first, last
    following = next((other for other in sheet.lines[line.index + 1 :] if not other.blank), None)
    if (
        following is None
        or len(following.content) > 90
        or following.field is not None
        or following.kind is not Kind.TEXT
    ):
        return None, None
    return _from_range(sheet, (following.start, following.end))


def _spoken(sheet: Sheet, verb: re.Pattern[str], *, last: bool) -> Value | None:
    """ "… eröffnet um 18 Uhr die Sitzung", "Ende: 22 Uhr" in the middle of a line."""
    found: list[Value] = []
    matches = list(islice(verb.finditer(sheet.plain), _MOST_SPOKEN))
    for match in matches:
        stop = re.compile(r"[.!?](?=\s{1,9}[A-ZÄÖÜ])|\n\s{0,9}\n").search(
            sheet.plain, match.end(), match.end() + 160
        )
        reach = stop.start() if stop else match.end() + 160
        if last and (early := _just_before(sheet, match)):
            found.append(early)
        for clock in clocks(sheet.plain, match.end(), min(reach, len(sheet.plain))):
            between = sheet.plain[match.end() : clock.span[0]]
            if (
                clock.sure
                and not _LEAVES.search(between)
                and not re.search(r"\d{1,2}\.\s?\d|morgen|TOP", between)
            ):
                found.append(
                    _value(clock, Certainty.LIKELY if len(between) < 60 else Certainty.PROBABLE)
                )
            break
    if not found:
        return None
    return (
        found[-1]
        if last
        else (found[0] if found[0].span[0] < max(6000, len(sheet.plain) // 3) else None)
    )


def _just_before(sheet: Sheet, match: re.Match[str]) -> Value | None:
    """ "Gegen 21:15 Uhr war Schluss"."""
    start = max(0, match.start() - 60)
    near = [c for c in clocks(sheet.plain, start, match.start()) if c.sure]
    if not near:
        return None
    between = sheet.plain[near[-1].span[1] : match.start()]
    return (
        None
        if re.search(r"[.!?;]\s|\n|verlässt|geht|kommt|bis", between)
        else _value(near[-1], Certainty.LIKELY)
    )
