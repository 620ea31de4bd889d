"""Attendance that begins without "Anwesend": a block of functions or a table full of people (S11)."""

from buendnisnetz.reader.attendance_lines import State, cells_are_people, read
from buendnisnetz.reader.attendance_sentences import HEAD
from buendnisnetz.reader.attendees import attendees
from buendnisnetz.reader.labels import Field
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.sheet import Sheet


def heads_block(sheet: Sheet, line: Line) -> bool:
    """ "Gemeinderäte: Anna Berg, Jörg Tal" in the head needs no "Anwesend:" above it."""
    if line.index > HEAD or line.kind is Kind.NUMBER or line.label is None:
        return False
    if line.value[0] < line.value[1]:
        people = attendees(line.plain, *line.value, inverted=False)
        return sum(bool(one.person.given) for one in people) >= 2
    below = [other for other in sheet.lines[line.index + 1 : line.index + 3] if not other.blank]
    named = [attendees(other.plain, other.start, other.end, inverted=False) for other in below]
    return len(named) > 1 and all(len(found) == 1 and found[0].person.given for found in named)


def with_chair_above(sheet: Sheet, line: Line, state: State) -> None:
    """ "Vorsitzender: Uwe Moor" right above the members was there too."""
    above = [other for other in sheet.lines[max(0, line.index - 3) : line.index] if not other.blank]
    for index, other in enumerate(above):
        if other.field is Field.CHAIR:
            value = other.value
            if value[0] >= value[1] and index + 1 < len(above):
                value = (above[index + 1].start, above[index + 1].end)
            read(other, value, state)


def people_table(line: Line) -> bool:
    """A row whose cells are full of people, below names of groups: that is who was there."""
    if line.kind is not Kind.ROW or line.index > HEAD or len(line.cells) < 2:
        return False
    found = [attendees(line.plain, *cell, inverted=False) for cell in line.cells]
    return all(found) and sum(map(len, found)) >= 5 and cells_are_people(line, list(line.cells))
