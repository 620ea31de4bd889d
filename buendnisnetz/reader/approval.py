"""Who released the minutes and when (S10), and when they meet again."""

import datetime
import re
from collections.abc import Sequence
from itertools import islice

from buendnisnetz.reader.dates import days
from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.model import Certainty, Span, Value
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet

_RELEASED = re.compile(
    r"\b(?:[Ff]reigegeben|[Gg]enehmigt|[Ff]reigabe|[Gg]ebilligt)\b(?:\s{1,9}(?:durch|von))?(?P<who>[^:\n]{0,80}?)(?:\s{0,9}am\b|\s{0,9}:|\s{1,9})\s{0,9}:?\s{0,9}(?=\d{1,2}\.)"
)
# "Dieses Protokoll wurde in der Sitzung vom 23. November 2010 verabschiedet."
_APPROVED_LATER = re.compile(
    r"(?:Dieses Protokoll|Diese Niederschrift|Vorstehende(?:s Protokoll| Niederschrift))\s(?:wurde|wird|ist)\s[^.\n]{0,60}?(?P<day>\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]{2,9})\s?\d{4})\s[^.\n]{0,40}?\b(?:verabschiedet|genehmigt|angenommen|bestätigt|beschlossen)\b"
)
_BY = re.compile(r"\b(?:durch|von)\b")
_AGAIN = re.compile(
    r"(?:[Nn]ächste[rsn]?|[Ff]olgende[rsn]?|[Kk]ommende[rsn]?)\s{1,9}(?:\w{1,40}\s{1,9})?(?:\w{0,40}[Ss]itzung|\w{0,40}[Tt]reffen|\w{0,40}[Vv]ersammlung|\w{0,40}[Tt]ermin|\w{0,40}[Bb]esprechung|\w{0,40}[Tt]reff|[Mm]al|\w{0,40}[Rr]unde|\w{0,40}[Kk]onferenz|\w{0,40}abend|[Zz]usammenkunft|\w{0,40}[Bb]eratung|\w{0,40}tagung|\w{0,40}workshop|[Pp]lenum|[Ss]tammtisch|\w{0,40}forum)|[Ff]olgetermin|(?:treffen|sehen) (?:wir )?(?:uns|sich)[^.\n]{0,20}?\b(?:wieder|erneut|nächst)|Wiedersehen|[Nn]euer Termin|nächstes Mal|kommt[^.\n]{0,40}wieder zusammen|vertagt sich auf|tagt (?:wieder|das nächste Mal)|Weiter geht es|(?:Die|Das|Der) \d{1,3}\. [\w-]{0,30}(?:[Ss]itzung|[Zz]usammenkunft|[Rr]unde|[Tt]reffen|[Vv]ersammlung|[Kk]onferenz|[Tt]isch)[^.\n]{0,60}? (?:ist|findet)\b|(?:trifft|treffen) sich (?:wieder|erneut|das nächste Mal)"
)
_ASIDE = re.compile(
    r"\b(?:bis|zur|zum|in der|auf der|Niederschrift|Protokoll|vor der|für die|auf die)\s{1,9}(?:\w{1,40}\s{1,9})?$"
)
_NEAR = 170
_MOST = 300


def read_approval(
    sheet: Sheet, fields: Sequence[Labelled], roster: Roster
) -> tuple[tuple[datetime.date, Value] | None, Value | None]:
    """Day and person of the release, from the label or the sentence."""
    when: tuple[datetime.date, Value] | None = None
    who: Value | None = None
    for labelled in fields:
        if labelled.field is Field.APPROVED:
            span = (labelled.line.start, max(labelled.value[1], labelled.line.end))
            found = _released_in(sheet, span, roster)
            when, who = when or found[0], who or found[1]
    if when or who:
        return when, who
    told = _APPROVED_LATER.search(sheet.plain)
    if told is not None:
        return _released_in(sheet, told.span("day"), roster)
    match = _RELEASED.search(sheet.plain)
    if match is None:
        return None, None
    return _released_in(sheet, (match.start(), min(len(sheet.plain), match.end() + 30)), roster)


def _released_in(
    sheet: Sheet, span: Span, roster: Roster
) -> tuple[tuple[datetime.date, Value] | None, Value | None]:
    when: tuple[datetime.date, Value] | None = None
    for day in days(sheet.plain, *span):
        date = day.on()
        if date is not None:
            when = (date, Value(date.isoformat(), day.span, Certainty.SURE))
            break
    people = roster.within(*span)
    who = Value(people[0].name, people[0].span, Certainty.LIKELY) if people else None
    return when, who


def read_next(
    sheet: Sheet, fields: Sequence[Labelled], meeting: datetime.date | None
) -> tuple[datetime.date, Value] | None:
    """The day of the next meeting; a sentence near the end outranks one before it."""
    for labelled in fields:
        if labelled.field is Field.NEXT:
            found = _first_day(sheet, labelled.value, meeting, Certainty.SURE)
            if found is not None:
                return found
    found = None
    for match in islice(_AGAIN.finditer(sheet.plain), _MOST):
        if _ASIDE.search(sheet.plain, max(0, match.start() - 40), match.start()):
            continue
        blank = sheet.plain.find("\n\n", match.end())
        stop = min(len(sheet.plain), match.end() + _NEAR, blank if blank > 0 else len(sheet.plain))
        start = max(sheet.plain.rfind("\n", 0, match.start()), match.start() - 80, 0)
        around = sheet.sentences(start, stop)
        start, reach = next((s for s in around if s[0] <= match.start() < s[1]), (start, stop))
        found = (
            _first_day(sheet, (match.end(), reach), meeting, Certainty.LIKELY)
            or _first_day(sheet, (start, match.start()), meeting, Certainty.PROBABLE)
            or found
        )
    return found


def _first_day(
    sheet: Sheet, span: Span, meeting: datetime.date | None, level: float
) -> tuple[datetime.date, Value] | None:
    for day in days(sheet.plain, *span):
        when = day.near(meeting, grace=0)
        if when is not None and (meeting is None or when > meeting):
            return when, Value(when.isoformat(), day.span, level)
    return None
