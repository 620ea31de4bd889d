"""Attendance lists that write "Familie, Vorname", with or without anything between the people (S11)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from buendnisnetz.reader.affiliation import Affiliation, read_affiliation
from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.names import (
    INITIAL,
    PARTICLE,
    SALUTATION,
    TITLE,
    WORD,
    Person,
    clean_title,
    looks_institutional,
)

UNIT = re.compile(
    rf"(?P<salutation>{SALUTATION}(?=[ \t]))|(?P<title>{TITLE}(?![^\W\d_]))|(?P<initial>{INITIAL})|(?P<particle>{PARTICLE})(?=[ \t])|(?P<word>{WORD})|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)|(?P<stop>[;•·|\t]|(?<=[ ])[-–—](?=[ ]))|(?P<other>[^\s,;()\[\]]+)"
)
_SUBSTITUTE = re.compile(
    r"(?:vertritt|vertreten durch|in Vertretung (?:für|von)|i\. ?V\.(?: für| von)?|für)[ \t]{0,9}:?[ \t]{0,9}$"
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person of the list with what the line says about them; `bracketed` by "(Name)"."""

    person: Person
    affiliation: Affiliation
    bracketed: bool = False
    group: str | None = None


# --- "Familie, Vorname" -------------------------------------------------------------------------


def inverted_people(plain: str, start: int, end: int) -> Iterator[Attendee]:
    units = list(UNIT.finditer(plain, start, end))
    commas = _name_commas(units)
    group: str | None = None
    for index, comma in enumerate(commas):
        first = _family_start(units, comma)
        group = _group_before(units, first) or group
        last = _given_end(units, comma, commas[index + 1] if index + 1 < len(commas) else None)
        if last <= comma:
            continue
        before = plain[max(start, units[first].start() - 26) : units[first].start()]
        if _SUBSTITUTE.search(before):
            continue
        stop = _family_start(units, commas[index + 1]) if index + 1 < len(commas) else len(units)
        rest = plain[units[last].end() : units[stop].start() if stop < len(units) else end]
        yield Attendee(
            _inverted_person(units, first, comma, last),
            read_affiliation(_own_words(rest)),
            before.rstrip().endswith("(") and rest.lstrip().startswith(")"),
            group,
        )


def _group_before(units: list[re.Match[str]], first: int) -> str | None:
    """The parliamentary group that is shouted before its members: "CDU Rehestedt, Anton"."""
    shouted: list[str] = []
    while first > 0 and units[first - 1].lastgroup == "word" and units[first - 1].group().isupper():
        first -= 1
        shouted.insert(0, units[first].group())
    group = " ".join(shouted)
    return group if len(group) > 1 else None


def _name_commas(units: list[re.Match[str]]) -> list[int]:
    """Commas outside brackets between a family name and a given name."""
    depth, found, used = 0, [], -1
    for at, unit in enumerate(units):
        depth += (unit.lastgroup == "open") - (unit.lastgroup == "close")
        if unit.lastgroup != "comma" or (depth > 0 and not _whole_in_brackets(units, at)):
            continue
        first = _family_start(units, at)
        given = at + 1 < len(units) and _starts_given(units, at + 1)
        if first < at and first > used and given:
            found.append(at)
            used = _given_end(units, at, None, greedy=False)
    return found


def _whole_in_brackets(units: list[re.Match[str]], comma: int) -> bool:
    """ "(Müller, Anna)": the bracket opens right before the family name."""
    first = _family_start(units, comma)
    return (
        first > 0
        and units[first - 1].lastgroup == "open"
        and (first < 2 or units[first - 2].lastgroup in {"comma", "stop", "close"})
    )


def _starts_given(units: list[re.Match[str]], at: int) -> bool:
    while at < len(units) and units[at].lastgroup == "title":
        at += 1
    if at >= len(units) or units[at].lastgroup not in {"word", "initial"}:
        return False
    return not looks_institutional(units[at].group())


def _family_start(units: list[re.Match[str]], comma: int) -> int:
    """The first unit of the family name that ends before this comma, titles included."""
    at = comma - 1
    if at < 0 or units[at].lastgroup != "word":
        return comma
    while at > 0 and units[at - 1].lastgroup in {"particle", "title"}:
        at -= 1
    return at


def _given_end(
    units: list[re.Match[str]], comma: int, following: int | None, *, greedy: bool = True
) -> int:
    """The last unit of the given names behind this comma."""
    limit = _family_start(units, following) if following is not None else len(units)
    at, taken = comma + 1, 0
    last = comma
    while at < limit and taken < (3 if greedy else 1):
        group = units[at].lastgroup
        if group == "title":
            last, at = at, at + 1
            continue
        word = units[at].group()
        if group not in {"word", "initial"} or (taken and not _second_given(word)):
            break
        last, at, taken = at, at + 1, taken + 1
    while greedy and at < limit and units[at].lastgroup == "particle" and taken:
        last, at = at, at + 1
    return last


def _second_given(word: str) -> bool:
    shouted = len(word) > 2 and word.isupper()
    return is_given(word) or word.endswith(".") or not (shouted or looks_institutional(word))


def _inverted_person(units: list[re.Match[str]], first: int, comma: int, last: int) -> Person:
    own = units[first : last + 1]
    titles = " ".join(unit.group() for unit in own if unit.lastgroup == "title")
    family = [u.group() for u in units[first:comma] if u.lastgroup != "title"]
    given = [u.group() for u in units[comma + 1 : last + 1] if u.lastgroup != "title"]
    while given and re.fullmatch(PARTICLE, given[-1]) and len(given) > 1:
        family.insert(0, given.pop())
    return Person(
        " ".join(given), " ".join(family), clean_title(titles), (own[0].start(), own[-1].end())
    )


def _own_words(rest: str) -> str:
    """What belongs to this person: up to the next name or group heading."""
    bracket = re.match(r"\s{0,9}\(([^()]*)\)", rest)
    if bracket:
        return bracket[1]
    cut = re.split(r"\bvertritt\b|\s[A-ZÄÖÜ]{3,}(?=\s|$)|;", rest, maxsplit=1)[0]
    return (
        cut
        if cut.lstrip()[:1] in {",", "-", "–", "—", ":", "|", "\t"} or "Niederschrift" in cut
        else ""
    )
