"""Until when something is to be done, in the words of the minutes."""

import datetime
import re
from dataclasses import dataclass

from buendnisnetz.reader.dates import MONTH, WEEKDAY, days
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.text import tidy

_SITTING = r"(?:\w{0,40}[Ss]itzung|\w{0,40}[Tt]reffen|\w{0,40}[Vv]ersammlung|[Tt]ermin|[Bb]esprechung|Mal|[Rr]unde|\w{0,40}[Kk]onferenz|\w{0,40}abend|[Zz]usammenkunft|Vorstandssitzung|\w{0,40}[Tt]reff|Telko|Beratung|Gremium)"
_NEXT = rf"(?:nächsten?s?|kommenden?|folgenden?|übernächsten?|darauffolgenden?)\s{{1,9}}(?:\w{{1,40}}\s{{1,9}})?{_SITTING}"
_YEAR = r"(?:\s{1,9}(?:19|20)\d\d)?"
_FEAST = r"(?:(?:den\s{1,9})?(?:Oster|Sommer|Herbst|Weihnachts|Winter|Pfingst|Schul)?[Ff]erien|Ostern|Pfingsten|Weihnachten|Fasching|Karneval|Advent|Neujahr|Silvester|Jahreswechsel|(?:der\s{1,9})?(?:Sommer|Winter)pause|(?:der\s{1,9})?Wahl|Schulbeginn|Schuljahres(?:beginn|ende)|Jahresende|Jahresbeginn|Quartalsende|Monatsende|Wochenende|(?:zum\s{1,9})?(?:Beginn|Ende|Anfang)\s{1,9}der\s{1,9}\w{0,20}[Ff]erien)"
_SEASON = r"(?:Frühjahr|Frühling|Sommer|Herbst|Winter|Jahresende|Jahresanfang|Spätsommer|Frühsommer|Spätherbst)"
_NUMBER = r"(?:\d{1,2}|einer|einem|zwei|drei|vier|fünf|sechs|sieben|acht|zehn|zwölf|vierzehn)"
_PART = rf"(?:Ende|Mitte|Anfang)\s{{1,9}}(?:{MONTH}{_YEAR}|(?:des\s{{1,9}})?(?:Monats|Jahres|Quartals)|(?:nächster|dieser|kommender|der)\s{{1,9}}(?:Woche|Ferien|\w{{1,40}}ferien)|(?:nächsten|kommenden|dieses)\s{{1,9}}(?:Monats|Jahres)|(?:19|20)\d\d|KW\s{{0,9}}\d+|der\s{{1,9}}\w{{1,40}})"
_KW = r"(?:KW\s?\d{1,2}(?:\s?/\s?(?:20)?\d\d)?|\d{1,2}\.\s?(?:KW|Kalenderwoche)|Kalenderwoche\s?\d{1,2})"
_DATE = rf"(?:(?:{WEEKDAY},?\s{{1,9}})?(?:(?:den|dem|der)\s{{1,9}})?(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{4}}|\d\d(?!\d))?|\d{{1,2}}\.\s?{MONTH}{_YEAR}))"
_UNTIL = r"(?:bis(?:\s{1,9}spätestens)?|spätestens(?:\s{1,9}bis)?|Frist(?:\s{1,9}bis)?|[Ff]ällig(?:\s{1,9}(?:am|bis))?|[Aa]bgabe(?:termin)?(?:\s{1,9}(?:am|bis))?|[Tt]ermin|Rückmeldung|Deadline|vor(?=\s{1,9}(?:dem\s{1,9})?\d))"

_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (rank, re.compile(pattern))
    for rank, pattern in (
        (
            0,
            rf"(?<!\w)(?:bis|Bis|spätestens|Spätestens|Frist|Abgabe|(?:An|Ab|Ein)?[A-Za-z]{0, 12}schlu(?:ss|ß)|fällig|Termin|Deadline|Wiedervorlage|Rückmeldung|Rückgabe|T\.?:?|Zieltermin|Erledigung)\s{{0,9}}:?\s{{0,9}}(?:(?:bis|spätestens|am|zum|vor|zu|ist|der)\s{{1,9}})*{_DATE}",
        ),
        (
            1,
            rf"(?<!\w)(?:(?:bis|Bis|spätestens|noch|im Laufe|Rückmeldung)\s{{1,9}})*(?:(?:zum|zur|zu|der|vor|in der|in)\s{{1,9}})*{_KW}",
        ),
        (1, rf"(?<!\w)(?:(?:bis|Bis|spätestens|gegen|zu|zum|ab|noch)\s{{1,9}})*{_PART}"),
        (
            1,
            rf"(?<!\w)(?:(?:bis|Bis|spätestens|noch)\s{{1,9}})*(?:(?:zur|zum|zu|in der|im|beim|bei der|für die|für das|auf der|vor der|vor dem|der|auf die|in die|unserer|unserem)\s{{1,9}})+{_NEXT}",
        ),
        (1, rf"(?<!\w)(?:nächste[rs]?|kommende[rs]?)\s{{1,9}}{_SITTING}(?![\wäöü])"),
        (
            1,
            rf"(?<!\w)(?:bis|Bis)\s{{1,9}}(?:(?:spätestens|zum|zur|zu|nach|vor|den|dem)\s{{1,9}})*(?:{_FEAST}|{_SEASON})",
        ),
        (
            1,
            rf"(?<!\w)(?:bis|Bis)\s{{1,9}}(?:(?:spätestens|zum|kommenden|nächsten)\s{{1,9}})*{WEEKDAY}(?:abend|vormittag|nachmittag)?",
        ),
        (
            1,
            r"(?<!\w)(?:bis|Bis)\s{1,9}(?:zum|zur|zu den|zu der)\s{1,9}(?:nächsten\s{1,9}|kommenden\s{1,9})?(?:(?:Eltern|Vereins|Vorstands|Helfer|Planungs)?[A-ZÄÖÜ][\wäöüß-]{1,40})(?:\s{1,9}(?:im|am|in der)\s{1,9}(?:\w{1,40}))?",
        ),
        (1, rf"(?<!\w)(?:bis|Bis|[Ss]pätestens)\s{{1,9}}(?:im\s{{1,9}})?{MONTH}{_YEAR}"),
        (
            1,
            r"(?<!\w)(?:bis|Bis)\s{1,9}(?:heute|morgen|nächste Woche|kommende Woche|übermorgen|Jahresende|Wochenende|Monatsende)",
        ),
        (
            2,
            rf"(?<!\w)(?:in|innerhalb(?: von)?|binnen)\s{{1,9}}{_NUMBER}\s{{1,9}}(?:Tagen?|Wochen?|Monaten?)",
        ),
        (
            2,
            r"(?<!\w)(?:(?:noch|im Laufe)\s{1,9})?(?:in\s{1,9})?(?:diese[rn]?|der|nächste[rn]?|kommende[rn]?|übernächste[rn]?)\s{1,9}(?:Woche|Monat|Tage[n]?)(?!\w)(?:\s{0,9}\(KW\s?\d+\))?",
        ),
        (
            2,
            rf"(?<!\w)(?:noch\s{{1,9}})?(?:vor|nach)\s{{1,9}}(?:den\s{{1,9}}|dem\s{{1,9}}|der\s{{1,9}})?{_FEAST}",
        ),
        (
            2,
            r"(?<!\w)in der (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)-?(?:[Ss]itzung|[Tt]reffen|[Rr]unde|[Vv]ersammlung|[Bb]eratung)",
        ),
        (
            2,
            rf"(?<!\w)(?:noch\s{{1,9}})?(?:im|zum)\s{{1,9}}(?:kommenden\s{{1,9}}|nächsten\s{{1,9}})?(?:{_SEASON}){_YEAR}",
        ),
        (
            3,
            r"(?<!\w)(?:[Uu]mgehend|[Ss]ofort|[Zz]eitnah|[Ss]chnellstmöglich|[Bb]aldmöglichst|[Bb]aldigst|[Uu]nverzüglich|[Kk]urzfristig|so (?:bald|schnell) (?:wie|es) (?:möglich|geht)|möglichst bald|in Kürze|demnächst|laufend|fortlaufend|dauerhaft|ab sofort|(?<=bitte )schnell|noch heute|heute noch|[Uu]nmittelbar nach (?:der|dem) \w{1,40}|schnellstens|asap|ASAP)(?!\w)",
        ),
        (4, rf"(?<!\w)(?:[Aa]m|[Zz]um|[Vv]or dem|[Ff]ür den)\s{{1,9}}{_DATE}"),
        (5, rf"(?<!\w)(?:noch\s{{1,9}})?(?:im|für)\s{{1,9}}{MONTH}{_YEAR}"),
    )
)
_NO_DUE = re.compile(
    r"^(?:bis|Bis)\s{1,9}(?:zu[mr]?\s{1,9})?(?:\d+(?:[.,]\d+)?\s{0,9}(?:Uhr|€|Euro|EUR|Prozent|%|Personen|Kinder|Stück|Jahre)|auf)"
)
_ONLY_DATE = re.compile(rf"\(?\s{{0,9}}{_DATE}\s{{0,9}}\)?\.?")


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
