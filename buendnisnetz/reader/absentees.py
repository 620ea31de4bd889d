"""People whom the talk, not the list, names as excused, missing or guests (S11)."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from buendnisnetz.reader.mentions import Mention
from buendnisnetz.reader.model import Certainty, Participant, Status
from buendnisnetz.reader.roles import ROLE_LEAD
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet

_ABOUT: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("excused", re.compile(r"\b(?:entschuldigt|entschuldigen|entschuldigte[nr]?|verhindert|abgemeldet|krankgemeldet|abgesagt)\b")),
    ("absent", re.compile(r"\b(?:fehlt|fehlte|fehlen|fehlten|nicht erschienen|unentschuldigt|abwesend|nicht anwesend)\b")),
    ("guest", re.compile(r"\b(?:[Aa]ls (?:weiterer |weitere )?(?:Gast|Gäste)|zu Gast|[Gg]astweise)\b")),
)  # fmt: skip
_OTHERS = re.compile(
    r"\b(?:ob|wenn|falls|dass|hatte|Tor|Geld|Mittel|Zahlen|der Name|die Liste|Unterlagen|Platz|Raum|Bescheid)\b"
)
_CLAUSE = re.compile(
    r"[,;]\s{1,9}(?=(?:[A-ZÄÖÜ]|die |der |sowie ))|\s{1,9}und\s{1,9}(?=(?:Frau|Herrn?|[A-ZÄÖÜ]\w{1,40}mitglied)\b)"
)
_MOST = 300
_ROLE = re.compile(ROLE_LEAD)


def told_absentees(
    sheet: Sheet, listed: Sequence[Participant], roster: Roster
) -> tuple[Participant, ...]:
    """People of such sentences who are not in the list already."""
    known = {person.name for person in listed}
    found: dict[str, Participant] = {}
    for status, pattern in _ABOUT:
        for match in islice(pattern.finditer(sheet.plain), _MOST):
            for mention in _about(sheet, match, roster):
                name = mention.name
                if name in known or name in found or mention.written in known:
                    continue
                found[name] = _participant(sheet, mention, status)
    return tuple(sorted(found.values(), key=lambda person: person.span))


def _about(sheet: Sheet, match: re.Match[str], roster: Roster) -> Iterator[Mention]:
    """The people in the part of the sentence that the word belongs to."""
    line_start = sheet.plain.rfind("\n", 0, match.start()) + 1
    line_end = sheet.plain.find("\n", match.end())
    line_end = len(sheet.plain) if line_end < 0 else line_end
    start, end = max(line_start, match.start() - 300), min(line_end, match.end() + 200)
    span = next((s for s in sheet.sentences(start, end) if s[0] <= match.start() < s[1]), None)
    if span is None or _OTHERS.search(sheet.plain, *span):
        return
    people = roster.within(*span)
    cuts = [m.start() for m in _PREDICATE.finditer(sheet.plain, *span)]
    before = [m for m in people if m.span[1] <= match.start()]
    side = before if before else [m for m in people if m.span[0] >= match.end()]
    previous = [
        cut for cut in cuts if cut < match.start() and (not before or cut < before[-1].span[0])
    ]
    floor = previous[-1] if previous else span[0]
    for mention in side:
        if mention.span[0] >= floor and (mention.led or mention.known or " " in mention.name):
            yield mention


# Another verb between closes the earlier part: "X lässt sich entschuldigen, Y fehlt".
_PREDICATE = re.compile(
    r"\b(?:entschuldigt|entschuldigen|fehlt|fehlen|fehlte|fehlten|verhindert|begrüßt|eröffnet|vertritt|übernimmt|kommt)\b"
)


def _participant(sheet: Sheet, mention: Mention, status: Status) -> Participant:
    lead = _ROLE.search(sheet.plain, *mention.span)
    role = lead.group().strip() if lead and lead.start() - mention.span[0] < 8 else None
    return Participant(mention.name, None, role, None, status, mention.span, Certainty.PROBABLE)
