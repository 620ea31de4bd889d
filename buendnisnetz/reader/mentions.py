"""People in running text.

A mention is led by a salutation or a function ("Frau Dr. Ebeling", "Ausschussmitglied Kröncke"), is
a full name with a common given name, or is a name that the attendance list knows. The whole text
is scanned once, word by word, so that the cost does not depend on how often somebody asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.lexicon import STARTERS
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.names import (
    INITIAL,
    PARTICLE,
    SALUTATION,
    TITLE,
    WORD,
    Person,
    looks_institutional,
    person_at,
)
from buendnisnetz.reader.roles import ROLE_LEAD, ROLE_WORD, is_bare_role

_TOKEN = re.compile(
    r"(?<![\w@/-])(?:[^\W\d_a-zäöüß]|[a-z](?=tellv\.))[^\W\d_]{0,60}(?:['’-][^\W\d_]{1,40}){0,4}\.?"
)
_LED = re.compile(
    rf"(?:(?P<salutation>{SALUTATION})[ \t\n]{{1,4}}(?:{ROLE_LEAD})?|{ROLE_LEAD})(?P<titles>(?:{TITLE}(?![^\W\d_])[ \t\n]{{0,3}}){{0,3}})(?=(?:{PARTICLE}[ \t\n]{{1,3}}){{0,3}}(?:{WORD}|{INITIAL}))"
)
_TITLED = re.compile(
    rf"(?:{TITLE}(?![^\W\d_])[ \t]{{0,3}}){{1,3}}(?=(?:{PARTICLE}[ \t]{{1,3}}){{0,3}}{WORD})"
)
_NAME_RUN = re.compile(
    rf"(?:(?:{PARTICLE})[ \t\n]{{1,3}}){{0,3}}(?:{WORD}|{INITIAL})(?:[ \t\n]{{1,3}}(?:(?:{PARTICLE})[ \t\n]{{1,3}}){{0,3}}(?:{WORD}|{INITIAL})){{0,3}}"
)
_SALUTATIONS = frozenset(
    {"Herr", "Herrn", "Frau", "Hr", "Fr", "Hrn", "Herren", "Frl", "Familie", "Fam", "Eheleute"}
)
_TITLES = frozenset(
    {"Dr", "Drin", "Prof", "Professor", "Professorin", "Doktor", "PD", "Mag", "DDr", "Dipl", "Ing"}
)
_FAMILIES = frozenset({"Familie", "Fam.", "Eheleute"})
# "Abteilungsleiterin Standortpolitik": what such a function is followed by is mostly no name.
_HEADS_OFFICE = re.compile(
    r"(?:leit(?:er|erin|ung)|referent(?:in)?|beauftragte[rn]?|fachdienst|vertret\w{1,8}|berat\w{1,8}|manager(?:in)?|assistent(?:in)?)\s{0,9}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in running text: what is written and whom it means."""

    span: Span
    name: str
    written: str
    led: bool
    known: bool


class Resolver(Protocol):
    """Who knows the people of the list."""

    def resolve(self, written: str) -> str | None:
        """The one listed person that is meant."""

    def knows_word(self, word: str) -> bool:
        """Whether a word is part of a listed name."""


@lru_cache(maxsize=8192)
def _is_role(word: str) -> bool:
    return bool(re.fullmatch(ROLE_WORD, word))


def scan(plain: str, resolver: Resolver) -> Iterator[Mention]:
    """All people in the text, in order and apart from each other."""
    at = 0
    for token in _TOKEN.finditer(plain):
        if token.start() < at:
            continue
        found = _mention(plain, token, resolver)
        if found is not None:
            yield found
            at = found.span[1]


def _mention(plain: str, token: re.Match[str], resolver: Resolver) -> Mention | None:
    word = token.group()
    bare = word.rstrip(".")
    if bare in _SALUTATIONS or _is_role(word) or _is_role(bare):
        led = _LED.match(plain, token.start())
        return _led(plain, led, resolver) if led else None
    if bare in _TITLES or word.startswith("Dipl"):
        titled = _TITLED.match(plain, token.start())
        return _led(plain, titled, resolver) if titled else None
    if word in STARTERS or not (is_given(bare) or resolver.knows_word(bare)):
        return None
    return _bare(plain, token.start(), resolver)


def _led(plain: str, lead: re.Match[str], resolver: Resolver) -> Mention | None:
    run = _NAME_RUN.match(plain, lead.end())
    if run is None:
        return None
    salutation = lead.groupdict().get("salutation")
    written, stop = _fitting(run, resolver)
    first = written.split()[0]
    if is_bare_role(first) or (
        not salutation and (looks_institutional(first) or first in STARTERS or first[0].islower())
    ):
        return None
    name = resolver.resolve(written)
    if (
        name is None
        and not salutation
        and _HEADS_OFFICE.search(lead.group())
        and not is_given(first)
    ):
        return None
    if salutation in _FAMILIES:
        written = name = f"Familie {written}"
    return Mention((lead.start(), stop), name or written, written, led=True, known=name is not None)


def _fitting(run: re.Match[str], resolver: Resolver) -> tuple[str, int]:
    """How much of a run of capitalised words is the name: nouns may follow it directly."""
    words = list(re.finditer(r"\S+", run.group()))
    for count in range(len(words), 0, -1):
        written = " ".join(word.group() for word in words[:count])
        if resolver.resolve(written):
            return written, run.start() + words[count - 1].end()
    count = _plausible_length([word.group() for word in words])
    return " ".join(word.group() for word in words[:count]), run.start() + words[count - 1].end()


def _plausible_length(words: list[str]) -> int:
    """Given names and initials, particles, one family name."""
    count = 0
    while count < len(words) - 1 and (
        is_given(words[count]) or words[count].endswith(".") or re.fullmatch(PARTICLE, words[count])
    ):
        count += 1
    return count + 1


def _bare(plain: str, at: int, resolver: Resolver) -> Mention | None:
    """A full name or a name of the list without any lead."""
    run = _NAME_RUN.match(plain, at)
    if run is None:
        return None
    written, stop = _fitting(run, resolver)
    name = resolver.resolve(written)
    if name is not None:
        return Mention((at, stop), name, written, led=False, known=True)
    person: Person | None = person_at(plain, at, stop)
    if person is None or not person.given or not person.family:
        return None
    name = resolver.resolve(person.name)
    return Mention(person.span, name or person.name, person.name, led=False, known=name is not None)
