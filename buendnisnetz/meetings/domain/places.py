"""Which territory a name of an institution carries: "Stadt Kahla", "LRA Gotha", "Jenaer Bündnis". Pure.

The names come from the register of the meeting's day, so that a town is found under the name it had.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from buendnisnetz.territories.enums import Level

_WORD = re.compile(r"[\w.-]+")
# What a register adds to a name to tell it from others.
_ADDITION = re.compile(
    r"/|\s+\(|\s+(?:am|an der|an dem|b\.|bei|i\.|im|in|in der|ob der|vor der|v\.)\s"
)
_DISTRICT_WORDS = frozenset(
    ["lra", "landratsamt", "landkreis", "landkreises", "kreis", "kreises", "kreisverwaltung"]
)
_PLACE_WORDS = _DISTRICT_WORDS | frozenset(
    ["stadt", "gemeinde", "stadtverwaltung", "stadtrat", "rathaus", "in", "bündnis", "ort", "für"]
)
# "Bad X" is another town than X.
_OF_THE_NAME = frozenset(["bad"])
# Shorter names are also words and given names (Rosa, Rohr): only where the place should stand.
_SHORT = 4


class Place(NamedTuple):
    """A district or municipality of the register: its number, level, the district's number, its name."""

    pk: int
    level: str
    district: int
    name: str


class Gazetteer:
    """The names of one day; ask it for as many institutions as a document has."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._names: dict[tuple[str, ...], list[Place]] = defaultdict(list)
        self._adjectives: dict[tuple[str, ...], list[Place]] = defaultdict(list)
        short: dict[tuple[str, ...], list[Place]] = defaultdict(list)
        for place in places:
            words = _words(place.name)
            self._names[words].append(place)
            base = _words(_ADDITION.split(place.name)[0])
            if base != words:
                short[base].append(place)
            for form in _adjectives(place.name):
                self._adjectives[form,].append(place)
            if place.name.endswith("kreis"):
                self._names[_words(f"{place.name}es")].append(place)
        for base, found in short.items():
            if base not in self._names:
                self._names[base] = found
        self._longest = max((len(words) for words in self._names), default=0)

    def place_of(self, institution: str) -> Place | None:
        """The one place that the words name; None if they name none, or several."""
        found: list[Place] = []
        for part in re.split(r"[,;]", institution):
            words = _WORD.findall(part)
            found += self._in_words(words)
        districts = {place.district for place in found}
        if not found or len(districts) > 1:
            return None
        # Of a town and its district the town says more.
        return min(found, key=lambda place: place.level == Level.DISTRICT)

    def _in_words(self, words: list[str]) -> list[Place]:
        """The places in one stretch of words, the longest names first."""
        found, start = [], 0
        while start < len(words):
            for end in range(min(len(words), start + self._longest), start, -1):
                place = self._named(words, start, end)
                if place is not None:
                    found.append(place)
                    start = end - 1
                    break
            start += 1
        return found

    def _named(self, words: list[str], start: int, end: int) -> Place | None:
        before = words[start - 1].casefold() if start else ""
        if before in _OF_THE_NAME:
            return None
        key = tuple(word.casefold() for word in words[start:end])
        if end - start == 1 and not self._stands_for_a_place(words, start, before):
            return None
        candidates = self._names.get(key, [])
        if not candidates and end < len(words) and words[start][:1].isupper():
            candidates = self._adjectives.get(key, [])
        return _one_of(candidates, district=before in _DISTRICT_WORDS)

    @staticmethod
    def _stands_for_a_place(words: list[str], start: int, before: str) -> bool:
        word = words[start]
        if not word[:1].isupper():
            return False
        return len(word) > _SHORT or before in _PLACE_WORDS or start == len(words) - 1


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(name))


def _adjectives(name: str) -> set[str]:
    """Jena: jenaer; Meiningen: meininger; Nordhausen: nordhäuser; Halle: haller."""
    word = _ADDITION.split(name)[0].casefold()
    if not word.isalpha():
        return set()
    if word.endswith("hausen"):
        return {f"{word[:-6]}häuser", f"{word[:-2]}er"}
    if word.endswith("en"):
        return {f"{word[:-2]}er", f"{word}er"}
    return {f"{word}r" if word.endswith("e") else f"{word}er"}


def _one_of(candidates: list[Place], *, district: bool) -> Place | None:
    """The candidate of the level that is meant, if there is one only."""
    towns = [place for place in candidates if place.level == Level.MUNICIPALITY]
    districts = [place for place in candidates if place.level == Level.DISTRICT]
    wanted = (districts or towns) if district else (towns or districts)
    return wanted[0] if len(wanted) == 1 else None
