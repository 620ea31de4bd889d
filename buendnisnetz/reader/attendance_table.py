"""Attendance lists that are tables, with or without a head row (S11)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from buendnisnetz.reader.affiliation import Affiliation, read_affiliation, read_status
from buendnisnetz.reader.given_names import is_given
from buendnisnetz.reader.inverted_names import Attendee
from buendnisnetz.reader.lines import Line
from buendnisnetz.reader.model import Status
from buendnisnetz.reader.names import TITLE, WORD, Person, clean_title, inverted, person_at
from buendnisnetz.reader.roles import is_bare_role

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("given", re.compile(r"vorname.*", re.IGNORECASE)),
    ("name", re.compile(r"(?:name|nachname|familienname|zuname)(?: ?[,/] ?vorname| ?\(.{1,30}\))?|vor-? ?und (?:nach|zu|familien)name|teilnehm\w{1,40}.*|mitglied(?:er)?|person(?:en)?|anwesende.*|wer|name und funktion|nachname.*|vertreten durch|vertreter(?:in|innen|/in)?|vertretende.*", re.IGNORECASE)),
    ("title", re.compile(r"titel|akad\. ?(?:grad|titel)|anrede", re.IGNORECASE)),
    ("status", re.compile(r"teilnahme|anwesenheit|anwesend.*|status|unterschrift|teilgenommen|da\??|entschuldigt|präsenz|bemerkung(?:en)?|anw\.?(?: ?/ ?entsch\.?)?|(?:un)?entsch\.?|fehlt|unentschuldigt|abwesend", re.IGNORECASE)),
    ("role", re.compile(r"funktion(?:en)?.*|rolle|amt|aufgabe|position|stellung", re.IGNORECASE)),
    ("organisation", re.compile(r"institution.*|organisation.*|einrichtung.*|firma.*|verein.*|vertret.*|.*stelle|träger|verband.*|fraktion.*|partei|entsendend.*|bereich|dienststelle|betrieb.*|unternehmen|gruppe|für|von|herkunft|behörde|abteilung|kita|schule|ort", re.IGNORECASE)),
)  # fmt: skip
_TITLE_THEN_NAME = re.compile(rf"(?P<titles>(?:{TITLE}[ \t]{{0,9}}){{1,4}})")
_GIVEN_CELL = re.compile(
    rf"(?:{TITLE}[ \t]{{0,9}}){{0,4}}(?:{WORD}|[A-ZÄÖÜ]\.)(?:[ \t]{{1,9}}(?:{WORD}|[A-ZÄÖÜ]\.)){{0,2}}(?:[ \t]{{1,9}}(?:von|van|de|zu|der|den))*"
)


_TELLS_PRESENCE = re.compile(r"(?i)teilnehm|anwesend|vertreten durch|vertreter")
_MARK = re.compile(r"[xX✓✔+1•*]|ja|JA|Ja")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what."""

    roles: tuple[str | None, ...]
    heads: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """A head row that can only be that of an attendance table."""
        told = any(_TELLS_PRESENCE.match(head) for head in self.heads)
        return "given" in self.roles or "status" in self.roles or told

    def at(self, index: int) -> str | None:
        """The meaning of a column, None for one beyond the head row."""
        return self.roles[index] if index < len(self.roles) else None


def head_columns(line: Line) -> Columns | None:
    """The head row of an attendance table, or None."""
    cells = [line.plain[slice(*cell)].strip(" :*") for cell in line.columns]
    roles = tuple(column_of(cell) for cell in cells)
    known = [role for role in roles if role]
    names = "name" in roles or "given" in roles
    return Columns(roles, tuple(cells)) if names and len(known) >= 2 and len(cells) >= 2 else None


def column_of(cell: str) -> str | None:
    """What a column of this name holds."""
    return next((role for role, pattern in _COLUMNS if pattern.fullmatch(cell)), None)


def row_attendee(
    line: Line, columns: Columns | None, start: int = 0
) -> tuple[Attendee, Status | None] | None:
    """The person of a table row from `start`; without a head row the cells themselves must tell."""
    cells = [cell for cell in line.cells if cell[1] > cell[0] and cell[0] >= start]
    if columns is not None:
        return _by_columns(line, columns)
    if len(cells) >= 2 and line.plain[slice(*cells[0])].strip(".").isdigit():
        cells = cells[1:]
    return _by_shape(line, cells)


def _by_columns(line: Line, columns: Columns) -> tuple[Attendee, Status | None] | None:
    parts: dict[str, tuple[int, int]] = {}
    cells = line.columns if len(line.columns) <= len(columns.roles) else line.cells
    marked: Status | None = None
    for index, cell in enumerate(cells):
        role = columns.at(index)
        if role and cell[1] > cell[0]:
            if role == "status" and _MARK.fullmatch(line.plain[slice(*cell)].strip()):
                marked = marked or read_status(columns.heads[index])
            parts.setdefault(role, cell)
    person = _person(line, parts)
    if person is None:
        return None
    words = {role: line.plain[slice(*cell)] for role, cell in parts.items()}
    inside = (
        read_affiliation(line.plain[person.span[1] : parts["name"][1]])
        if "given" not in parts and "name" in parts
        else Affiliation()
    )
    organisation, role = words.get("organisation"), words.get("role")
    if organisation and is_bare_role(organisation):
        organisation, role = None, role or organisation
    status = marked or (read_status(words["status"]) if "status" in words else None)
    own = Affiliation(organisation or inside.organisation, role or inside.role, inside.status)
    return Attendee(person, own), status or inside.status


def _person(line: Line, parts: dict[str, tuple[int, int]]) -> Person | None:
    if "given" in parts and "name" in parts:
        return _joined(line, parts["name"], parts["given"])
    cell = parts.get("name") or parts.get("given")
    if cell is None:
        return None
    person = inverted(line.plain, *cell) or person_at(line.plain, *cell, single=True)
    if person and person.title is None and "title" in parts:
        title = clean_title(line.plain[slice(*parts["title"])])
        return Person(person.given, person.family, title, person.span, person.role)
    return person


def _joined(line: Line, family: tuple[int, int], given: tuple[int, int]) -> Person:
    """Family and given name of two cells, with titles in either."""
    titles: list[str] = []
    names: list[str] = []
    for cell in (given, family):
        words = line.plain[slice(*cell)]
        lead = _TITLE_THEN_NAME.match(words)
        titles += [lead["titles"]] if lead else []
        names.append(" ".join((words[lead.end() :] if lead else words).split()))
    span = (min(given[0], family[0]), max(given[1], family[1]))
    return Person(names[0], names[1], clean_title(" ".join(titles)), span)


def _by_shape(
    line: Line, cells: Sequence[tuple[int, int]]
) -> tuple[Attendee, Status | None] | None:
    if not cells:
        return None
    person, used = _first_cells(line, cells)
    if person is None:
        return None
    status: Status | None = None
    words: list[str] = [line.plain[person.span[1] : cells[used - 1][1]]]
    for cell in cells[used:]:
        content = line.plain[slice(*cell)]
        found = read_status(content) if len(content) <= 30 else None
        status = status or found
        words += [] if found else [content]
    return Attendee(person, read_affiliation(", ".join(w for w in words if w.strip()))), status


def _first_cells(line: Line, cells: Sequence[tuple[int, int]]) -> tuple[Person | None, int]:
    plain = line.plain
    first = plain[slice(*cells[0])]
    if len(cells) >= 2 and " " not in first.strip() and "," not in first:
        second = plain[slice(*cells[1])].strip()
        if _GIVEN_CELL.fullmatch(second) and (
            is_given(second.split()[-1]) or is_given(second.split()[0])
        ):
            return _joined(line, cells[0], cells[1]), 2
        if is_given(first.strip()) and re.fullmatch(WORD, second):
            return _joined(line, cells[1], cells[0]), 2
    return inverted(plain, *cells[0]) or person_at(plain, *cells[0], single=True), 1
