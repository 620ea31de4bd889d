"""OpenDocument texts: paragraphs, lists with their numbers, tables."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from buendnisnetz.reader import messages
from buendnisnetz.reader.errors import BrokenFileError, EncryptedFileError
from buendnisnetz.reader.formats.blocks import Blocks, cell_text
from buendnisnetz.reader.formats.numbering import Counters, Level
from buendnisnetz.reader.formats.packages import Package

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SKIPPED = {
    f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls",
    f"{_DRAW}frame", f"{_OFFICE}forms", f"{_OFFICE}scripts",
}  # fmt: skip
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h"}
_DEEPEST = 40
_MOST_SPACES = 200


def read(content: bytes, name: str) -> str:
    """The text of an .odt file."""
    package = Package(content, name)
    manifest = package.xml("META-INF/manifest.xml")
    if (
        manifest is not None
        and next(manifest.iter(f"{_MANIFEST}encryption-data"), None) is not None
    ):
        raise EncryptedFileError(messages.ENCRYPTED.format(name=name))
    document = package.xml("content.xml")
    body = document.find(f"{_OFFICE}body/{_OFFICE}text") if document is not None else None
    if document is None or body is None:
        raise BrokenFileError(messages.BROKEN.format(name=name))
    shapes = dict(_list_styles(document))
    styles = package.xml("styles.xml")
    if styles is not None:
        shapes = dict(_list_styles(styles)) | shapes
    writer = _Writer(shapes)
    writer.blocks_of(body, 0)
    return writer.blocks.text()


def _list_styles(root: Element) -> Iterator[tuple[str, dict[int, Level]]]:
    for style in root.iter(f"{_TEXT}list-style"):
        yield style.get(f"{_STYLE}name", ""), dict(_levels(style))


def _levels(style: Element) -> Iterator[tuple[int, Level]]:
    for level in style:
        depth = (
            int(level.get(f"{_TEXT}level", "1") or "1") - 1
            if (level.get(f"{_TEXT}level") or "1").isdecimal()
            else 0
        )
        if level.tag == f"{_TEXT}list-level-style-number":
            kind = level.get(f"{_STYLE}num-format", "")
            shown = level.get(f"{_TEXT}display-levels", "1")
            levels = min(int(shown), depth + 1) if shown.isdecimal() else 1
            numbers = ".".join(f"%{n + 1}" for n in range(depth + 1 - levels, depth + 1))
            pattern = (
                level.get(f"{_STYLE}num-prefix", "")
                + numbers
                + level.get(f"{_STYLE}num-suffix", "")
            )
            start = level.get(f"{_TEXT}start-value", "1")
            yield depth, Level(kind or "none", pattern, int(start) if start.isdecimal() else 1)
        else:
            yield depth, Level("bullet", "")


class _Writer:
    def __init__(self, shapes: dict[str, dict[int, Level]]) -> None:
        self.blocks = Blocks()
        self._shapes = shapes
        self._counters = Counters()
        self._lists = 0

    def blocks_of(self, parent: Element, depth: int) -> None:
        for child in parent:
            if child.tag in _PARAGRAPHS:
                self.blocks.paragraph("".join(_words(child, 0)))
            elif child.tag == f"{_TEXT}list":
                self._list(child, None, 0)
            elif child.tag == f"{_TABLE}table":
                self._table(child)
            elif depth < _DEEPEST and child.tag not in _SKIPPED:
                self.blocks_of(child, depth + 1)

    def _list(self, element: Element, shape: tuple[str, str] | None, depth: int) -> None:
        if shape is None:
            self._lists += 1
            name = element.get(f"{_TEXT}style-name", "")
            goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(
                f"{_TEXT}continue-list"
            )
            shape = (name, name if goes_on else f"{name}#{self._lists}")
        for item in element:
            for position, child in enumerate(item):
                if child.tag in _PARAGRAPHS:
                    label = (
                        self._label(shape, depth)
                        if position == 0 and item.tag == f"{_TEXT}list-item"
                        else ""
                    )
                    self.blocks.item(label, "".join(_words(child, 0)), depth)
                elif child.tag == f"{_TEXT}list" and depth < 9:
                    self._list(child, shape, depth + 1)

    def _label(self, shape: tuple[str, str], depth: int) -> str:
        levels = self._shapes.get(shape[0])
        return self._counters.label(shape[1], levels, depth) if levels else "-"

    def _table(self, table: Element) -> None:
        self.blocks.table_begins()
        for row in table.iter(f"{_TABLE}table-row"):
            cells = [
                cell_text("".join(_words(p, 0)) for p in cell.iter() if p.tag in _PARAGRAPHS)
                for cell in row
                if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
            ]
            self.blocks.row(cells)
        self.blocks.table_ends()


def _words(element: Element, depth: int) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _SKIPPED and depth < _DEEPEST:
            yield from _words(child, depth + 1)
        yield child.tail or ""
