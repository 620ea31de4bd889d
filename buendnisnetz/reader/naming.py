"""Where a text names people, for whoever has to hide or highlight them (S17)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from buendnisnetz.reader.duewords import find_due
from buendnisnetz.reader.mentions import scan
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Naming:
    """A person named in a text; ``name`` is the one of the given list that is meant, or as written."""

    name: str
    span: Span


def people_in(text: str, names: Sequence[str] = ()) -> tuple[Naming, ...]:
    """Everyone the text names, in order: listed people by any part of their name, others by
    salutation, function or a full name. A span takes the salutation and the function in."""
    roster = Roster(Sheet(text, text, (), ()), names, {})
    return tuple(Naming(mention.name, mention.span) for mention in scan(text, roster))


@dataclass(frozen=True, slots=True)
class Deed:
    """What a line says about who is to do something until when; empty where it says nothing.

    ``due`` is an ISO day where the line names one, else its words (see :func:`resolve_due`).
    """

    who: str
    due: str


def read_deed(text: str, names: Sequence[str], held_on: datetime.date | None) -> Deed:
    """Who and until when, from one line such as "Fr. Kurz bis 15.3. Raum anfragen"."""
    people = people_in(text, names)
    due = find_due(text, 0, len(text), held_on)
    return Deed(people[0].name if people else "", due.value if due else "")
