"""Attendance tables whose columns were lost: "Berg, Anna Vorsitzende ja", below "Name Funktion Anw."."""

import re

from buendnisnetz.reader.affiliation import Affiliation, read_affiliation, read_status
from buendnisnetz.reader.attendance_table import column_of
from buendnisnetz.reader.inverted_names import Attendee
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Status
from buendnisnetz.reader.names import inverted, looks_institutional, person_at
from buendnisnetz.reader.roles import is_bare_role, starts_with_role

_SIGN = re.compile(
    r"(?<![\w.])(?:ja|nein|x|X|✓|anwesend|entsch\.|entschuldigt|unentsch\.|unentschuldigt|fehlt|abwesend|da|verhindert)(?![\w-])"
)


def flat_head(line: Line) -> bool:
    """A line of nothing but names of columns, one of them that of the people."""
    words = line.content.split()
    if line.kind is not Kind.TEXT or not 3 <= len(words) <= 7:
        return False
    columns = [column_of(word.strip(".,:;/")) or column_of(word) for word in words]
    return columns[0] in {"name", "given"} and all(columns[:2]) and sum(map(bool, columns)) >= 3


def flat_attendee(line: Line) -> tuple[Attendee, Status | None] | None:
    """The person of such a line: the name, then the function, then whether they were there."""
    stop = _behind_name(line)
    person = inverted(line.plain, line.start, stop) or person_at(line.plain, line.start, stop)
    if person is None:
        return None
    sign = _SIGN.search(line.plain, person.span[1], line.end)
    if sign is None:
        return None
    words = line.plain[person.span[1] : sign.start()].strip(" ,-–")
    behind = line.plain[sign.start() : line.end]
    own = _affiliation(words)
    status = read_status(sign.group())
    if status == "absent" and read_status(behind) == "excused":
        status = "excused"
    return Attendee(person, own), status


def _behind_name(line: Line) -> int:
    """Where a function or an office begins behind the name."""
    words = list(re.finditer(r"\S+", line.content))[1:]
    for word in words:
        bare = word.group().strip("(),;")
        if bare and (bare[0].islower() or is_bare_role(bare) or looks_institutional(bare)):
            return line.start + word.start()
    return line.end


def _affiliation(words: str) -> Affiliation:
    if starts_with_role(words):
        return Affiliation(role=words)
    return read_affiliation(words)
