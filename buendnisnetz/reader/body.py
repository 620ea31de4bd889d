"""Which body met (S02)."""

import re
from collections.abc import Sequence

from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.heading import (
    BODY_ANY,
    BODY_NOUN,
    DOC_LINE,
    DOCUMENT,
    FURNITURE,
    HEAD_LINES,
    PLACE_OF_TIME,
    SITTING,
)
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Certainty, Span, Value
from buendnisnetz.reader.sheet import Sheet

# --- the body -----------------------------------------------------------------------------------

_OF_BODY = re.compile(
    rf"{SITTING}(?:\s\([^()]{{1,20}}\))?\s{{1,9}}(?:des|der|von|vom|mit dem|mit der|unseres|unserer|dieses|zum|zur|für (?:den|die|das))\s{{1,9}}(?P<body>.+)"
)
_DOCUMENT_OF = re.compile(
    rf"{DOCUMENT}(?:\s{{1,9}}(?:Nr\.?\s{{0,9}})?\d+\s{{0,9}}(?:/\s{{0,9}}\d+)?)?\s{{0,9}}(?:,|:|-|–)?\s{{0,9}}(?:über (?:die|das|den)|des|der|zur|zum|vom|von der|von dem|aus (?:dem|der)|für (?:den|die|das))?\s{{1,9}}(?P<body>.+)"
)
_BODY_END = re.compile(
    r"\s{1,9}(?:am|vom|den|dem|im|in|mit|zum Thema|zu|bei|statt|und der|ab|um|auf|über)\s{1,9}(?=[\dA-ZÄÖÜ„])|[,;:]\s|\s[-–—|]\s|\s\(?(?:Nr\.|TOP)\b|\s\d{1,2}\.\s?(?:\d|Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)|\.\s|\s(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|\sMittwoch"
)
# "Bündnisse im Wiesenland" is a name, "Beirat im Rathaus" is a place.
_LOCAL = re.compile(
    r"\s{1,9}i(?:n|m(?!\s{1,9}\w{0,40}(?:[Rr]athaus|[Ss]aal|[Hh]aus|[Zz]entrum|[Rr]aum|[Zz]immer|[Hh]eim|[Tt]reff|[Aa]mt)))(?:\s{1,9}der\s{1,9}\w{1,40})?\s{1,9}[A-ZÄÖÜ][\wäöüß.-]{1,40}(?:[\s-][A-ZÄÖÜ][\wäöüß-]{1,40})?"
)
_ORDINAL = re.compile(
    r"(?:\d{1,3}\.|[IVX]{1,40}\.|ersten?|zweiten?|dritten?|gemeinsamen?|ordentlichen?|außerordentlichen?|konstituierenden?|öffentlichen?|regelmäßigen?)\s{1,9}"
)


# "Projektgruppe Vereinbarkeit – Protokoll 5"
_BODY_FIRST = re.compile(rf"(?P<body>[^\n–—:]{{4,80}}?)\s{{0,9}}(?:[–—:]|-\s)\s{{0,9}}{DOCUMENT}\b")


def read_body(sheet: Sheet, fields: Sequence[Labelled], title: Value | None) -> Value | None:
    """The committee, alliance or organisation that met."""
    for labelled in fields:
        if labelled.field is Field.BODY and 2 < labelled.value[1] - labelled.value[0] < 120:
            return Value(sheet.words(labelled.value), labelled.value, Certainty.LIKELY)
    found = _body_in_title(sheet, title) if title else None
    if found is not None and title is not None and _GENERIC.fullmatch(found.value):
        # "Mitgliederversammlung" says how they met; who met stands in the letterhead.
        found = _letterhead(sheet, title) or found
    if found is not None and found.confidence >= Certainty.PROBABLE:
        return found
    return _body_line(sheet, title) or found or _name_above(sheet, title)


_GENERIC = re.compile(
    r"(?:\w{0,40}[Mm]itgliederversammlung|\w{0,40}[Hh]auptversammlung|\w{0,40}[Jj]ahresversammlung|[Vv]ollversammlung|[Vv]ersammlung|[Tt]reffen|[Ss]itzung)(?:\s{1,9}(?:19|20)\d\d)?"
)


def _letterhead(sheet: Sheet, title: Value) -> Value | None:
    """The association named before the title, on its line or above it."""
    line = sheet.line_at(title.span[0])
    above = [other for other in sheet.head(HEAD_LINES) if other.end <= title.span[0]][-3:]
    for start, end in [(line.start, title.span[0]), *((o.start, o.end) for o in reversed(above))]:
        words = sheet.words((start, end)).strip(" -–|,")
        if BODY_ANY.search(words) and len(words) <= 110 and not words.endswith(":"):
            return Value(
                words,
                (start, start + len(sheet.plain[start:end].rstrip(" -–|,"))),
                Certainty.PROBABLE,
            )
    return None


def _body_in_title(sheet: Sheet, title: Value) -> Value | None:
    """ "Sitzung des X" names the body; "Protokoll des X" does when X is one."""
    start, end = title.span
    before = _BODY_FIRST.match(sheet.plain, start, end)
    if before is not None:
        first = before.span("body")
        return Value(sheet.words(first), first, Certainty.PROBABLE)
    of_sitting = _OF_BODY.search(sheet.plain, start, end)
    if of_sitting is None:
        of_sitting = re.compile(_OF_BODY.pattern, re.DOTALL).search(sheet.plain, start, end)
    if of_sitting is not None:
        span = _body_span(sheet, of_sitting.start("body"), end)
        if span is not None:
            return Value(_nominative(sheet.words(span)), span, Certainty.LIKELY)
    document = re.compile(_DOCUMENT_OF.pattern, re.DOTALL).search(sheet.plain, start, end)
    if document is None:
        return None
    span = _body_span(sheet, document.start("body"), end)
    if span is None:
        return None
    strong = bool(BODY_ANY.search(sheet.words(span)))
    return Value(
        _nominative(sheet.words(span)), span, Certainty.PROBABLE if strong else Certainty.GUESS
    )


def _body_span(sheet: Sheet, start: int, end: int) -> Span | None:
    lead = _ORDINAL.match(sheet.plain, start, end)
    start = lead.end() if lead else start
    stop = _BODY_END.search(sheet.plain, start + 3, end)
    cut = stop.start() if stop else end
    if stop is not None:
        local = _LOCAL.match(sheet.plain, cut, end)
        cut = local.end() if local else cut
    while cut > start and sheet.plain[cut - 1] in " \n,.-–:(":
        cut -= 1
    return (start, cut) if cut - start >= 2 else None


def _nominative(body: str) -> str:
    """ "Seniorenbeirats der Stadt X" is the "Seniorenbeirat der Stadt X"."""
    words = body.split()
    stem = re.sub(r"s?sitzung$", "", words[0]) if words else ""
    if words and stem != words[0] and BODY_ANY.fullmatch(stem):
        words[0] = stem
    if (
        len(words) > 1
        and words[0].endswith("en")
        and words[0][0].isupper()
        and re.fullmatch(rf"{BODY_NOUN}(?:se|e|n|en)?", words[1])
    ):
        words[0] = words[0][:-2] + _adjective_ending(words[1])
    for index, word in enumerate(words):
        if word[0].isupper() and BODY_ANY.fullmatch(word):
            word = re.sub(r"nisses$", "nis", word)
            words[index] = (
                re.sub(r"(?<=[^s])e?s$|(?<=ss)es$", "", word)
                if not word.endswith(("kreis", "bündnis"))
                else word
            )
            words[index] = re.sub(r"nisses$", "nis", re.sub(r"kreise[s]?$", "kreis", words[index]))
            break
        if index and word in {"der", "des", "von", "in"}:
            break
    return " ".join(words)


def _adjective_ending(noun: str) -> str:
    """ "des Lokalen Bündnisses" is the "Lokale Bündnis" by its noun: a plural keeps "e"."""
    if not noun.endswith("s") or noun.endswith(("nisse", "bündnis", "kreis")):
        return "e"
    neuter = (
        "bündnisses",
        "netzwerks",
        "netzwerkes",
        "gremiums",
        "forums",
        "teams",
        "kuratoriums",
        "treffens",
    )
    return "es" if noun.lower().endswith(neuter) else "er"


def _body_line(sheet: Sheet, title: Value | None) -> Value | None:
    """A line of the head that is nothing but the name of a body."""
    end = title.span[1] if title else 0
    lines = sheet.head(HEAD_LINES)
    behind = [line for line in lines if line.start > end][:3]
    for line in [*(other for other in lines if other.start <= end), *behind]:
        content = line.content
        if (
            line.kind in {Kind.ROW, Kind.NUMBER, Kind.BULLET}
            or FURNITURE.match(content)
            or len(content) > 110
            or (line.start > end and content.endswith("."))
        ):
            continue
        if (
            DOC_LINE.match(content)
            or (line.label and (line.label[0] or line.start > end))
            or (content.endswith((".", "?", ":")) and "e.V." not in content)
        ):
            continue
        if BODY_ANY.search(content) and "/" not in content:
            span = _line_body(sheet, line)
            return Value(sheet.words(span), span, Certainty.PROBABLE)
    if title is not None and not DOC_LINE.match(title.value):
        inside = _body_span(sheet, *title.span)
        return Value(sheet.words(inside), inside, Certainty.GUESS) if inside else None
    return None


def _name_above(sheet: Sheet, title: Value | None) -> Value | None:
    """A short line right above the title is the letterhead."""
    if title is None:
        return None
    above = [line for line in sheet.lines if not line.blank and line.end <= title.span[0]][-1:]
    for line in above:
        if (
            8 <= len(line.content) <= 80
            and line.kind is Kind.TEXT
            and not FURNITURE.match(line.content)
            and not line.content.endswith((".", ":"))
        ):
            return Value(
                sheet.words((line.start, line.end)), (line.start, line.end), Certainty.GUESS
            )
    return None


def _line_body(sheet: Sheet, line: Line) -> Span:
    stop = PLACE_OF_TIME.search(sheet.plain, line.start + 3, line.end)
    end = stop.start() if stop else line.end
    number = re.compile(r"\s{1,9}\d{1,2}\.\d{1,2}\.\d{2,4}.*|\s[-–—|,]\s{0,9}\d{1,3}\.\s.*").search(
        sheet.plain, line.start, end
    )
    return (line.start, number.start() if number else end)
