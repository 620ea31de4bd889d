"""Words such as "bis Ende Mai" turned into a day that a person may confirm.

The reader reports the words; which day they mean is a proposal for the importing application. The
calendar days are late ones on purpose, so that nobody is reminded before the words allow it.
"""

import calendar
import datetime
import re
from collections.abc import Callable

from buendnisnetz.reader.dates import MONTHS, days, weekday_number
from buendnisnetz.reader.lexicon import number

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NEXT = re.compile(
    r"\b(?:nächst|kommend|folgend)\w{0,40}\s{1,9}(?:\w{1,40}\s{1,9})?\w{0,40}(?:sitzung|treffen|mal|runde|termin|versammlung|besprechung|treff|konferenz|beratung|abend|tagung)"
)
_PART_OF_MONTH = re.compile(
    rf"\b(anfang|mitte|ende)\s{{1,9}}(?:des\s{{1,9}}monats\s{{1,9}})?({_MONTH})\b\.?\s{{0,9}}((?:19|20)\d\d)?"
)
_MONTH_ONLY = re.compile(rf"\b({_MONTH})\b\.?\s{{0,9}}((?:19|20)\d\d)?")
_PART_OF_YEAR = re.compile(r"\b(anfang|mitte|ende)\s{1,9}((?:19|20)\d\d)\b")
_WEEK = re.compile(
    r"\b(?:kw|kalenderwoche)\s{0,9}(\d{1,2})(?:\s{0,9}/\s{0,9}(\d{2,4}))?|\b(\d{1,2})\.\s{0,9}(?:kw|kalenderwoche)"
)
_SPAN = re.compile(
    r"\b(?:in|innerhalb(?: von)?|binnen)\s{1,9}(\w{1,40})\s{1,9}(tag|woche|monat)\w{0,40}"
)
_RELATIVE_WEEK = re.compile(r"\b(diese|nächste|kommende|übernächste)[rnms]?\s{1,9}woche")
_RELATIVE_MONTH = re.compile(r"\b(diese|nächste|kommende)[rnms]?\s{1,9}monat")
_WEEKDAY = re.compile(r"\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)")
_SEASON = re.compile(
    r"\b(?:spät|früh)?(frühjahr|frühling|sommer|herbst|winter)\b(?!ferien|pause)\s{0,9}((?:19|20)\d\d)?",
    re.IGNORECASE,
)
_FEAST = re.compile(
    r"\b(vor|nach)?\s{0,9}(ostern|pfingsten|weihnachten|himmelfahrt|neujahr|silvester|jahreswechsel|fronleichnam|advent)\b"
)
_AT_ONCE = re.compile(
    r"\b(?:umgehend|sofort|unverzüglich|schnellstmöglich|schnellstens|asap|schnell)\b"
)
_SOON = re.compile(
    r"\b(?:zeitnah|baldmöglichst|baldigst|kurzfristig|so bald|so schnell|möglichst bald|in kürze|demnächst)\b"
)
_SEASON_ENDS = {
    "frühjahr": (5, 31),
    "frühling": (5, 31),
    "sommer": (8, 31),
    "herbst": (11, 30),
    "winter": (2, 28),
}

Meeting = datetime.date | None


def resolve_due(words: str, meeting_date: Meeting, next_meeting: Meeting) -> datetime.date | None:
    """A proposed day for the words of a deadline, or None when nobody can know it.

    `meeting_date` and `next_meeting` are those of the minutes; without the first only full dates
    and the next meeting can be resolved.
    """
    text = " ".join(words.lower().split())
    named = next(days(text), None)
    if named is not None and not re.search(r"\bnach\b", text):
        day = named.near(meeting_date)
        return (
            day - datetime.timedelta(days=1) if day and re.match(r"(?:noch )?vor\b", text) else day
        )
    if _NEXT.search(text):
        return next_meeting
    if "ferien" in text or "pause" in text or meeting_date is None:
        return None
    for rule in _RULES:
        found = rule(text, meeting_date)
        if found is not None:
            return found
    return None


def _last_day(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _coming(month: int, day: int, meeting: datetime.date) -> datetime.date:
    """The first such day on or after the meeting."""
    this_year = datetime.date(
        meeting.year, month, min(day, calendar.monthrange(meeting.year, month)[1])
    )
    if this_year >= meeting:
        return this_year
    return datetime.date(
        meeting.year + 1, month, min(day, calendar.monthrange(meeting.year + 1, month)[1])
    )


def _part_of_month(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _PART_OF_MONTH.search(text)
    if match is None:
        return None
    month = MONTHS[match[2]]
    day = {"anfang": 10, "mitte": 15, "ende": 31}[match[1]]
    if match[3]:
        return (
            min(datetime.date(int(match[3]), month, min(day, 28)), _last_day(int(match[3]), month))
            if day < 31
            else _last_day(int(match[3]), month)
        )
    return _coming(month, day, meeting)


def _part_of_year(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _PART_OF_YEAR.search(text)
    if match:
        month = {"anfang": 1, "mitte": 6, "ende": 12}[match[1]]
        return _last_day(int(match[2]), month)
    if re.search(r"\b(?:jahresende|ende des jahres|ende dieses jahres)\b", text):
        return datetime.date(meeting.year, 12, 31)
    if re.search(r"\b(?:monatsende|ende des monats|ende dieses monats)\b", text):
        return _last_day(meeting.year, meeting.month)
    if re.search(r"\b(?:quartalsende|ende des quartals)\b", text):
        return _last_day(meeting.year, (meeting.month - 1) // 3 * 3 + 3)
    return None


def _week(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _WEEK.search(text)
    if match is None:
        return None
    week = int(match[1] or match[3])
    year = int(match[2]) % 2000 + 2000 if match[2] else meeting.year
    if not match[2] and week < meeting.isocalendar().week:
        year += 1
    try:
        return datetime.date.fromisocalendar(year, week, 5)
    except ValueError:
        return None


def _span(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _SPAN.search(text)
    count = number(match[1]) if match else None
    if match is None or count is None or count > 1000:
        return None
    if match[2] == "monat":
        month = meeting.month - 1 + count
        year, month = meeting.year + month // 12, month % 12 + 1
        return min(
            _last_day(year, month),
            datetime.date(year, month, min(meeting.day, 28))
            + datetime.timedelta(days=max(0, meeting.day - 28)),
        )
    return meeting + datetime.timedelta(days=count * (7 if match[2] == "woche" else 1))


def _relative(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _RELATIVE_WEEK.search(text) or re.search(
        r"\b(ende) (?:der|dieser) woche|wochenende", text
    )
    if match is not None:
        ahead = {"nächste": 1, "kommende": 1, "übernächste": 2}.get(match[1] or "", 0)
        friday = meeting + datetime.timedelta(days=4 - meeting.weekday() + 7 * ahead)
        return friday if friday >= meeting else friday + datetime.timedelta(days=2)
    month = _RELATIVE_MONTH.search(text)
    if month is not None:
        ahead = 0 if month[1] == "diese" else 1
        index = meeting.month - 1 + ahead
        return _last_day(meeting.year + index // 12, index % 12 + 1)
    return None


def _weekday(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _WEEKDAY.search(text)
    wanted = weekday_number(match[1]) if match else None
    if wanted is None:
        return None
    return meeting + datetime.timedelta(days=(wanted - meeting.weekday() - 1) % 7 + 1)


def _feast(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _FEAST.search(text)
    if match is None or match[1] == "nach":
        return None
    for year in (meeting.year, meeting.year + 1):
        day = _feast_day(match[2], year)
        if match[1] == "vor":
            day -= datetime.timedelta(days=3 if match[2] == "ostern" else 1)
        if day >= meeting:
            return day
    return None


def _feast_day(feast: str, year: int) -> datetime.date:
    fixed = {
        "weihnachten": (12, 24),
        "silvester": (12, 31),
        "jahreswechsel": (12, 31),
        "neujahr": (1, 1),
        "advent": (12, 1),
    }
    if feast in fixed:
        return datetime.date(year, *fixed[feast])
    after_easter = {"himmelfahrt": 39, "pfingsten": 49, "fronleichnam": 60}.get(feast, 0)
    return _easter(year) + datetime.timedelta(days=after_easter)


def _easter(year: int) -> datetime.date:
    """Easter Sunday by the rule of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


def _season(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _SEASON.search(text)
    if match is None:
        return None
    month, day = _SEASON_ENDS[match[1].lower()]
    if match[2]:
        return datetime.date(int(match[2]) + (match[1] == "winter"), month, day)
    return _coming(month, day, meeting)


def _month(text: str, meeting: datetime.date) -> datetime.date | None:
    match = _MONTH_ONLY.search(text)
    if match is None:
        return None
    month = MONTHS[match[1]]
    return _last_day(int(match[2]), month) if match[2] else _coming(month, 31, meeting)


def _at_once(text: str, meeting: datetime.date) -> datetime.date | None:
    if re.search(r"\bheute\b", text):
        return meeting
    if re.search(r"\b(?:über)?morgen\b", text):
        return meeting + datetime.timedelta(days=2 if "übermorgen" in text else 1)
    if _AT_ONCE.search(text):
        return meeting + datetime.timedelta(days=7)
    return meeting + datetime.timedelta(days=14) if _SOON.search(text) else None


_Rule = Callable[[str, datetime.date], datetime.date | None]
_RULES: tuple[_Rule, ...] = (
    _part_of_month, _part_of_year, _week, _span, _relative, _weekday, _feast, _season, _month, _at_once,
)  # fmt: skip
