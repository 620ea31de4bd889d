"""Address books: vCard 3 and 4, one card a row."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from buendnisnetz.upkeep.reading.table import Table, UnreadableError, table_from
from buendnisnetz.upkeep.reading.texts import read_text

if TYPE_CHECKING:
    from icalendar.parser import Contentline

# The headings are those that the columns of a list are recognised by.
HEADER = [
    "UID", "Name", "Titel", "Vorname", "Nachname", "Organisation", "Funktion", "E-Mail", "Telefon",
    "Straße", "PLZ", "Ort", "Website", "Notiz",
]  # fmt: skip
_PLACES = {heading: place for place, heading in enumerate(HEADER)}
_SIMPLE = {
    "UID": "UID", "FN": "Name", "TITLE": "Funktion", "ROLE": "Funktion", "EMAIL": "E-Mail",
    "TEL": "Telefon", "URL": "Website", "NOTE": "Notiz",
}  # fmt: skip
_UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*;")
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
_ESCAPE = re.compile(r"\\[nN,;\\]")


def read_cards(path: Path) -> Table:
    """Each card's name, organisation, function and addresses; the first of several counts.

    Raises UnreadableError: BROKEN, OLD_CARDS (version 2.1 has no fixed encoding), EMPTY.
    """
    from icalendar.parser import Contentlines  # noqa: PLC0415 -- three megabytes that few processes need

    text = read_text(path)
    try:
        lines = list(Contentlines.from_ical(text))  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise UnreadableError("BROKEN") from error
    return table_from([(1, HEADER), *_cards(lines)])


def _cards(lines: "list[Contentline]") -> Iterator[tuple[int, list[str]]]:
    """Cards with their number in the file, counted after the heading."""
    number, card = 1, None
    for line in lines:
        name, value = _split(line)
        if name == "BEGIN" and value.upper() == "VCARD":
            card = [""] * len(HEADER)
        elif name == "END" and card is not None:
            number += 1
            yield number, card
            card = None
        elif name == "VERSION" and value.strip() not in {"3.0", "4.0"}:
            raise UnreadableError("OLD_CARDS")
        elif card is not None:
            _fill(card, name, value)


def _split(line: "Contentline") -> tuple[str, str]:
    """A line's name, without its group, and its value as written."""
    if not line.strip():
        return "", ""
    try:
        name, _parameters, _value = line.parts()
    except ValueError as error:
        raise UnreadableError("BROKEN") from error
    return name.rpartition(".")[2].upper(), _raw_value(line)


def _raw_value(line: str) -> str:
    """What stands after the first colon outside quotes."""
    quoted = False
    for place, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return line[place + 1 :]
    return ""


def _fill(card: list[str], name: str, value: str) -> None:
    if name == "N":
        family, given, _more, before = _parts(value, 4)
        _set(card, {"Nachname": family, "Vorname": given, "Titel": before})
    elif name == "ADR":
        _box, _extended, street, city, _region, postcode = _parts(value, 6)
        _set(card, {"Straße": street, "Ort": city, "PLZ": postcode})
    elif name == "ORG":
        _set(card, {"Organisation": _parts(value, 1)[0]})
    elif name in _SIMPLE:
        _set(card, {_SIMPLE[name]: _plain(value).removeprefix("tel:").removeprefix("mailto:")})


def _set(card: list[str], values: dict[str, str]) -> None:
    for heading, value in values.items():
        card[_PLACES[heading]] = card[_PLACES[heading]] or value.strip()


def _parts(value: str, wanted: int) -> list[str]:
    """The components of a structured value, as many as are wanted."""
    pieces, start = [], 0
    for found in _UNESCAPED.finditer(value):
        pieces.append(value[start : found.end() - 1])
        start = found.end()
    pieces.append(value[start:])
    return [_plain(piece) for piece in (pieces + [""] * wanted)[:wanted]]


def _plain(value: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPES[found.group()], value)
