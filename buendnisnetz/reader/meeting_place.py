"""Where they met (S02)."""

import re
from collections.abc import Sequence

from buendnisnetz.reader.dates import days
from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.head_lines import HEAD_LINES, OPENS, on_early_line
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Certainty, Span, Value
from buendnisnetz.reader.sheet import Sheet

_PLACE_LEAD = re.compile(
    r"(?:,|\.|\s|-|–|Uhr|\()\s{0,9}(?P<lead>im|in der|in den|in|beim|bei|am|auf dem|auf der|an der|per|via|als)\s{1,9}(?P<place>[\"„A-ZÄÖÜ][^\n]*)"
)
_PLACE_WORDS = re.compile(
    r"(?:[Rr]athaus|[Ss]aal\b|[Ss]aals\b|zimmer\b|[Gg]emeindehaus|[Bb]ürgerhaus|[Zz]entrum|[Ss]traße\s{0,9}\d|[Ss]tr\.\s{0,9}\d|Raum\s|[Rr]aum\b|\bZoom\b|[Vv]ideokonferenz|[Tt]elefonkonferenz|[Oo]nline|Haus\b|haus\b|[Ss]chule\b|[Gg]asthof|[Gg]aststätte|[Cc]afé|[Jj]itsi|[Ll]andratsamt|[Tt]reff\b|[Kk]ita\b|platz\s\d|weg\s\d|gasse\s\d|\b\d{5}\s[A-ZÄÖÜ])"
)
_PLACE_END = re.compile(
    r"\s{1,9}(?:statt|von \d|ab \d|um \d|am \d|findet|fand|mit|zum Thema|wurde|begann|unter|zu dem)\b|,?\s{0,9}(?:Beginn|Ende|Dauer|Uhrzeit|Zeit|Datum|Anwesend|Teilnehm)|[.;](?:\s|$)|,\s{0,9},|,?\s{0,9}(?:von |ab )?\d{1,2}[:.]\d{2}|\s[-–]\s{0,9}\d|\s\|\s|,\s{0,9}\d{1,2}\.\s?(?:\d|[A-Z])|\s\(?\d{1,2}[.:]\d\d Uhr"
)


_ROOM = re.compile(
    r"\b(?:im|in der|in den Räumen|in dem|beim|auf dem)\s{1,9}(?P<place>(?:[A-ZÄÖÜ][\wäöüß-]{0,40}\s)?[A-ZÄÖÜ][\wäöüß-]{0,40}(?:raum|saal|haus|café|zentrum|schule|kita|heim|halle|treff|laden|hof|stube|zimmer|küche|büro|gasthof|krug|turm|scheune|rathaus|bücherei|Raum|Saal|Haus|Café|Zentrum|Schule|Kita|Heim|Halle)(?:\s(?:der|des|am|an der|in der|in)\s[A-ZÄÖÜ][\wäöüß-]{1,40})?)(?![\wäöü])"
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
        if labelled.field in {Field.DATE, Field.TIME} and on_early_line(sheet, labelled.line):
            span = _led_place(sheet, labelled.value)
            if span is not None:
                return Value(sheet.words(span), span, Certainty.LIKELY)
    beside = _place_beside(sheet, date) if date is not None else None
    return beside or _opening_place(sheet)


def _opening_place(sheet: Sheet) -> Value | None:
    """ "… eröffnete die Versammlung im Bewegungsraum der Kita und …"."""
    for match in OPENS.finditer(sheet.plain, 0, min(len(sheet.plain), 6000)):
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
    while start < end and sheet.plain[start] in " ,;:-–(\n":
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
    """Behind the day, wherever the head names the same day."""
    for line in sheet.head(HEAD_LINES)[:30]:
        for day in days(sheet.plain, line.start, min(line.end, line.start + 600)):
            same = day.span == date.span or (day.on() is not None and str(day.on()) == date.value)
            found = _place_behind(sheet, line, day.span[1]) if same else None
            if found is not None:
                return found
    return None


def _place_behind(sheet: Sheet, line: Line, at: int) -> Value | None:
    """On the rest of the line, or on one of the next two."""
    span = _led_place(sheet, (at, line.end))
    if span is not None and span[1] - span[0] < 120:
        return Value(sheet.words(span), span, Certainty.LIKELY)
    loose = _PLACE_WORDS.search(sheet.plain, at, line.end)
    if loose is not None and line.end - line.start < 250:
        return _loose_place(sheet, (at, line.end))
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
        r"^[\s,;|/–-]{0,40}(?:(?:von|um|ab)?\s{0,9}\d{1,2}(?:[:.]\d\d)?\s?(?:-|–|bis)\s?\d{1,2}[:.]\d\d\s?(?:Uhr|h)?|(?:von|um|ab)?\s{0,9}\d{1,2}[:.]\d\d(?:\s{0,9}(?:-|–|bis)\s{0,9}\d{1,2}[:.]\d\d)?\s{0,9}(?:Uhr)?|\d{1,2}\s{0,9}(?:bis|-|–)?\s{0,9}\d{0,2}\s{0,9}Uhr)?[\s,;|/–-]{0,40}(?:(?:im|in der|in|Ort:)\s{1,9})?"
    ).match(sheet.plain[span[0] : span[1]])
    start = span[0] + (match.end() if match else 0)
    found = _place_span(sheet, (start, span[1]))
    return Value(sheet.words(found), found, Certainty.PROBABLE) if found else None
