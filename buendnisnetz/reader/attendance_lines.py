"""The people of one line of an attendance list, in the light of the lines before it (S11)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from buendnisnetz.reader.affiliation import Affiliation
from buendnisnetz.reader.attendance_table import Columns, row_attendee
from buendnisnetz.reader.attendees import MOST_PEOPLE, attendees, saluted_at
from buendnisnetz.reader.flat_table import flat_attendee
from buendnisnetz.reader.inverted_names import Attendee
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Certainty, Participant, Span, Status
from buendnisnetz.reader.names import Person, clean_title, inverted

_LOWER_NAME = re.compile(r"[a-zäöü][a-zäöüß]{2,14}")


@dataclass
class State:
    """Where the reader stands inside the list."""

    status: Status | None = None
    group: str | None = None
    columns: Columns | None = None
    people: int = 0
    blanks: int = 0
    inverted: bool = False
    level: int = 0
    inline: bool = False
    flat: bool = False
    found: list[Participant] = field(default_factory=list)
    functions: set[Span] = field(default_factory=set)


def read(line: Line, span: Span, state: State) -> None:
    """Read the people of a stretch; a sentence inside it may change who they are."""
    start, end = span
    if end - start > 24:
        for match in _INNER_OPENER.finditer(line.plain, start + 1, end):
            _read_part(line, (start, match.start()), state)
            state.status = (
                "excused"
                if "ntschuldig" in match.group()
                else "absent"
                if "ehlt" in match.group()
                else "guest"
            )
            start = match.end()
    _read_part(line, (start, end), state)


# "Anwesend: A, B. Entschuldigt hatten sich C und D."
_INNER_OPENER = re.compile(
    r"(?<=[.;] )(?:(?:Es )?(?:[Ee]ntschuldigt|fehlten entschuldigt|fehlten|fehlen|[Ff]ehlend)(?: (?:hatten|haben|sind|waren|fehlen|fehlten|hat|ist|war)(?: sich)?)?|(?:Als )?Gäste?(?: (?:waren|sind|war|ist|nahmen teil))?)\s{0,9}:?\s"
)


def _read_part(line: Line, span: Span, state: State) -> None:
    if span[0] >= span[1] or state.people >= MOST_PEOPLE:
        return
    for attendee, status in _people(line, span, state):
        state.people += 1
        state.found.append(_participant(attendee, status, state))


def _people(line: Line, span: Span, state: State) -> Iterator[tuple[Attendee, Status | None]]:
    if state.flat and line.kind is Kind.TEXT and span[0] == line.start:
        row = flat_attendee(line)
        if row:
            yield row
            return
    cells = [cell for cell in line.cells if cell[0] >= span[0] and cell[1] > cell[0]]
    if len(cells) > 1 and (state.columns or not cells_are_people(line, cells)):
        several = _several(line, state.columns)
        if several:
            yield from ((one, None) for one in several)
            return
        found = row_attendee(line, state.columns, span[0])
        if found:
            yield found
        return
    for cell in cells if len(cells) > 1 else [span]:
        people = attendees(line.plain, *cell, inverted=state.inverted)
        if span[0] == line.start and not any(_credible(one, line, state) for one in people):
            people = []
        state.inverted = state.inverted or (
            bool(people)
            and inverted(line.plain, *cell) is not None
            and "," in line.plain[slice(*people[0].person.span)]
        )
        yield from ((attendee, None) for attendee in people)
        if not people and line.kind is Kind.BULLET and _LOWER_NAME.fullmatch(line.plain, *cell):
            yield _nickname(cell, line), None


def _several(line: Line, columns: Columns | None) -> list[Attendee]:
    """ "DRK | Jörg Tal, Petra Au": the people of one cell come from the same organisation."""
    if columns is None or "name" not in columns.roles or "organisation" not in columns.roles:
        return []
    at, of = columns.roles.index("name"), columns.roles.index("organisation")
    if max(at, of) >= len(line.columns):
        return []
    cell = line.columns[at]
    if inverted(line.plain, *cell) is not None:
        return []
    people = attendees(line.plain, *cell, inverted=False)
    if len(people) < 2 or not all(_surely(line, one) for one in people):
        return []
    words = line.plain[slice(*line.columns[of])].strip() or None
    return [replace(one, group=words) for one in people]


def _credible(attendee: Attendee, line: Line, state: State) -> bool:
    """One unknown word alone on a line is a name only where others stand like that too."""
    person = attendee.person
    if person.given or person.role or line.plain[person.span[0] - 5 : person.span[0]].strip():
        return bool(person.given or person.role) or line.plain[
            max(0, person.span[0] - 12) : person.span[0]
        ].rstrip().endswith(("Frau", "Herr", ":"))
    return state.people > 0 and not line.content.endswith(":")


def cells_are_people(line: Line, cells: list[Span]) -> bool:
    """Whether each cell holds nothing but people, one or several."""
    for cell in cells:
        people = attendees(line.plain, *cell, inverted=False)
        if not people or not all(_surely(line, one) for one in people):
            return False
        if len(people) == 1 and line.plain[people[0].person.span[1] : cell[1]].strip()[:1] not in {
            "",
            "(",
            ",",
            "-",
            "–",
        }:
            return False
    return True


def _surely(line: Line, attendee: Attendee) -> bool:
    person = attendee.person
    return bool(person.given or person.title) or saluted_at(line.plain, person.span[0])


def _nickname(cell: Span, line: Line) -> Attendee:
    """One lower-case word on a line of its own: who signs as "henni" is listed as "henni"."""
    return Attendee(Person(line.plain[slice(*cell)], "", None, cell), Affiliation())


def _participant(attendee: Attendee, status: Status | None, state: State) -> Participant:
    person, own = attendee.person, attendee.affiliation
    said = status or own.status or ("bracketed" if attendee.bracketed else None)
    confidence = Certainty.SURE if " " in person.name else Certainty.PROBABLE
    return Participant(
        person.name,
        person.title or clean_title(own.title),
        own.role or person.role,
        own.organisation or attendee.group or state.group,
        said or state.status or "present",  # type: ignore[arg-type]
        person.span,
        confidence,
    )
