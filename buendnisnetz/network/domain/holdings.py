"""What posts and the people on them hold, asked of every room that gives them something to hold.

A room registers each kind of thing in its ``panels`` module: how to list what a holder has, and how
one piece goes to somebody else. A handover lists all kinds and moves what has to move.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from buendnisnetz.network.models import Person, Post


@dataclass(frozen=True)
class Holder:
    """A post and who sits on it; nobody, if it is empty."""

    post: Post
    person: Person | None = None


@dataclass(frozen=True)
class Piece:
    """One thing that is held. ``key`` names it within its kind, at most 40 characters."""

    key: str
    label: str
    url: str = ""
    note: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Transfer:
    """From whom to whom, and from which day on. Taking it back is the same the other way round,
    with the same day."""

    source: Holder
    target: Holder
    on: date
    actor: Any
    now: datetime

    def back(self) -> "Transfer":
        return Transfer(self.target, self.source, self.on, self.actor, self.now)


# The pieces that a holder has on a day, in the order in which they are to be shown.
Find = Callable[[Holder, date], list[Piece]]
# Gives one piece away; afterwards ``find`` of the source no longer has it.
Move = Callable[[str, Transfer], None]
# Those of the given pieces that are still where a transfer put them.
Still = Callable[[Sequence[str], Holder, date], set[str]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is held. ``personal``: it hangs on the person, so a successor on the same
    post has to be given it. Without ``move`` it is only listed in the file for the successor."""

    code: str
    label: str | Promise
    find: Find
    move: Move | None
    still: Still
    personal: bool
    order: int


_kinds: dict[str, Kind] = {}


def register(
    code: str,
    label: str | Promise,
    *,
    find: Find,
    move: Move | None = None,
    still: Still | None = None,
    personal: bool = False,
    order: int = 100,
) -> None:
    """Have a kind ("room.thing") asked in every handover; the same code again replaces it."""

    def found_again(keys: Sequence[str], holder: Holder, day: date) -> set[str]:
        return {piece.key for piece in find(holder, day)}.intersection(keys)

    _kinds[code] = Kind(code, label, find, move, still or found_again, personal, order)


def kinds() -> list[Kind]:
    """All kinds in the order in which they are shown."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.code))


def kind_of(code: str) -> Kind | None:
    """A kind by its code; None if the room that registered it is no longer there."""
    return _kinds.get(code)


def held_by(holder: Holder, day: date) -> list[tuple[Kind, list[Piece]]]:
    """Everything that can move, kind by kind; kinds of which there is nothing are left out."""
    found = [(kind, kind.find(holder, day)) for kind in kinds() if kind.move is not None]
    return [(kind, pieces) for kind, pieces in found if pieces]


def listed_for(holder: Holder, day: date) -> list[tuple[Kind, list[Piece]]]:
    """What does not move and yet belongs into the file for the successor."""
    found = [(kind, kind.find(holder, day)) for kind in kinds() if kind.move is None]
    return [(kind, pieces) for kind, pieces in found if pieces]
