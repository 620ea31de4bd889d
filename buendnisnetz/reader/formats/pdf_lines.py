"""Words of a PDF page put into lines, table rows and columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

_MOST_WORDS = 20_000
_GAP_IN_LINE = 1.3
_FEW_LINES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; `row` when it is a table row; `gap` is where a wide blank begins."""

    text: str
    top: float
    bottom: float
    left: float
    right: float
    row: bool = False
    parts: tuple[tuple[str, float, float], ...] = ()

    @property
    def height(self) -> float:
        """The height of the letters."""
        return max(self.bottom - self.top, 1.0)


def page_lines(page: Any) -> list[Line]:
    """All lines of the page from top to bottom, tables as tab-separated rows."""
    words = page.extract_words(x_tolerance=1.5, y_tolerance=2.5, keep_blank_chars=False)[
        :_MOST_WORDS
    ]
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in tables]
    free = [word for word in words if not any(_inside(word, box) for box in boxes)]
    rows = [line for table in tables for line in _table_rows(table)]
    return sorted([*_free_lines(free), *rows], key=lambda line: (line.top, line.left))


def _is_table(table: Any) -> bool:
    """A frame around one paragraph is no table."""
    rows = table.rows
    return len(rows) >= 2 and max(len(row.cells) for row in rows) >= 2


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle = (word["top"] + word["bottom"]) / 2
    centre = (word["x0"] + word["x1"]) / 2
    return bool(box[0] <= centre <= box[2] and box[1] <= middle <= box[3])


def _table_rows(table: Any) -> Iterator[Line]:
    for row, cells in zip(table.rows, table.extract(), strict=False):
        clean = [" ".join((cell or "").split()) for cell in cells]
        while clean and not clean[-1]:
            clean.pop()
        if clean:
            x0, top, x1, bottom = row.bbox
            yield Line("\t".join(clean), top, bottom, x0, x1, row=True)


def _free_lines(words: Sequence[dict[str, Any]]) -> Iterator[Line]:
    """Words at one height are a line; a wide blank inside it becomes a tab."""
    current: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda w: (round(w["bottom"] / 2), w["x0"])):
        if current and abs(word["bottom"] - current[-1]["bottom"]) > 3:
            yield _line(current)
            current = []
        current.append(word)
    if current:
        yield _line(current)


def _line(words: list[dict[str, Any]]) -> Line:
    words = sorted(words, key=lambda w: w["x0"])
    size = median(w["bottom"] - w["top"] for w in words)
    parts: list[tuple[str, float, float]] = []
    for word in words:
        if parts and word["x0"] - parts[-1][2] <= _GAP_IN_LINE * size:
            text, left, _ = parts[-1]
            parts[-1] = (f"{text} {word['text']}", left, word["x1"])
        else:
            parts.append((word["text"], word["x0"], word["x1"]))
    text = "\t".join(part[0] for part in parts)
    bullet = text.split("\t", 1)
    if len(bullet) == 2 and len(bullet[0].strip(".)")) <= 3:
        text = " ".join(bullet)
    return Line(
        text,
        min(w["top"] for w in words),
        max(w["bottom"] for w in words),
        words[0]["x0"],
        words[-1]["x1"],
        parts=tuple(parts),
    )


def without_columns(lines: list[Line], width: float) -> list[Line]:
    """Text set in two columns read one after the other; label and value stay side by side."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return lines
    left: list[Line] = []
    right: list[Line] = []
    ordered: list[Line] = []
    for line in lines:
        if line.row or (line.left < gutter < line.right and len(line.parts) < 2):
            ordered += [*left, *right, line]
            left, right = [], []
            continue
        left += _side(line, [part for part in line.parts if part[2] <= gutter])
        right += _side(line, [part for part in line.parts if part[1] >= gutter])
    return [*ordered, *left, *right]


def _side(line: Line, parts: Sequence[tuple[str, float, float]]) -> list[Line]:
    if not parts:
        return []
    text = "\t".join(part[0] for part in parts)
    return [replace(line, text=text, left=parts[0][1], right=parts[-1][2], parts=tuple(parts))]


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """The middle of the blank between two columns of running text, or None."""
    split = [line for line in lines if len(line.parts) == 2 and not line.row]
    if len(split) < _FEW_LINES:
        return None
    edge = max(line.parts[0][2] for line in split)
    begin = min(line.parts[1][1] for line in split)
    if begin <= edge or not 0.3 * width < (edge + begin) / 2 < 0.7 * width:
        return None
    filled = median(
        (line.parts[0][2] - line.parts[0][1]) / (edge - min(x.left for x in split))
        for line in split
    )
    return (edge + begin) / 2 if filled > 0.72 else None
