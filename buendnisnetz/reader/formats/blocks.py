"""Paragraphs, list items and table rows put together as the text that a person would copy."""

from collections.abc import Iterable
from dataclasses import dataclass, field

_CELL_BREAKS = str.maketrans({"\t": " ", "\n": " "})


_SHORT = 70
_CLOSED = (".", ":", ";", ",", "!", "?", "-")


def cell_text(paragraphs: Iterable[str]) -> str:
    """The paragraphs of a cell on one line; short ones are a list and stay apart by semicolons."""
    lines = [line.strip() for paragraph in paragraphs for line in paragraph.split("\n")]
    lines = [line for line in lines if line]
    listed = len(lines) > 1 and all(
        len(line) <= _SHORT and not line.endswith(_CLOSED) for line in lines
    )
    return ("; " if listed else " ").join(lines)


@dataclass
class Blocks:
    """Collects the pieces of a document in order; blank lines set paragraphs apart."""

    _lines: list[str] = field(default_factory=list)
    _close: bool = True

    def paragraph(self, text: str) -> None:
        """A paragraph or heading with blank lines around it."""
        if text.strip():
            self._gap()
            self._lines.append(text.rstrip())
        self._close = False

    def item(self, label: str, text: str, depth: int) -> None:
        """A list item; items follow each other without blank lines."""
        if not text.strip():
            return
        if not self._close:
            self._gap()
        self._lines.append("  " * depth + (f"{label} {text.strip()}" if label else text.strip()))
        self._close = True

    def row(self, cells: list[str]) -> None:
        """A table row, its cells set apart by tabs."""
        clean = [" ".join(cell.translate(_CELL_BREAKS).split()) for cell in cells]
        while clean and not clean[-1]:
            clean.pop()
        if not clean:
            return
        if not self._close:
            self._gap()
        self._lines.append("\t".join(clean))
        self._close = True

    def table_begins(self) -> None:
        """Set the table apart from what is before it."""
        self._gap()
        self._close = True

    def table_ends(self) -> None:
        """Set the table apart from what follows."""
        self._close = False

    def text(self) -> str:
        """Everything as one text."""
        return "\n".join(self._lines).strip("\n") + "\n"

    def _gap(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")
