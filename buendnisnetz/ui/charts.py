"""Charts as plain shapes, drawn by the server; the macros of ``ui/charts.html`` print them.

A chart never stands alone: the table with the same figures stands beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
_LABEL, _NOTE, _ROW, _BAR = 96, 64, 30, 22


@dataclass(frozen=True)
class Segment:
    """A part of a bar; ``series`` numbers its colour and its place in the legend."""

    x: float
    width: float
    series: int
    text: str
    title: str


@dataclass(frozen=True)
class Bar:
    label: str
    note: str
    y: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class StackedBars:
    """Horizontal bars of equal length, divided by shares."""

    title: str
    description: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]

    width = WIDTH
    label_width = _LABEL
    bar_height = _BAR

    @property
    def height(self) -> int:
        return _ROW * len(self.bars)

    @property
    def note_x(self) -> int:
        return WIDTH - _NOTE + 8


def stacked_bars(
    title: str,
    description: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, str, Sequence[float]]],
) -> StackedBars:
    """A chart of rows (label, note, one amount for each series); a row of nothing is an empty bar."""
    bars = tuple(
        Bar(label, note, number * _ROW + (_ROW - _BAR) // 2, _segments(series, amounts))
        for number, (label, note, amounts) in enumerate(rows)
    )
    return StackedBars(title, description, tuple(series), bars)


def _segments(series: Sequence[str], amounts: Sequence[float]) -> tuple[Segment, ...]:
    total = sum(amounts)
    room = WIDTH - _LABEL - _NOTE
    segments, x = [], float(_LABEL)
    for number, (name, amount) in enumerate(zip(series, amounts, strict=True)):
        if amount > 0:
            width = room * amount / total
            percent = f"{round(100 * amount / total)} %"
            text = percent if width >= 44 else ""
            segments.append(
                Segment(round(x, 1), round(width, 1), number, text, f"{name}: {percent}")
            )
            x += width
    return tuple(segments)
