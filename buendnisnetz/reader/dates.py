"""Days and times of day as German minutes write them."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from buendnisnetz.reader.model import Span

_MONTH_NAMES = (
    ("januar", "jänner", "jan"),
    ("februar", "feber", "feb"),
    ("märz", "maerz", "mär", "mrz"),
    ("april", "apr"),
    ("mai",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("dezember", "dez"),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_ANY_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH = rf"(?i:{_ANY_MONTH})(?![a-zäöüß])\.?"
_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
WEEKDAY = r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Mo|Di|Mi|Do|Fr|Sa|So)\b\.?"

_DAY = re.compile(
    rf"(?<![\d.,/§-])(?:(?P<iso>(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d))(?!\d)"
    rf"|(?P<d>\d{{1,2}})(?:\.|ten|ter)?(?:[ \n]{{0,2}}(?:/|-|–|und|bis)[ \n]{{0,2}}\d{{1,2}}\.)?[ \n]{{0,2}}(?P<word>{MONTH})(?:[ \n]{{0,2}}'?(?P<wy>(?:19|20)\d\d|\d\d(?![\d.:]| ?Uhr)))?"
    r"|(?P<n>\d{1,2})\.[ ]?(?P<m>\d{1,2})(?:\.[ ]?'?(?P<ny>(?:19|20)\d\d|\d\d(?!\d|[.:]\d| ?Uhr| ?%| ?€| ?Euro))?(?!\d)|(?=\s{0,9}(?:$|[,;)])))"
    r"|(?P<s>\d{1,2})/(?P<sm>\d{1,2})/(?P<sy>(?:19|20)\d\d))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.,])(?:(?P<h>[01]?\d|2[0-4])[:.](?P<m>[0-5]\d)(?![\d.]\d|\d|[.:]\d| ?(?:€|Euro|EUR|%|Prozent))(?P<uhr>[ \n]{0,2}(?:Uhr|h\b))?"
    r"|(?P<h2>[01]?\d|2[0-4])[ \n]{0,2}(?:Uhr|h\b)(?:[ \n]{0,2}(?P<m2>[0-5]\d)(?![\d.]))?"
    r"|(?P<h3>[01]?\d|2[0-4])h(?P<m3>[0-5]\d)\b)"
)
_RANGE = re.compile(
    r"(?<![\d.,])(?P<a>(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?)[ ]{0,2}(?:Uhr)?[ \n]{0,2}(?:--?|–|—|bis)(?:[ ]ca\.)?[ \n]{0,2}(?P<b>(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?)[ ]{0,2}(?:Uhr|h\b)"
    r"|(?<![\d.,:])(?P<a2>(?:[01]?\d|2[0-4]):[0-5]\d)[ ]{0,2}(?:Uhr)?[ \n]{0,2}(?:--?|–|—|bis)[ \n]{0,2}(?P<b2>(?:[01]?\d|2[0-4]):[0-5]\d)(?![\d:])"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in the text; the year is None where the text leaves it out."""

    span: Span
    year: int | None
    month: int
    day: int

    def on(self, year: int | None = None) -> datetime.date | None:
        """The calendar day, or None for a 31 February."""
        try:
            return datetime.date(self.year or year or 0, self.month, self.day)
        except ValueError:
            return None

    def near(self, anchor: datetime.date | None, grace: int = 14) -> datetime.date | None:
        """The calendar day; without a year the first one that is not long before `anchor`.

        Minutes name days to come without a year, so "15.1." in November is next January; up to
        `grace` days back it is rather a day just gone by.
        """
        if self.year is not None or anchor is None:
            return self.on() if self.year is not None else None
        this_year = self.on(anchor.year)
        if this_year is None or (anchor - this_year).days > grace:
            return self.on(anchor.year + 1)
        return this_year


def days(plain: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """All days in this part of the text, in order."""
    for match in _DAY.finditer(plain, start, len(plain) if end is None else end):
        day = _day(match)
        if day is not None:
            yield day


def _day(match: re.Match[str]) -> Day | None:
    year: str | None
    if match["iso"]:
        year, month, day = match["iy"], int(match["im"]), int(match["id"])
    elif match["word"]:
        year, month, day = match["wy"], MONTHS[match["word"].lower().rstrip(".")], int(match["d"])
    elif match["n"]:
        year, month, day = match["ny"], int(match["m"]), int(match["n"])
    else:
        year, month, day = match["sy"], int(match["sm"]), int(match["s"])
    found = Day(match.span(), _full_year(year), month, day)
    return found if found.on(2000) else None


def _full_year(digits: str | None) -> int | None:
    if not digits:
        return None
    year = int(digits)
    if year >= 100:
        return year
    return 1900 + year if year >= 70 else 2000 + year


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `sure` when the word "Uhr" stands with it."""

    span: Span
    time: str
    sure: bool


def clocks(plain: str, start: int, end: int) -> Iterator[Clock]:
    """All times of day in this part of the text, in order."""
    for match in _TIME.finditer(plain, start, end):
        hour = match["h"] or match["h2"] or match["h3"]
        minute = match["m"] or match["m2"] or match["m3"] or "00"
        sure = not (match["h"] and not match["uhr"])
        yield Clock(match.span(), f"{int(hour) % 24:02d}:{minute}", sure)


def clock_range(plain: str, start: int, end: int) -> tuple[Clock, Clock] | None:
    """ "16:30 - 18:45 Uhr", "von 18 bis 20 Uhr"."""
    match = _RANGE.search(plain, start, end)
    if not match:
        return None
    first, last = ("a", "b") if match["a"] else ("a2", "b2")
    return (
        Clock(match.span(first), _clock_text(match[first]), sure=True),
        Clock(match.span(last), _clock_text(match[last]), sure=True),
    )


def _clock_text(written: str) -> str:
    hour, _, minute = written.replace(".", ":").partition(":")
    return f"{int(hour) % 24:02d}:{minute or '00'}"


def weekday_number(word: str) -> int | None:
    """0 for Monday; also "Sonnabend" and the two-letter forms."""
    key = word.lower().rstrip(".")
    if key == "sonnabend":
        return 5
    for number, name in enumerate(_WEEKDAYS):
        if key in (name, name[:2]):
            return number
    return None
