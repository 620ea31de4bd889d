"""Chance that always falls the same way: the same seed gives the same world."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from buendnisnetz.web.demo import words

_Item = TypeVar("_Item")
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class Chance:
    """A seeded source of choices, names and identifiers."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- nothing secret is made of it

    def pick(self, items: Sequence[_Item]) -> _Item:
        return items[int(self._random.random() * len(items))]

    def sample(self, items: Sequence[_Item], count: int) -> list[_Item]:
        return self._random.sample(items, min(count, len(items)))

    def number(self, low: int, high: int) -> int:
        return low + int(self._random.random() * (high - low + 1))

    def happens(self, probability: float) -> bool:
        return self._random.random() < probability

    def public_id(self) -> str:
        return "".join(self._random.choices(_ALPHABET, k=8))

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.number(0, max(0, (last - first).days)))

    def workday(self, first: date, last: date) -> date:
        day = self.day(first, last)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def name(self) -> tuple[str, str, str]:
        """Academic title, given name, family name."""
        return self.pick(words.TITLES), self.pick(words.GIVEN_NAMES), self.pick(words.FAMILY_NAMES)
