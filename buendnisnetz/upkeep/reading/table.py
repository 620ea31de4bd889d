"""What is read from a list: a heading row and rows of text, each with its line in the file."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 5_000


class UnreadableError(Exception):
    """The file cannot be read; ``code`` says why, ``values`` fill the sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


@dataclass(frozen=True)
class Table:
    """Rows are pairs of the line in the file (1 is the first) and the cells as text."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def table_from(lines: Iterable[tuple[int, Sequence[str]]], **more: Any) -> Table:
    """The table in a sheet: its heading is the first line with two filled cells, or else the first
    filled line. Titles above it and empty lines are left out.

    Raises UnreadableError: EMPTY, TOO_MANY_ROWS, TOO_MANY_COLUMNS.
    """
    filled = [(number, list(cells)) for number, cells in lines if any(map(str.strip, cells))]
    if not filled:
        raise UnreadableError("EMPTY")
    start = next((place for place, line in enumerate(filled) if _width(line[1]) > 1), 0)
    header, rows = filled[start][1], filled[start + 1 :]
    if not rows:
        raise UnreadableError("EMPTY")
    if len(rows) > MOST_ROWS:
        raise UnreadableError("TOO_MANY_ROWS", limit=MOST_ROWS)
    columns = max(_last(cells) for _number, cells in filled)
    if columns > MOST_COLUMNS:
        raise UnreadableError("TOO_MANY_COLUMNS", limit=MOST_COLUMNS)
    return Table(
        header=_fitted(header, columns),
        rows=[(number, _fitted(cells, columns)) for number, cells in rows],
        **more,
    )


def _width(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _last(cells: Sequence[str]) -> int:
    """The number of cells up to the last filled one."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _fitted(cells: Sequence[str], columns: int) -> list[str]:
    """Exactly so many cells, without blanks around their lines."""
    kept = [_tidy(cell[:LONGEST_CELL]) for cell in cells[:columns]]
    return kept + [""] * (columns - len(kept))


def _tidy(cell: str) -> str:
    return "\n".join(" ".join(line.split()) for line in cell.strip().splitlines())
