"""The people of the minutes, found by any part of their name, and where the text mentions them."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.lazy import Lazy
from buendnisnetz.reader.mentions import Mention, scan
from buendnisnetz.reader.model import Participant
from buendnisnetz.reader.names import (
    PARTICLE,
    SALUTATION,
    TITLE,
    WORD,
    clean_title,
    looks_institutional,
)
from buendnisnetz.reader.roles import ROLE_LEAD
from buendnisnetz.reader.sheet import Sheet

_FULL = re.compile(
    rf"(?<!\w)(?:{SALUTATION}[ \t]{{1,3}})(?:{ROLE_LEAD})?(?:{TITLE}[ \t]{{0,3}}){{0,3}}(?P<name>{WORD}[ \t]{{1,3}}(?:(?:{PARTICLE})[ \t]{{1,3}}){{0,3}}{WORD})"
)
_TITLED_FAMILY = re.compile(
    rf"(?<!\w)(?:Frau|Herrn?)[ \t]{{1,3}}(?P<title>{TITLE}(?:[ \t]{{0,3}}{TITLE}){{0,3}})[ \t]{{1,3}}(?:(?:{PARTICLE})[ \t]{{1,3}}){{0,3}}(?P<family>{WORD})"
)
_WHOLE = re.compile(rf"(?<![\w-])(?P<given>{WORD})[ \t](?=(?P<family>{WORD}))")
_ALIAS = re.compile(r"[ \t]{0,4}\(\s{0,3}(?P<alias>[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{1,3})\s{0,3}[,;)]")
_ALIAS_BEFORE = re.compile(r"(?<!\w)(?P<alias>[A-ZÄÖÜ]{2,3})[ \t]{0,3}[=:–-]?[ \t]{1,3}$")
_MOST_NAMES = 2_000


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name without diacritics, hyphens and case, for comparison."""
    spaced = (
        name.casefold().replace(". ", ".").replace(".", " ") if "." in name else name.casefold()
    )
    decomposed = unicodedata.normalize("NFKD", spaced)
    return "".join(letter for letter in decomposed if letter.isalnum() or letter == " ")


class Roster:
    """The people of the list, and everyone whom the text mentions, by place."""

    def __init__(self, sheet: Sheet, people: Iterable[str], aliases: Mapping[str, str]) -> None:
        self._sheet = sheet
        self._aliases = dict(aliases)
        self._names: dict[str, str] = {}
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        self._resolved: dict[str, str | None] = {}
        for name in people:
            if fold(name) in self._names or len(self._names) >= _MOST_NAMES:
                continue
            self._names[fold(name)] = name
            for word in {*fold(name).split(), *(fold(part) for part in name.split()[-1:])}:
                self._by_word[word].append(name)

    @Lazy
    def _mentions(self) -> tuple[list[int], list[Mention]]:
        found = list(scan(self._sheet.plain, self))
        return [mention.span[0] for mention in found], found

    def within(self, start: int, end: int) -> list[Mention]:
        """All people mentioned in this part of the text, in order."""
        starts, found = self._mentions
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        return [mention for mention in found[first:last] if mention.span[1] <= end]

    def knows_word(self, word: str) -> bool:
        """Whether a word is part of a listed name."""
        return len(word) > 1 and (word in self._aliases or fold(word) in self._by_word)

    def resolve(self, written: str) -> str | None:
        """The one listed person that is meant, or None."""
        if written not in self._resolved:
            self._resolved[written] = self._resolve(written)
        return self._resolved[written]

    def with_initials(self, letters: str) -> str | None:
        """The one person of the list whose initials these are."""
        fitting = [
            name
            for folded, name in self._names.items()
            if "".join(word[0] for word in folded.split()) == letters.lower()
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _resolve(self, written: str) -> str | None:
        if written in self._aliases:
            return self._aliases[written]
        words = fold(written).split()
        if not words:
            return None
        whole = self._names.get(" ".join(words))
        if whole is not None:
            return whole
        matching = [
            name for name in self._by_word.get(words[-1], []) if _agrees(words, fold(name).split())
        ]
        if len(matching) == 1:
            return matching[0]
        closing = [name for name in matching if fold(name).split()[-1] == words[-1]]
        return closing[0] if len(closing) == 1 else None


def _agrees(words: list[str], name: list[str]) -> bool:
    """Every written word or initial occurs in the name."""
    initials = "".join(part[0] for part in name)
    return all(
        word in name
        or (
            len(word) <= 3
            and (initials.startswith(word) or any(part.startswith(word) for part in name))
        )
        for word in words
    )


def full_roster(sheet: Sheet, participants: Sequence[Participant]) -> Roster:
    """The list, and after it everyone whom the text names in full once."""
    names = [person.name for person in participants]
    families = {fold(name).split()[-1] for name in names if fold(name).strip()}
    for match in _FULL.finditer(sheet.plain):
        name = " ".join(match["name"].split())
        words = name.split()
        if (
            is_given(words[0])
            and not looks_institutional(words[-1])
            and fold(words[-1]) not in families
        ):
            names.append(name)
    return Roster(sheet, names, _aliases(sheet, participants))


def _aliases(sheet: Sheet, participants: Sequence[Participant]) -> dict[str, str]:
    """Initials that the list gives in brackets: "Klara Eichen (KE)"."""
    found: dict[str, str] = {}
    for person in participants:
        match = _ALIAS.match(sheet.plain, person.span[1])
        if match and match["alias"].isupper() and _could_abbreviate(match["alias"], person.name):
            found[match["alias"]] = person.name
        before = _ALIAS_BEFORE.search(sheet.plain, max(0, person.span[0] - 8), person.span[0])
        if before and _could_abbreviate(before["alias"], person.name):
            found.setdefault(before["alias"], person.name)
    return found


def _could_abbreviate(alias: str, name: str) -> bool:
    initials = [word[0] for word in fold(name.replace("-", " ")).split()]
    return alias[0].lower() in initials


def completed(sheet: Sheet, participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """A list of family names gets the given names that the text writes elsewhere, if one fits."""
    lone = {person.name for person in participants if " " not in person.name}
    if not lone:
        return tuple(participants)
    given: defaultdict[str, set[str]] = defaultdict(set)
    for match in _WHOLE.finditer(sheet.plain):
        if match["family"] in lone and is_given(match["given"]):
            given[match["family"]].add(match["given"])
    return tuple(
        replace(person, name=f"{next(iter(given[person.name]))} {person.name}")
        if len(given.get(person.name, ())) == 1
        else person
        for person in participants
    )


def with_titles(sheet: Sheet, participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """Titles that only the talk gives: "Frau Dr. Ebeling".

    A list that shows titles shows all that it wants to show.
    """
    if any(person.academic_title for person in participants):
        return tuple(participants)
    titles: dict[str, str] = {}
    for match in _TITLED_FAMILY.finditer(sheet.plain):
        titles.setdefault(fold(match["family"]), match["title"])
    return tuple(
        replace(person, academic_title=clean_title(titles[family]))
        if (family := fold(person.name.split()[-1])) in titles
        else person
        for person in participants
        if person.name.split()
    )
