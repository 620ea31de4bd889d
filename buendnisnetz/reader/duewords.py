"""Until when something is to be done, in the words of the minutes."""

import datetime
import re
from dataclasses import dataclass

from buendnisnetz.reader.dates import MONTH, WEEKDAY, days
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.text import tidy

_SITTING = r"(?:\w*[Ss]itzung|\w*[Tt]reffen|\w*[Vv]ersammlung|[Tt]ermin|[Bb]esprechung|Mal|[Rr]unde|\w*[Kk]onferenz|\w*abend|[Zz]usammenkunft|Vorstandssitzung|\w*[Tt]reff|Telko|Beratung|Gremium)"
_NEXT = (
    rf"(?:nächsten?s?|kommenden?|folgenden?|übernächsten?|darauffolgenden?)\s+(?:\w+\s+)?{_SITTING}"
)
_YEAR = r"(?:\s+(?:19|20)\d\d)?"
_FEAST = r"(?:(?:den\s+)?(?:Oster|Sommer|Herbst|Weihnachts|Winter|Pfingst|Schul)?[Ff]erien|Ostern|Pfingsten|Weihnachten|Fasching|Karneval|Advent|Neujahr|Silvester|Jahreswechsel|(?:der\s+)?(?:Sommer|Winter)pause|(?:der\s+)?Wahl|Schulbeginn|Schuljahres(?:beginn|ende)|Jahresende|Jahresbeginn|Quartalsende|Monatsende|Wochenende)"
_SEASON = r"(?:Frühjahr|Frühling|Sommer|Herbst|Winter|Jahresende|Jahresanfang|Spätsommer|Frühsommer|Spätherbst)"
_NUMBER = r"(?:\d{1,2}|einer|einem|zwei|drei|vier|fünf|sechs|sieben|acht|zehn|zwölf|vierzehn)"
_PART = rf"(?:Ende|Mitte|Anfang)\s+(?:{MONTH}{_YEAR}|(?:des\s+)?(?:Monats|Jahres|Quartals)|(?:nächster|dieser|kommender|der)\s+(?:Woche|Ferien|\w+ferien)|(?:nächsten|kommenden|dieses)\s+(?:Monats|Jahres)|(?:19|20)\d\d|KW\s*\d+|der\s+\w+)"
_KW = r"(?:KW\s?\d{1,2}(?:\s?/\s?(?:20)?\d\d)?|\d{1,2}\.\s?(?:KW|Kalenderwoche)|Kalenderwoche\s?\d{1,2})"
_DATE = rf"(?:(?:{WEEKDAY},?\s+)?(?:(?:den|dem|der)\s+)?(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{4}}|\d\d(?!\d))?|\d{{1,2}}\.\s?{MONTH}{_YEAR}))"
_UNTIL = r"(?:bis(?:\s+spätestens)?|spätestens(?:\s+bis)?|Frist(?:\s+bis)?|[Ff]ällig(?:\s+(?:am|bis))?|[Aa]bgabe(?:termin)?(?:\s+(?:am|bis))?|[Tt]ermin|Rückmeldung|Deadline|vor(?=\s+(?:dem\s+)?\d))"

_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (rank, re.compile(pattern))
    for rank, pattern in (
        (
            0,
            rf"(?<!\w)(?:bis|Bis|spätestens|Spätestens|Frist|Abgabe|Anmeldeschluss|Einsendeschluss|Meldeschluss|fällig|Termin|Deadline|Wiedervorlage|Rückmeldung|Rückgabe|T:?|Zieltermin|Erledigung)\s*:?\s*(?:(?:bis|spätestens|am|zum|vor|zu|ist|der)\s+)*{_DATE}",
        ),
        (
            1,
            rf"(?<!\w)(?:(?:bis|Bis|spätestens|noch|im Laufe|Rückmeldung)\s+)*(?:(?:zum|zur|zu|der|vor|in der|in)\s+)*{_KW}",
        ),
        (1, rf"(?<!\w)(?:(?:bis|Bis|spätestens|gegen|zu|zum|ab|noch)\s+)*{_PART}"),
        (
            1,
            rf"(?<!\w)(?:(?:bis|Bis|spätestens|noch)\s+)*(?:(?:zur|zum|zu|in der|im|beim|bei der|für die|für das|auf der|vor der|vor dem|der|auf die|in die|unserer|unserem)\s+)+{_NEXT}",
        ),
        (1, rf"(?<!\w)(?:nächste[rs]?|kommende[rs]?)\s+{_SITTING}(?![\wäöü])"),
        (
            1,
            rf"(?<!\w)(?:bis|Bis)\s+(?:(?:spätestens|zum|zur|zu|nach|vor|den|dem)\s+)*(?:{_FEAST}|{_SEASON})",
        ),
        (
            1,
            rf"(?<!\w)(?:bis|Bis)\s+(?:(?:spätestens|zum|kommenden|nächsten)\s+)*{WEEKDAY}(?:abend|vormittag|nachmittag)?",
        ),
        (
            1,
            r"(?<!\w)(?:bis|Bis)\s+(?:zum|zur|zu den|zu der)\s+(?:nächsten\s+|kommenden\s+)?(?:(?:Eltern|Vereins|Vorstands|Helfer|Planungs)?[A-ZÄÖÜ][\wäöüß-]+)(?:\s+(?:im|am|in der)\s+(?:\w+))?",
        ),
        (1, rf"(?<!\w)(?:bis|Bis|[Ss]pätestens)\s+(?:im\s+)?{MONTH}{_YEAR}"),
        (
            1,
            r"(?<!\w)(?:bis|Bis)\s+(?:heute|morgen|nächste Woche|kommende Woche|übermorgen|Jahresende|Wochenende|Monatsende)",
        ),
        (2, rf"(?<!\w)(?:in|innerhalb(?: von)?|binnen)\s+{_NUMBER}\s+(?:Tagen?|Wochen?|Monaten?)"),
        (
            2,
            r"(?<!\w)(?:(?:noch|im Laufe)\s+)?(?:in\s+)?(?:diese[rn]?|der|nächste[rn]?|kommende[rn]?|übernächste[rn]?)\s+(?:Woche|Monat|Tage[n]?)(?!\w)(?:\s*\(KW\s?\d+\))?",
        ),
        (2, rf"(?<!\w)(?:noch\s+)?(?:vor|nach)\s+(?:den\s+|dem\s+|der\s+)?{_FEAST}"),
        (
            2,
            r"(?<!\w)in der (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)-?(?:sitzung|treffen|runde)",
        ),
        (2, rf"(?<!\w)(?:noch\s+)?(?:im|zum)\s+(?:kommenden\s+|nächsten\s+)?(?:{_SEASON}){_YEAR}"),
        (
            3,
            r"(?<!\w)(?:[Uu]mgehend|[Ss]ofort|[Zz]eitnah|[Ss]chnellstmöglich|[Bb]aldmöglichst|[Bb]aldigst|[Uu]nverzüglich|[Kk]urzfristig|so (?:bald|schnell) (?:wie|es) (?:möglich|geht)|möglichst bald|in Kürze|demnächst|laufend|fortlaufend|dauerhaft|ab sofort|(?<=bitte )schnell|noch heute|schnellstens|asap|ASAP)(?!\w)",
        ),
        (4, rf"(?<!\w)(?:[Aa]m|[Zz]um|[Vv]or dem|[Ff]ür den)\s+{_DATE}"),
        (5, rf"(?<!\w)(?:noch\s+)?(?:im|für)\s+{MONTH}{_YEAR}"),
    )
)
_NO_DUE = re.compile(
    r"^(?:bis|Bis)\s+(?:zu[mr]?\s+)?(?:\d+(?:[.,]\d+)?\s*(?:Uhr|€|Euro|EUR|Prozent|%|Personen|Kinder|Stück|Jahre)|auf)"
)
_ONLY_DATE = re.compile(rf"\(?\s*{_DATE}\s*\)?\.?")


@dataclass(frozen=True, slots=True)
class Due:
    """ISO date where the words name a day, else the words."""

    value: str
    span: Span
    rank: int


def find_due(plain: str, start: int, end: int, meeting: datetime.date | None) -> Due | None:
    """The most telling deadline in this part of the text, or None."""
    best: Due | None = None
    for rank, pattern in _PATTERNS:
        if best is not None and rank > best.rank:
            break
        match = pattern.search(plain, start, end)
        if match is None or _NO_DUE.match(plain[match.start() : match.end() + 12]):
            continue
        if rank >= 4 and _gone_by(plain, match.span(), meeting):
            continue
        if best is None or match.start() < best.span[0]:
            best = Due(_value(plain, match.span(), meeting), match.span(), rank)
    return best


def _gone_by(plain: str, span: Span, meeting: datetime.date | None) -> bool:
    """ "am 9. November" in minutes of the 21st tells what was."""
    day = next(days(plain, *span), None)
    when = day.near(meeting) if day else None
    return when is not None and meeting is not None and when <= meeting


def due_of_cell(plain: str, span: Span, meeting: datetime.date | None) -> str | None:
    """What a column "Bis wann" says: a day, or its words as they stand."""
    words = tidy(plain[slice(*span)]).strip(" .")
    if not any(letter.isalnum() for letter in words):
        return None
    found = next(days(plain, *span), None)
    if found is not None and found.span[1] - found.span[0] >= 0.4 * len(words):
        when = found.near(meeting)
        return when.isoformat() if when else words
    return words


def is_deadline(words: str) -> bool:
    """Whether these words are nothing but a deadline."""
    bare = words.strip(" ()[],;:")
    if not bare:
        return False
    if _ONLY_DATE.fullmatch(bare):
        return True
    return any(
        pattern.fullmatch(form) for _, pattern in _PATTERNS for form in (bare, bare.rstrip("."))
    )


def _value(plain: str, span: Span, meeting: datetime.date | None) -> str:
    day = next(days(plain, *span), None)
    if day is not None and not re.match(r"(?i)(?:noch )?vor\b", plain[span[0] : span[1]]):
        when = day.near(meeting)
        if when is not None:
            return when.isoformat()
    words = tidy(plain[slice(*span)]).strip(" :,")
    return words.rstrip(".") if words[-2:-1].isalpha() else words
