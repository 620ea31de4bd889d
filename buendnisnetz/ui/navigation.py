"""The main navigation: rooms above say what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass
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


def items(user: Any, path: str) -> list[Item]:
    """The entries a user sees; the one whose address begins the current path is marked."""
    result = []
    for entry in _entries:
        if entry.shown(user):
            address = reverse(entry.url_name)
            current = path == address or (address != "/" and path.startswith(address))
            result.append(Item(str(entry.label), address, current))
    return result
