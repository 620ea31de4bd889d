"""Who chaired and who wrote the minutes (S09, S16)."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from buendnisnetz.reader.attendees import attendees
from buendnisnetz.reader.fields import Labelled
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Certainty, Participant, Span, Value
from buendnisnetz.reader.names import Person, looks_institutional, person_at
from buendnisnetz.reader.roles import ROLE_WORD, is_bare_role
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet

_CHAIR_ROLE = re.compile(
    r"(?:(?:Ausschuss|Sitzungs|Versammlungs)?[Vv]orsitz(?:ende[rn]?)?|Sitzungsleitung|Versammlungsleit(?:ung|er|erin)|Moderation|Moderator(?:in)?|Leitung|Gesprächsleitung|1\. Vorsitzende[rn]?|Vors\.)"
)
_RECORDER_ROLE = re.compile(
    r"(?:.*\b)?(?:[Pp]rotokoll(?:ant(?:in)?|führ(?:er|erin|ung))?|[Ss]chriftführ(?:er|erin|ung)|[Ss]chriftf\.|Prot\.|[Ss]chriftwart(?:in)?|[Nn]iederschrift|tippt|schreibt|[Mm]itschrift)"
)
_LEADS = re.compile(
    r"\b(?:moderiert|moderierte|leitet|leitete|führt(?:e)? (?:durch|den Vorsitz)|übernimmt (?:den Vorsitz|die (?:Leitung|Moderation))|[Uu]nter (?:dem |der )?(?:Vorsitz|Leitung|Moderation) (?:von|des|der)|(?:Vorsitz|Leitung|Sitzungsleitung|Moderation) (?:führte?|hat(?:te)?|übernahm|übernimmt|lag bei|liegt bei)|(?:Sitzung|Versammlung|Treffen|Besprechung|Runde)\b[^.\n]{0,80}\b(?:geleitet|moderiert)|hat(?:te)? den Vorsitz|führte den Vorsitz)\b"
)
_OPENS = re.compile(r"\b(?:eröffnet\w{0,40}|begrüßt\w{0,40}|heißt|hieß|begann|schließt|schloss)\b")
_WRITES = re.compile(
    r"(?:[Pp]rotokoll(?:führung)?|[Nn]iederschrift|[Mm]itschrift|Notizen|[Ss]chriftführung) (?:führt(?:e)?|schreibt|schrieb|übernimmt|übernahm|von|macht|wird von|durch|hat)\b|mitzuschreiben|schr(?:eibt|ieb) (?:heute )?mit\b|(?:Protokollführer|Schriftführer|Protokollant|Protokollführerin|Schriftführerin|Protokollantin) (?:ist|war)\b|(?:führt|schreibt|übernimmt|führte|schrieb|übernahm) (?:heute |das |die )*(?:Protokoll|Niederschrift|Mitschrift|Schriftführung)|\bprotokolliert\b|[Zz]um (?:Protokollführer|Schriftführer)\w{0,40}|[Zz]ur (?:Protokollführer|Schriftführer)in"
)
_SIGNED = re.compile(r"gez\.\s{0,9}")
_SIGNED_ROLE = re.compile(
    rf"(?:{ROLE_WORD}|[Pp]rotokoll(?:führung)?\b|[Ss]chriftführung|[Nn]iederschrift\b)"
)
_DATED_NAME = re.compile(
    r"(?P<name>[A-ZÄÖÜ][^,;:\d\n]{4,50}),?\s{1,9}(?:den\s{1,9}|am\s{1,9})?\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]{1,40})\s?(?:\d{2,4})?"
)
_TAIL = 14
_MOST_SENTENCES = 300


def read_chair(
    sheet: Sheet, fields: Sequence[Labelled], people: Sequence[Participant], roster: Roster
) -> tuple[Value, ...]:
    """By label, by function in the list, by what somebody does, by signature."""
    found = _labelled(sheet, fields, Field.CHAIR, roster)
    if found:
        return found
    listed = [p for p in people if p.role and p.status == "present" and _chairs(p)]
    if len(listed) == 1:
        return (Value(listed[0].name, listed[0].span, Certainty.LIKELY),)
    for pattern, level in (
        (_LEADS, Certainty.LIKELY),
        (None, Certainty.LIKELY),
        (_OPENS, Certainty.GUESS),
    ):
        acting = _acting(sheet, roster, pattern) if pattern else _titled(sheet, roster)
        if acting is not None:
            return (Value(acting.value, acting.span, level),)
    return tuple(value for role, value in signatures(sheet, roster) if _CHAIR_ROLE.match(role))[:1]


def _chairs(person: Participant) -> bool:
    """A bare "Vorsitz" is that of the meeting; "Vors." beside a club may be that of the club."""
    role = person.role or ""
    if re.search(
        r"\b(?:Vorsitz|Sitzungsleitung|Moderation|Gesprächsleitung|Versammlungsleitung)\b", role
    ):
        return True
    return not person.organisation and bool(_CHAIR_ROLE.match(role)) and "stell" not in role.lower()


def read_recorder(
    sheet: Sheet, fields: Sequence[Labelled], people: Sequence[Participant], roster: Roster
) -> tuple[Value, ...]:
    """By label, by function in the list, by sentence, by signature."""
    found = _labelled(sheet, fields, Field.RECORDER, roster)
    if found:
        return found
    for person in people:
        if person.role and _RECORDER_ROLE.match(person.role) and person.status != "excused":
            return (Value(person.name, person.span, Certainty.LIKELY),)
    acting = _acting(sheet, roster, _WRITES)
    if acting is not None:
        return (acting,)
    signed = [value for role, value in signatures(sheet, roster) if _RECORDER_ROLE.match(role)]
    return tuple(signed[:1]) or _dated_signature(sheet, roster)


def _labelled(
    sheet: Sheet, fields: Sequence[Labelled], field: Field, roster: Roster
) -> tuple[Value, ...]:
    found: dict[str, Value] = {}
    for labelled in fields:
        if labelled.field is not field or labelled.value[0] >= labelled.value[1]:
            continue
        if labelled.value[1] - labelled.value[0] > 140:
            labelled_end = _first_stop(sheet, labelled.value)
        else:
            labelled_end = labelled.value[1]
        below = labelled.value[0] > labelled.line.end
        if below and (
            labelled.value[1] - labelled.value[0] > 60 or sheet.plain[labelled_end - 1] == "."
        ):
            continue
        signed = _SIGNED.match(sheet.plain, labelled.value[0], labelled_end)
        start = signed.end() if signed else labelled.value[0]
        short = _by_initials(sheet, (start, labelled_end), roster)
        if short is not None:
            found.setdefault(short.value, short)
            continue
        for attendee in attendees(sheet.plain, start, labelled_end, inverted=False):
            person = attendee.person
            if is_bare_role(person.name) or looks_institutional(person.family or person.given):
                continue
            if not _worthy(sheet, labelled, person.given, roster, person.family):
                continue
            name = roster.resolve(person.name) or person.name
            found.setdefault(name, Value(name, person.span, Certainty.SURE))
    return tuple(found.values())


def _by_initials(sheet: Sheet, span: Span, roster: Roster) -> Value | None:
    """ "Protokoll: JT" is whoever of the list has these initials."""
    words = sheet.words(span).strip(" .()")
    if not re.fullmatch(r"[A-ZÄÖÜ]{2,3}|[a-zäöü]{2}", words):
        return None
    name = roster.resolve(words) or roster.with_initials(words)
    return Value(name, span, Certainty.PROBABLE) if name else None


def _first_stop(sheet: Sheet, span: Span) -> int:
    match = re.compile(r"[.;](?=\s)").search(sheet.plain, span[0] + 12, span[1])
    return match.start() if match else span[0]


def _worthy(sheet: Sheet, labelled: Labelled, given: str, roster: Roster, family: str) -> bool:
    """ "Protokoll: Genehmigung" is a topic; a name is known, full, or led by a salutation."""
    if given and family:
        return True
    words = sheet.plain[slice(*labelled.value)]
    if roster.resolve(family or given) or re.match(r"(?:Frau|Herrn?|Dr\.|Prof)", words.strip()):
        return True
    return len(words.split()) <= 2 and labelled.value[1] - labelled.value[0] < 30


def _acting(sheet: Sheet, roster: Roster, pattern: re.Pattern[str]) -> Value | None:
    """The first person of a sentence that says so."""
    for match in islice(pattern.finditer(sheet.plain), _MOST_SENTENCES):
        start = max(sheet.plain.rfind("\n\n", 0, match.start()) + 1, match.start() - 400)
        end = min(len(sheet.plain), match.end() + 160)
        span = next((s for s in sheet.sentences(start, end) if s[0] <= match.start() < s[1]), None)
        if span is None:
            continue
        near = [m for m in roster.within(*span) if _near(m.span, match.span())]
        if near:
            best = min(near, key=lambda m: _distance(m.span, match.span()))
            return Value(best.name, best.span, Certainty.PROBABLE)
    return None


def _near(person: Span, verb: Span) -> bool:
    return _distance(person, verb) < 90


def _distance(person: Span, verb: Span) -> int:
    return verb[0] - person[1] if person[1] <= verb[0] else (person[0] - verb[1]) * 2


def _titled(sheet: Sheet, roster: Roster) -> Value | None:
    """ "Ausschussvorsitzende Wübbenhorst", "Birgit Lippold, Vorsitzende, begann …"."""
    for mention in roster.within(0, 20_000):
        lead = sheet.plain[mention.span[0] : mention.span[1]]
        after = sheet.plain[mention.span[1] : mention.span[1] + 40]
        if re.match(
            r"(?:Frau |Herrn? )?(?:Die |Der )?(?:\w{0,40}[Vv]orsitzende[rn]?|Versammlungsleiter(?:in)?)\s",
            lead,
        ) and not re.match(r"stell", lead):
            before = sheet.plain[max(0, mention.span[0] - 12) : mention.span[0]].lower()
            if "stell" not in before:
                return Value(mention.name, mention.span, Certainty.LIKELY)
        if re.match(r",\s{0,9}(?:die |der )?(?:\d\. )?Vorsitzende\b", after):
            return Value(mention.name, mention.span, Certainty.PROBABLE)
    return None


# --- signatures ---------------------------------------------------------------------------------


def signatures(sheet: Sheet, roster: Roster) -> list[tuple[str, Value]]:
    """Function and name of those who signed, from the last lines."""
    tail = [line for line in sheet.lines if not line.blank][-_TAIL:]
    found: list[tuple[str, Value]] = []
    for index, line in enumerate(tail):
        below = tail[index + 1] if index + 1 < len(tail) else None
        above = _roles_above(line, below, roster) if below is not None else []
        if above:
            found += above
            continue
        found += _signed_in(line, below, roster)
    return found


_ARTICLE = re.compile(r"(?:Der|Die|Für (?:das|die))[ \t]{1,3}")


def _roles_above(line: Line, below: Line, roster: Roster) -> list[tuple[str, Value]]:
    """ "Der Vorsitzende:    Die Schriftführerin:" with the names on the next line."""
    roles = [_ARTICLE.sub("", line.plain[slice(*cell)].strip(" :")) for cell in line.cells]
    if not all(is_bare_role(role) or _RECORDER_ROLE.fullmatch(role) for role in roles):
        return []
    names = list(_names_in_cells(below, roster))
    if len(names) != len(roles) or len(below.content) > 120:
        return []
    return list(zip(roles, names, strict=True))


def _signed_in(line: Line, below: Line | None, roster: Roster) -> Iterator[tuple[str, Value]]:
    signed = line.kind is Kind.ROW or "gez." in line.content or len(line.content.split()) <= 5
    if (
        not signed
        or len(line.content) > 160
        or line.label
        or line.kind in {Kind.NUMBER, Kind.BULLET}
    ):
        return
    names = list(_names_in_cells(line, roster))
    roles = [
        match.group() for cell in line.cells for match in _SIGNED_ROLE.finditer(line.plain, *cell)
    ]
    if below is not None and len(roles) < len(names) and len(below.content.split()) <= 6:
        roles = [*roles, *_roles_below(below)]
    for name, role in zip(names, roles, strict=False):
        yield role, name


def _roles_below(line: Line) -> list[str]:
    by_cell = [_SIGNED_ROLE.search(line.plain, *cell) for cell in line.cells]
    found = [match.group() for match in by_cell if match]
    return found if len(line.cells) > 1 else _SIGNED_ROLE.findall(line.content)


def _names_in_cells(line: Line, roster: Roster) -> Iterator[Value]:
    for cell in line.cells:
        starts = [m.end() for m in _SIGNED.finditer(line.plain, *cell)] or [cell[0]]
        for start in starts:
            while start < cell[1] and line.plain[start] in "( ":
                start += 1
            person = person_at(line.plain, start, cell[1], single=True)
            if (
                person is None
                or is_bare_role(person.name)
                or looks_institutional(person.family or person.given)
            ):
                continue
            name = (
                roster.resolve(person.name) or roster.resolve(person.name.split()[0]) or person.name
            )
            yield Value(name, person.span, Certainty.PROBABLE)


def _signature_person(line: Line, end: int, roster: Roster) -> Person | None:
    """A full name, or one word that the list of people knows."""
    person = person_at(line.plain, line.start, end, single=True)
    known = person is not None and (person.given or roster.resolve(person.name))
    return person if known else None


def _dated_signature(sheet: Sheet, roster: Roster) -> tuple[Value, ...]:
    """A last line that is only a name and a day: whoever wrote it signs so."""
    tail = [line for line in sheet.lines if not line.blank][-6:]
    for line in reversed(tail):
        match = _DATED_NAME.fullmatch(line.content)
        if match is None:
            continue
        person = _signature_person(line, line.start + match.end("name"), roster)
        if person is not None:
            name = roster.resolve(person.name) or person.name
            return (Value(name, person.span, Certainty.PROBABLE),)
    return ()
