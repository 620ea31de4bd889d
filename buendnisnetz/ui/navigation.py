"""The main navigation: rooms above say what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    """A navigation entry; ``shown`` decides by user without asking the database again."""

    label: str | Promise
    url_name: str
    order: int
    shown: Callable[[Any], bool]


class Item(NamedTuple):
    label: str
    url: str
    current: bool


_entries: list[Entry] = []


def register(
    label: str | Promise, url_name: str, *, order: int, shown: Callable[[Any], bool]
) -> None:
    _entries.append(Entry(label, url_name, order, shown))
    _entries.sort(key=lambda entry: entry.order)
    _written_out.cache_clear()


@lru_cache(maxsize=1)
def _written_out() -> list[tuple[str, str, Callable[[Any], bool]]]:
    # One language, and addresses never change while a process runs: each page asks for all of them.
    return [(str(entry.label), reverse(entry.url_name), entry.shown) for entry in _entries]


def items(user: Any, path: str) -> list[Item]:
    """The entries a user sees; the one whose address begins the current path is marked."""
    return [
        Item(label, address, path == address or (address != "/" and path.startswith(address)))
        for label, address, shown in _written_out()
        if shown(user)
    ]
