"""Where a text names people, for whoever has to hide or highlight them (S17)."""

import datetime
import re
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

    ``due`` is an ISO day where the line names one, else its words (see :func:`resolve_due`);
    without one, ``waits_for`` is the event that has to happen first (see :func:`event_in`).
    """

    who: str
    due: str
    waits_for: str


def read_deed(text: str, names: Sequence[str], held_on: datetime.date | None) -> Deed:
    """Who and until when, from one line such as "Fr. Kurz bis 15.3. Raum anfragen"."""
    people = people_in(text, names)
    due = find_due(text, 0, len(text), held_on)
    who = people[0].name if people else ""
    return Deed(who, due.value if due else "", "" if due else event_in(text))


# A clause that makes a deed wait, or a noun that does the same ("nach Beginn der Antragsfrist").
_EVENT = re.compile(
    r"(?<!\w)(?:[Ss]obald|[Ww]enn|[Nn]achdem)\s{1,9}[^,.;:!?()]{3,150}"
    r"|(?<!\w)[Nn]ach\s{1,9}(?:de[mr]\s{1,9})?(?:Start|Beginn|Veröffentlichung|Bekanntgabe|Inkrafttreten|"
    r"Vorliegen|Eingang|Genehmigung|Bewilligung|Freigabe|Freischaltung|Beschluss)"
    r"\s{1,9}(?:de[rs]|von)\s{1,9}(?:[a-zäöüß]{1,40}\s{1,9})?[A-ZÄÖÜ][\wäöüß-]{1,60}"
)


def event_in(text: str) -> str:
    """The event that a line waits for, in its words: "sobald das Verfahren startet"; empty if none."""
    found = _EVENT.search(text)
    return " ".join(found.group().split()) if found else ""
