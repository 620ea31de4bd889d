"""Where a text names people, for whoever has to hide or highlight them (S17)."""

from collections.abc import Sequence
from dataclasses import dataclass

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
