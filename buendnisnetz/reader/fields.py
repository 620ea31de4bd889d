"""Label and value pairs of the document, wherever they stand: line, cell, or heading with a line below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from buendnisnetz.reader.labels import LONGEST_LABEL, Field, field_of, offices_of
from buendnisnetz.reader.lines import Kind, Line
from buendnisnetz.reader.model import Span
from buendnisnetz.reader.sheet import Sheet

# "Beginn 18.00   Ende 19.30": in a row of the head the colon is left off.
_BARE_VALUE = re.compile(r"(?P<label>[A-ZÄÖÜ][a-zäöüß]{2,20})[ ]{1,3}(?=\d)")
_CLOCKED = {Field.START, Field.END, Field.DATE, Field.TIME}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value with what announced it; the value may be empty."""

    field: Field
    label: str
    value: Span
    line: Line


def labelled_values(sheet: Sheet) -> tuple[Labelled, ...]:
    """All labels with their values in order of the text."""
    found: list[Labelled] = []
    for index, line in enumerate(sheet.lines):
        if line.blank:
            continue
        pairs = list(_pairs(line))
        if line.kind is Kind.ROW and all(_is_bare_label(line, cell) for cell in line.cells):
            continue
        if not pairs and line.field is not None and len(line.content) <= LONGEST_LABEL:
            pairs = [Labelled(line.field, line.content, (line.end, line.end), line)]
        found += [_with_next_line(sheet, index, pair) for pair in pairs]
    return tuple(_with_torn_values(found))


def _is_bare_label(line: Line, cell: Span) -> bool:
    """ "Der Vorsitzende:    Die Schriftführerin:" stands above signatures, which are read there."""
    return len(line.cells) > 1 and line.plain[slice(*cell)].endswith(":")


def _with_torn_values(found: list[Labelled]) -> list[Labelled]:
    """Labels of a torn column stand in a row, and the last one has the values of all."""
    for index in range(len(found) - 2, -1, -1):
        pair, following = found[index], found[index + 1]
        empty = pair.value[0] >= pair.value[1]
        if empty and pair.line.label and following.line.index == pair.line.index + 1:
            found[index] = replace(pair, value=following.value)
    return found


def _pairs(line: Line) -> Iterator[Labelled]:
    if line.kind is not Kind.ROW or len(line.cells) < 2:
        if line.label and line.label[0]:
            offices = offices_of(line.label[1])
            for field in offices if len(offices) > 1 else (line.label[0],):
                yield Labelled(field, line.label[1], (line.label[2], line.end), line)
        return
    yield from _cell_pairs(line)


def _cell_pairs(line: Line) -> Iterator[Labelled]:
    """ "Ort: Rathaus | Beginn: 18 Uhr" and "Ort | Rathaus"."""
    cells = line.cells
    index = 0
    while index < len(cells):
        start, end = cells[index]
        words = line.plain[start:end]
        label, colon, value = words.partition(":")
        field = field_of(label)
        if field is not None and colon and value.strip():
            offset = start + len(label) + 1 + len(value) - len(value.lstrip())
            yield Labelled(field, label, (offset, end), line)
        elif field is None and (bare := _BARE_VALUE.match(words)):
            found = field_of(bare["label"])
            if found in _CLOCKED:
                yield Labelled(found, bare["label"], (start + bare.end(), end), line)
        elif field is not None and index + 1 < len(cells) and (colon or len(cells) == 2):
            if line.plain[slice(*cells[index + 1])].rstrip().endswith(":"):
                index += 1
                continue
            yield Labelled(field, label, cells[index + 1], line)
            index += 1
        index += 1


def _with_next_line(sheet: Sheet, index: int, pair: Labelled) -> Labelled:
    """A label without a value announces the next line, unless that is a label itself."""
    if pair.value[0] < pair.value[1] or pair.line.kind is Kind.BULLET:
        return pair
    for following in sheet.lines[index + 1 : index + 4]:
        if following.blank:
            continue
        if following.heading or following.field is not None:
            break
        return Labelled(pair.field, pair.label, (following.start, following.end), pair.line)
    return pair
