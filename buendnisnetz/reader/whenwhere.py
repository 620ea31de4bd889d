"""Day, begin, end and place of the meeting (S02)."""

import datetime
import re
from collections.abc import Iterable, Sequence
from itertools import islice

from buendnisnetz.reader.dates import WEEKDAY, Clock, Day, clock_range, clocks, days
from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Certainty, Span, Value
from buendnisnetz.reader.sheet import Sheet

_HEAD_LINES = 40
_MOST_SPOKEN = 600
_OTHER_DAY = re.compile(
    r"(?:Einladung|Brief|Schreiben|eingeladen|Stand|[Ee]rstellt|[Aa]ktualisiert|Fassung|letzten?|vorigen?|vorherigen?|nächste[rsn]?|[Dd]ruck\w*|gedruckt|[Pp]rotokoll|[Nn]iederschrift|Anlage|[Gg]enehmig\w*|[Ff]reigegeben|geändert|[Vv]erteilt|[Vv]ersandt|veröffentlicht|Veröffentlichung|hochgeladen|gespeichert|seit|bis|Bekanntmachung|Vorlage|Drucksache|Satzung|Antrag|gez\.|Kündigung|Termin|Frist|Abruf|abgerufen|Änderung|Mail|Bescheid|Umlaufbeschluss)\b(?:\s+(?:vom|am|zum|zur|der|des|Nr\.?\s?\d*|Sitzung))*[\s:]*(?:\w+,?\s+)?$"
)
_MEETS = re.compile(
    r"(?:Sitzung|Treffen|Versammlung|Besprechung|Konferenz|Tagung|Protokoll|Niederschrift|abend|treff|Runde|Workshop|runde|gespräch)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:eröffne\w*|begann|beginnt|begonnen|begrüß\w*|startet\w*|Beginn(?: der \w+)?|Anfang|fing|ging(?:'s| es) los|heißt)\b"
)
_CLOSES = re.compile(
    r"\b(?:schließt|schloss|schloß|endet\w*|beendet\w*|geschlossen|Ende(?: der \w+)?|Schluss(?: der \w+)?|Sitzungsende|aus(?:einander)?|Feierabend)\b"
)
_LEAVES = re.compile(
    r"\b(?:verlässt|verließ|verlassen|gehen|geht|ging|gingen|kommt|kam|kommen|erscheint|unterbroch\w*|Pause)\b"
)
_PLACE_LEAD = re.compile(
    r"(?:,|\.|\s|-|–|Uhr|\()\s*(?P<lead>im|in der|in den|in|beim|bei|am|auf dem|auf der|an der|per|via|als)\s+(?P<place>[\"„A-ZÄÖÜ][^\n]*)"
)
_PLACE_WORDS = re.compile(
    r"(?:[Rr]athaus|[Ss]aal\b|[Ss]aals\b|zimmer\b|[Gg]emeindehaus|[Bb]ürgerhaus|[Zz]entrum|[Ss]traße\s*\d|[Ss]tr\.\s*\d|Raum\s|[Rr]aum\b|\bZoom\b|[Vv]ideokonferenz|[Tt]elefonkonferenz|[Oo]nline|Haus\b|haus\b|[Ss]chule\b|[Gg]asthof|[Gg]aststätte|[Cc]afé|[Jj]itsi|[Ll]andratsamt|[Tt]reff\b|[Kk]ita\b|platz\s\d|weg\s\d|gasse\s\d|\b\d{5}\s[A-ZÄÖÜ])"
)
_PLACE_END = re.compile(
    r"\s+(?:statt|von \d|ab \d|um \d|am \d|findet|fand|mit|zum Thema|wurde|begann|unter|zu dem)\b|,?\s*(?:Beginn|Ende|Dauer|Uhrzeit|Zeit|Datum|Anwesend|Teilnehm)|[.;](?:\s|$)|,\s*,|,?\s*(?:von |ab )?\d{1,2}[:.]\d{2}|\s[-–]\s*\d|\s\|\s|,\s*\d{1,2}\.\s?(?:\d|[A-Z])|\s\(?\d{1,2}[.:]\d\d Uhr"
)


_ROOM = re.compile(
    r"\b(?:im|in der|in den Räumen|in dem|beim|auf dem)\s+(?P<place>(?:[A-ZÄÖÜ][\wäöüß-]*\s)?[A-ZÄÖÜ][\wäöüß-]*(?:raum|saal|haus|café|zentrum|schule|kita|heim|halle|treff|laden|hof|stube|zimmer|küche|büro|gasthof|krug|turm|scheune|rathaus|bücherei|Raum|Saal|Haus|Café|Zentrum|Schule|Kita|Heim|Halle)(?:\s(?:der|des|am|an der|in der|in)\s[A-ZÄÖÜ][\wäöüß-]+)?)(?![\wäöü])"
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
            if not _on_early_line(sheet, labelled.line):
                level -= 0.3
            found.append((day, level if day.year else level - 0.15))
            break
    return found


def _on_early_line(sheet: Sheet, line: Line) -> bool:
    return line.index <= sheet.head_end(_HEAD_LINES)


def _head_days(sheet: Sheet) -> list[tuple[Day, float]]:
    found: list[tuple[Day, float]] = []
    lines = sheet.head(_HEAD_LINES)
    for rank, line in enumerate(lines):
        if line.field is Field.AGENDA or (line.marker and line.kind is Kind.NUMBER) or rank > 25:
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
    return bool(
        re.match(r"(?:\W*)(?:\w+)?(?:[Pp]rotokoll|[Nn]iederschrift|PROTOKOLL)\b.{0,60}$", before)
    )


def _head_level(sheet: Sheet, line: Line, day: Day) -> float:
    before = sheet.plain[max(line.start, day.span[0] - 24) : day.span[0]]
    level = Certainty.PROBABLE
    near = max(line.start, day.span[0] - 300)
    if _MEETS.search(sheet.plain, near, day.span[0]) or re.search(
        rf"{WEEKDAY},?\s*(?:den|dem|der)?\s*$", before
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


# --- begin and end ------------------------------------------------------------------------------


def read_times(
    sheet: Sheet, fields: Sequence[Labelled], date: Value | None
) -> tuple[Value | None, Value | None]:
    """Begin and end: by label, beside the date, or in the sentence that opens or closes."""
    start = _labelled_time(sheet, fields, Field.START)
    end = _labelled_time(sheet, fields, Field.END)
    for labelled in fields:
        if labelled.field in {Field.TIME, Field.DATE, Field.START} and _on_early_line(
            sheet, labelled.line
        ):
            first, last = _from_range(sheet, labelled.value)
            start, end = start or first, end or last
    if date is not None and (start is None or end is None):
        first, last = _beside(sheet, date)
        start, end = start or first, end or last
    return start or _spoken(sheet, _OPENS, last=False), end or _spoken(sheet, _CLOSES, last=True)


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
    line = _line_at(sheet, date.span[0])
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


def _line_at(sheet: Sheet, at: int) -> Line | None:
    line = sheet.line_at(at)
    return line if line.start <= at < line.end else None


def _spoken(sheet: Sheet, verb: re.Pattern[str], *, last: bool) -> Value | None:
    """ "… eröffnet um 18 Uhr die Sitzung", "Ende: 22 Uhr" in the middle of a line."""
    found: list[Value] = []
    matches = list(islice(verb.finditer(sheet.plain), _MOST_SPOKEN))
    for match in matches:
        stop = re.compile(r"[.!?](?=\s+[A-ZÄÖÜ])|\n\s*\n").search(
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


# --- place --------------------------------------------------------------------------------------


def read_place(sheet: Sheet, fields: Sequence[Labelled], date: Value | None) -> Value | None:
    """Where they met: by label, or behind the day in the head."""
    for labelled in fields:
        if labelled.field is Field.PLACE and labelled.value[0] < labelled.value[1]:
            span = _place_span(sheet, _behind_date(sheet, labelled.value))
            if span is not None and len(sheet.words(span)) < 160:
                return Value(sheet.words(span), span, Certainty.SURE)
    for labelled in fields:
        if labelled.field in {Field.DATE, Field.TIME} and _on_early_line(sheet, labelled.line):
            span = _led_place(sheet, labelled.value)
            if span is not None:
                return Value(sheet.words(span), span, Certainty.LIKELY)
    beside = _place_beside(sheet, date) if date is not None else None
    return beside or _opening_place(sheet)


def _opening_place(sheet: Sheet) -> Value | None:
    """ "… eröffnete die Versammlung im Bewegungsraum der Kita und …"."""
    for match in _OPENS.finditer(sheet.plain, 0, min(len(sheet.plain), 6000)):
        stop = re.compile(r"[.!?](?=\s)|\n").search(sheet.plain, match.end())
        reach = min(stop.start() if stop else len(sheet.plain), match.end() + 200)
        found = _ROOM.search(sheet.plain, match.end(), reach)
        if found is not None:
            span = found.span("place")
            return Value(sheet.words(span), span, Certainty.PROBABLE)
    return None


def _behind_date(sheet: Sheet, span: Span) -> Span:
    """ "Ort und Datum: Gera, 5.5.2020": the day is no part of the place."""
    day = next(days(sheet.plain, *span), None)
    if day is None:
        return span
    before = sheet.plain[span[0] : day.span[0]].strip(" ,")
    return (span[0], day.span[0]) if len(before) > 3 else (day.span[1], span[1])


def _place_span(sheet: Sheet, span: Span) -> Span | None:
    start, end = span
    while start < end and sheet.plain[start] in " ,;:-–\n":
        start += 1
    stop = _PLACE_END.search(sheet.plain, start + 2, end)
    end = stop.start() if stop else end
    while end > start and sheet.plain[end - 1] in " ,;:-–(\n":
        end -= 1
    return (start, end) if end - start >= 2 else None


def _led_place(sheet: Sheet, span: Span) -> Span | None:
    match = _PLACE_LEAD.search(sheet.plain, *span)
    if match is None:
        return None
    return _place_span(sheet, match.span("place"))


def _place_beside(sheet: Sheet, date: Value) -> Value | None:
    line = _line_at(sheet, date.span[0])
    if line is None:
        return None
    span = _led_place(sheet, (date.span[1], line.end))
    if span is not None and span[1] - span[0] < 120:
        return Value(sheet.words(span), span, Certainty.LIKELY)
    loose = _PLACE_WORDS.search(sheet.plain, date.span[1], line.end)
    if loose is not None and line.end - line.start < 250:
        return _loose_place(sheet, (date.span[1], line.end))
    for following in [
        other for other in sheet.lines[line.index + 1 : line.index + 4] if not other.blank
    ][:2]:
        if (
            following.field is not None
            or following.kind is not Kind.TEXT
            or len(following.content) > 90
            or following.heading
        ):
            break
        if _PLACE_WORDS.search(following.content) and not following.content.endswith((".", ":")):
            return _loose_place(sheet, (following.start, following.end))
    return None


def _loose_place(sheet: Sheet, span: Span) -> Value | None:
    """A piece between commas or after the clock that looks like a room or an address."""
    match = re.compile(
        r"^[\s,;|/–-]*(?:(?:von|um|ab)?\s*\d{1,2}[:.]\d\d(?:\s*(?:-|–|bis)\s*\d{1,2}[:.]\d\d)?\s*(?:Uhr)?|\d{1,2}\s*(?:bis|-|–)?\s*\d{0,2}\s*Uhr)?[\s,;|/–-]*(?:(?:im|in der|in|Ort:)\s+)?"
    ).match(sheet.plain[span[0] : span[1]])
    start = span[0] + (match.end() if match else 0)
    found = _place_span(sheet, (start, span[1]))
    return Value(sheet.words(found), found, Certainty.PROBABLE) if found else None
