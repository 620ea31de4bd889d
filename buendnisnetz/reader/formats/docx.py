"""Word documents: paragraphs, tables and the numbers that Word counts, without heads and feet."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from buendnisnetz.reader import messages
from buendnisnetz.reader.errors import BrokenFileError
from buendnisnetz.reader.formats.blocks import Blocks, cell_text
from buendnisnetz.reader.formats.numbering import Counters, Level
from buendnisnetz.reader.formats.packages import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted words, field codes and notes are no text; text boxes hold decoration.
_SKIPPED = {
    f"{_W}del",
    f"{_W}instrText",
    f"{_W}delText",
    f"{_W}txbxContent",
    f"{_W}pPr",
    f"{_W}rPr",
    f"{_W}moveFrom",
    _FALLBACK,
}
_AS_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_DEEPEST = 40


def read(content: bytes, name: str) -> str:
    """The text of a .docx file."""
    package = Package(content, name)
    document = package.xml("word/document.xml")
    body = document.find(f"{_W}body") if document is not None else None
    if body is None:
        raise BrokenFileError(messages.BROKEN.format(name=name))
    writer = _Writer(_Lists(package.xml("word/numbering.xml"), package.xml("word/styles.xml")))
    writer.blocks_of(body, 0)
    return writer.blocks.text()


class _Lists:
    """Which list and level a paragraph belongs to, directly or by its style."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._styles: dict[str, tuple[str | None, int]] = {}
        self._based_on: dict[str, str] = {}
        self._counters = Counters()
        if numbering is not None:
            self._read_numbering(numbering)
        for style in styles.iter(f"{_W}style") if styles is not None else ():
            self._read_style(style)

    def _read_numbering(self, numbering: Element) -> None:
        shapes = {
            shape.get(f"{_W}abstractNumId", ""): dict(_levels(shape))
            for shape in numbering.iter(f"{_W}abstractNum")
        }
        for number in numbering.findall(f"{_W}num"):
            shape = number.find(f"{_W}abstractNumId")
            key, shape_id = number.get(f"{_W}numId", ""), _value(shape)
            self._levels[key] = dict(shapes.get(shape_id, {}))
            overrides = dict(_overrides(number, self._levels[key]))
            self._levels[key].update(overrides)
            # Lists that share a shape go on counting, unless they start anew.
            self._abstract[key] = f"num{key}" if overrides else f"abstract{shape_id}"

    def _read_style(self, style: Element) -> None:
        key = style.get(f"{_W}styleId", "")
        based = style.find(f"{_W}basedOn")
        if based is not None:
            self._based_on[key] = _value(based)
        numbered = style.find(f"{_W}pPr/{_W}numPr")
        if numbered is not None:
            self._styles[key] = _list_place(numbered)

    def label(self, properties: Element | None) -> tuple[str, int] | None:
        """Label and depth of a list paragraph; None for one outside lists."""
        place = self._place(properties)
        if place is None or place[0] is None or place[0] == "0":
            return None
        key, depth = place
        levels = self._levels.get(str(key))
        if levels is None:
            return None
        return self._counters.label(self._abstract[str(key)], levels, depth), depth

    def _place(self, properties: Element | None) -> tuple[str | None, int] | None:
        if properties is None:
            return None
        own = properties.find(f"{_W}numPr")
        style = properties.find(f"{_W}pStyle")
        inherited = self._style_place(_value(style)) if style is not None else None
        if own is None:
            return inherited
        key, depth = _list_place(own)
        return (key if key is not None else inherited[0] if inherited else None, depth)

    def _style_place(self, style: str) -> tuple[str | None, int] | None:
        for _ in range(12):
            if style in self._styles:
                return self._styles[style]
            if style not in self._based_on:
                return None
            style = self._based_on[style]
        return None


def _value(element: Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _whole(digits: str, default: int) -> int:
    return int(digits) if digits.isdecimal() and len(digits) < 6 else default


def _list_place(numbered: Element) -> tuple[str | None, int]:
    key = numbered.find(f"{_W}numId")
    depth = numbered.find(f"{_W}ilvl")
    return (_value(key) if key is not None else None, min(_whole(_value(depth), 0), 8))


def _levels(shape: Element) -> Iterator[tuple[int, Level]]:
    for level in shape.findall(f"{_W}lvl"):
        depth = _whole(level.get(f"{_W}ilvl", ""), 0)
        kind = _value(level.find(f"{_W}numFmt")) or "decimal"
        start = _whole(_value(level.find(f"{_W}start")), 1)
        yield depth, Level(kind, _value(level.find(f"{_W}lvlText")), start)


def _overrides(number: Element, levels: dict[int, Level]) -> Iterator[tuple[int, Level]]:
    for override in number.findall(f"{_W}lvlOverride"):
        depth = _whole(override.get(f"{_W}ilvl", ""), 0)
        start = override.find(f"{_W}startOverride")
        if start is not None and depth in levels:
            shape = levels[depth]
            yield depth, Level(shape.kind, shape.pattern, _whole(_value(start), 1))


class _Writer:
    def __init__(self, lists: _Lists) -> None:
        self.blocks = Blocks()
        self._lists = lists

    def blocks_of(self, parent: Element, depth: int) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif depth < _DEEPEST and child.tag not in _SKIPPED:
                self.blocks_of(child, depth + 1)

    def _paragraph(self, paragraph: Element) -> None:
        text = "".join(_runs(paragraph, 0))
        properties = paragraph.find(f"{_W}pPr")
        listed = self._lists.label(properties) if text.strip() else None
        if listed is None:
            self.blocks.paragraph(text)
        elif listed[0] == "-" or listed[1] > 0:
            self.blocks.item(listed[0], text, listed[1])
        else:
            self.blocks.item(listed[0], text, 0)

    def _table(self, table: Element, depth: int) -> None:
        self.blocks.table_begins()
        for row in table.iter(f"{_W}tr"):
            cells = [self._cell(cell, depth) for cell in row.findall(f".//{_W}tc")]
            self.blocks.row(cells)
        self.blocks.table_ends()

    def _cell(self, cell: Element, depth: int) -> str:
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merged is not None and merged.get(f"{_W}val") != "restart":
            return ""
        parts = []
        for paragraph in cell.iter(f"{_W}p"):
            text = "".join(_runs(paragraph, 0)).strip()
            listed = self._lists.label(paragraph.find(f"{_W}pPr")) if text else None
            parts.append(f"{listed[0]} {text}" if listed and listed[0] not in {"", "-"} else text)
        return cell_text(parts)


def _runs(parent: Element, depth: int) -> Iterator[str]:
    for child in parent:
        if child.tag in _SKIPPED or depth > _DEEPEST:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _AS_TEXT:
            yield _AS_TEXT[child.tag]
        else:
            yield from _runs(child, depth + 1)
