"""The people named in one line of an attendance list (S11).

Three styles occur and mix: "Anton Linde (Betriebsrat), Frau Busch", "Linde, Anton; Busch,
Berta", and the second one without any separator where line breaks were lost: "Linde, Anton
Busch, Berta". The comma tells them apart: before it stands one family name, or a full name.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from buendnisnetz.reader.affiliation import Affiliation, read_affiliation, read_status
from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.inverted_names import UNIT, Attendee, inverted_people
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.names import (
    INITIAL,
    PARTICLE,
    SALUTATION,
    TITLE,
    WORD,
    looks_institutional,
    person_at,
)
from buendnisnetz.reader.roles import starts_with_role

# No minutes list more; what comes after stays in the text but is not read.
MOST_PEOPLE = 2_000

_SPLIT = re.compile(
    rf"[;•·]|,(?!\d)|[ \t]{{1,9}}(?:und|sowie|u\.|&|\+)[ \t]{{1,9}}|\t|[ \t]\|[ \t]|[ \t]/[ \t]|[ ]{{3,}}"
    rf"|(?<=[\wäöüß.)])[ \t]{{1,9}}(?=(?:Herrn?|Frau|Hr\.|Fr\.)[ \t]{{1,9}}(?:{TITLE}[ \t]{{0,9}})*[A-ZÄÖÜ])(?<!\bvon )(?<!\bfür )(?<!\bdurch )"
)
SALUTES = ("Frau", "Herr", "Herrn", "Hr.", "Fr.", "Hrn.", "Familie", "Fam.")
_AGENT = re.compile(r"\b(?:von|für|durch|mit|bei)$")
_LONE = re.compile(
    rf"(?:{TITLE}[ \t]{{0,9}}){{0,3}}(?:{PARTICLE}[ \t]{{1,9}}){{0,3}}{WORD}(?:[ \t]{{1,9}}{WORD})?"
)
# "CDU", "KTA" before the first member.
_SHOUTED = re.compile(r"^(?:[A-ZÄÖÜ]{2,8}[ \t]{1,9})+")
_PAIR = re.compile(
    rf"(?:{TITLE}[ \t]{{0,9}}){{0,3}}(?:{PARTICLE}[ \t]{{1,9}}){{0,3}}{WORD}[ \t]{{0,9}},[ \t]{{0,9}}(?:{TITLE}[ \t]{{0,9}}){{0,3}}(?P<given>{WORD}|{INITIAL})(?![\w-])"
)
# "Vorsitzende: Ilse Dankwardt" or "vom Vorstand: …" within the list.
_ROLE_LABEL = re.compile(
    r"(?:vom |von der |aus dem )?(?P<role>[A-ZÄÖÜ][\wäöüß./ -]{2,30}?)[ \t]{0,9}:[ \t]{1,9}(?=[A-ZÄÖÜ])"
)
# "die gewählten Mitglieder Anna Berg": the first of a group carries its name.
_GROUP_LEAD = re.compile(
    r"(?:(?:die|der|den|das|unsere|weitere|von den|sowie)[ \t]{1,9})?(?:[a-zäöüß]{2,30}e[nr]?[ \t]{1,9}){0,2}[A-ZÄÖÜ]?[\wäöüß-]{0,40}(?:[Mm]itglied(?:er)?|[Vv]ertreter(?:innen)?|[Ss]precher(?:innen)?|[Rr]ät(?:e|innen)|[Ee]ltern|[Dd]amen|[Hh]erren|[Kk]olleg(?:en|innen))[ \t]{1,9}(?=[A-ZÄÖÜ])"
)
_BRACKETED = re.compile(r"\s{0,9}\(([^()]{3,60})\)\s{0,9},?\s{0,9}$")
_NEXT_NAME = re.compile(
    rf"(?:{SALUTATION}[ \t]{{1,9}}|{TITLE}[ \t]{{0,9}}|{PARTICLE}[ \t]{{1,9}})*(?:{WORD}|{INITIAL})[ \t]{{0,9}}(?:[,(;]|(?:{PARTICLE}[ \t]{{1,9}})*(?:{WORD}|{INITIAL})|$)"
)


def attendees(plain: str, start: int, end: int, *, inverted: bool) -> list[Attendee]:
    """All people of this stretch, which holds nothing but people and what belongs to them."""
    if inverted or _begins_inverted(plain, start, end):
        found = list(inverted_people(plain, start, end))
        if found:
            return found
    parts = _semicolons(plain, start, end)
    if len(parts) > 2:
        return [one for part in parts[:MOST_PEOPLE] for one in _one_part(plain, *part)]
    found = _sharing_family(plain, list(_plain_people(plain, start, end)))
    lead = _ROLE_LABEL.match(plain, start, end)
    if lead is None or starts_with_role(lead["role"]) or person_at(plain, *lead.span("role")):
        return found
    return [replace(one, group=one.group or lead["role"].strip()) for one in found]


def _semicolons(plain: str, start: int, end: int) -> list[Span]:
    """The parts between semicolons outside brackets."""
    depth, at, parts = 0, start, []
    for position in range(start, end):
        depth += (plain[position] in "([") - (plain[position] in ")]")
        if plain[position] == ";" and depth <= 0:
            parts.append((at, position))
            at = position + 1
    return [*parts, (at, end)]


def _one_part(plain: str, start: int, end: int) -> list[Attendee]:
    while start < end and plain[start].isspace():
        start += 1
    pair = _PAIR.match(plain, start, end)
    if pair is not None and (len(pair["given"].strip(".")) == 1 or is_given(pair["given"])):
        return list(inverted_people(plain, start, end))
    return list(_plain_people(plain, start, end))


def _sharing_family(plain: str, found: list[Attendee]) -> list[Attendee]:
    """ "Veronika und Simon Berg" share the family name."""
    for n, (one, other) in enumerate(itertools.pairwise(found)):
        between = plain[one.person.span[1] : other.person.span[0]].strip()
        lone = one.person.given and not one.person.family and is_given(one.person.given)
        if lone and between in {"und", "u.", "&"} and other.person.given and other.person.family:
            found[n] = replace(one, person=replace(one.person, family=other.person.family))
    return found


def _begins_inverted(plain: str, start: int, end: int) -> bool:
    """Whether the first comma follows one family name and precedes a common given name."""
    parts = [part.strip() for part in plain[start:end].split(";") if part.strip()]
    if len(parts) > 1:
        shaped = [part for part in parts if _PAIR.match(part)]
        given = any(is_given(_PAIR.match(part)["given"]) for part in shaped)  # type: ignore[index]
        return given and len(shaped) * 2 > len(parts)
    comma = plain.find(",", start, end)
    if comma < 0:
        return False
    head = _SHOUTED.sub("", plain[start:comma].strip().lstrip("("))
    if not _LONE.fullmatch(head) or (len(head.split()) > 1 and is_given(head.split()[0])):
        return False
    after = re.match(
        rf"[ \t]{{0,9}}(?:{TITLE}[ \t]{{0,9}}){{0,3}}({WORD}|{INITIAL})(.?)",
        plain[comma + 1 : min(end, comma + 60)],
    )
    if after is None or looks_institutional(after[1]):
        return False
    return is_given(after[1]) and not is_given(head)


# --- "Vorname Familie" --------------------------------------------------------------------------


def _plain_people(plain: str, start: int, end: int) -> Iterator[Attendee]:
    """Pieces between separators: each is a person or belongs to the one before."""
    current: Attendee | None = None
    belonging: list[str] = []
    some = itertools.islice(_pieces(plain, start, end), MOST_PEOPLE)
    pieces = [part for piece in some for part in _unseparated(plain, *piece)]
    lone = len(pieces) == 1
    for piece in pieces:
        found = _attendee(plain, *piece, lone=lone)
        if found is None or (current is not None and _only_affiliation(plain, found, current)):
            belonging.append(plain[slice(*piece)])
            continue
        if current is not None:
            yield _with_belonging(current, belonging)
        current, belonging = found, []
    if current is not None:
        yield _with_belonging(current, belonging)


def _only_affiliation(plain: str, found: Attendee, before: Attendee) -> bool:
    """Among people with a salutation one bare unknown word is where they come from."""
    person = found.person
    if person.title or _saluted(plain, found):
        return False
    if person.given and (is_given(person.given.split()[0]) or not _saluted(plain, before)):
        return False
    if person.given and not looks_like_house(person.given.split()[0]):
        return False
    full = bool(before.person.given and before.person.family) and not person.given
    return full or _saluted(plain, before) or bool(before.person.title)


_HOUSE = re.compile(
    r"[\wäöüß-]{0,40}(?:residenz|stift|treff|heim|haus|hof|schule|stätte|gymnasium|apotheke|praxis|kanzlei|sparkasse|werkstatt|pension|garten|diakonie|caritas|verlag|theater|museum|archiv|bad|markt|bäckerei|firma)"
    r"|Fa\.?|Praxis|Kanzlei|Autohaus|Hotel|Gut",
    re.IGNORECASE,
)


def looks_like_house(word: str) -> bool:
    """ "Seniorenresidenz", "Grundschule": the name of a house goes on in a name."""
    return bool(_HOUSE.fullmatch(word))


def saluted_at(plain: str, start: int) -> bool:
    """Whether a salutation stands right before this place."""
    return plain[max(0, start - 14) : start].rstrip().endswith(SALUTES)


def _saluted(plain: str, attendee: Attendee) -> bool:
    return saluted_at(plain, attendee.person.span[0])


def _with_belonging(attendee: Attendee, belonging: list[str]) -> Attendee:
    more = read_affiliation(", ".join(part.strip() for part in belonging if part.strip()))
    own = attendee.affiliation
    return replace(
        attendee,
        affiliation=Affiliation(
            own.organisation or more.organisation, own.role or more.role, own.status or more.status
        ),
    )


def _pieces(plain: str, start: int, end: int) -> Iterator[Span]:
    """Cut at separators outside brackets."""
    depth, at = 0, start
    cuts = {m.start(): m.end() for m in _SPLIT.finditer(plain, start, end)}
    for position in range(start, end):
        depth += (plain[position] in "([") - (plain[position] in ")]")
        if (
            position in cuts
            and depth <= 0
            and position >= at
            and not _AGENT.search(plain, max(at, position - 8), position)
        ):
            yield at, position
            at = cuts[position]
    yield at, end


def _unseparated(plain: str, start: int, end: int) -> list[Span]:
    """ "Heike Sand-Moor Jens Feld": a given name begins the next person."""
    units = list(UNIT.finditer(plain, start, end))
    starts = [
        n
        for n, unit in enumerate(units)
        if (unit.lastgroup == "initial" or (unit.lastgroup == "word" and is_given(unit.group())))
        and _begins_person(units, n)
    ]
    if starts and units[starts[0]].start() - start > 12:
        # What begins with an organisation may still hold people, if their initials show them.
        starts = [n for n in starts if units[n].lastgroup == "initial"]
    elif len(starts) < 2:
        return [(start, end)]
    if not starts:
        return [(start, end)]
    firsts = [_with_title(units, n) for n in starts]
    heads = [units[n].start() for n in firsts]
    edges = [start, *(heads if heads[0] - start > 12 else heads[1:]), end]
    return list(itertools.pairwise(edges))


def _with_title(units: list[re.Match[str]], at: int) -> int:
    while at > 0 and units[at - 1].lastgroup in {"title", "salutation"}:
        at -= 1
    return at


def _begins_person(units: list[re.Match[str]], at: int) -> bool:
    """A given name that a family name follows and that is none itself."""
    if at + 1 >= len(units) or units[at + 1].lastgroup not in {"word", "particle", "initial"}:
        return False
    if units[at + 1].lastgroup == "word" and looks_institutional(units[at + 1].group()):
        return False
    if at == 0:
        return True
    before = units[at - 1]
    if before.lastgroup in {"particle", "initial", "open"}:
        return False
    alone_before = at == 1 or units[at - 2].lastgroup not in {"word", "initial", "particle"}
    return not (before.lastgroup == "word" and is_given(before.group()) and alone_before)


def _attendee(plain: str, start: int, end: int, *, lone: bool) -> Attendee | None:
    """The person of one piece, or None when the piece belongs to somebody else."""
    while start < end and not plain[start].isalnum() and plain[start] != "(":
        start += 1
    lead = _ROLE_LABEL.match(plain, start, end)
    start = lead.end() if lead else start
    group = _GROUP_LEAD.match(plain, start, end) or _short_lead(plain, start, end)
    start = group.end() if group else start
    bracketed = _BRACKETED.match(plain, start, end)
    if bracketed and not lone:
        start, end = bracketed.span(1)
    person = person_at(plain, start, end, single=True)
    if person is None or not _alone(plain, person.span[1], end):
        return None
    affiliation = read_affiliation(plain[person.span[1] : end])
    told = lead["role"] if lead and starts_with_role(lead["role"]) else None
    role = person.role or told
    if role and not affiliation.role:
        affiliation = replace(affiliation, role=role)
    return Attendee(person, affiliation, bool(bracketed and not lone))


_SHORT_LEAD = re.compile(
    rf"(?P<short>[A-ZÄÖÜ]{{2,3}})[ \t]{{0,3}}[=:–-]?[ \t]{{1,3}}(?P<name>{WORD}(?:[ \t]{WORD}){{1,2}})"
)


def _short_lead(plain: str, start: int, end: int) -> re.Match[str] | None:
    """ "AB Anna Berg": initials that the minutes use for somebody."""
    match = _SHORT_LEAD.match(plain, start, end)
    if match is None:
        return None
    initials = "".join(word[0] for word in re.split(r"[ \t-]", match["name"]))
    if not initials.startswith(match["short"][0]) or match["short"][-1] not in initials[1:]:
        return None
    return re.compile(r"\S+[ \t]{0,3}[=:–-]?[ \t]{1,3}").match(plain, start, match.start("name"))


def _alone(plain: str, at: int, end: int) -> bool:
    """Whether the name is the whole piece or is followed by something set apart from it."""
    rest = plain[at:end].strip()
    if (
        not rest
        or rest[0] in "(,-–—;[/|.*"
        or rest.startswith(("vom ", "von ", "für ", "als ", "i.V", "i. V", "ab ", "bis "))
    ):
        return True
    first = rest.split()[0]
    if first[0] == ":" and read_status(rest.strip(" :.")):
        return True
    if starts_with_role(rest):
        return True
    return first[0].isupper() and looks_institutional(first.strip(",.;:()"))
