"""Numbers that a word processor counts itself: "1.", "TOP 2", "a)", "iii."."""

from collections import defaultdict
from dataclasses import dataclass

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbered list; `pattern` holds "%1" to "%9" for the numbers of the levels."""

    kind: str
    pattern: str
    start: int = 1


class Counters:
    """Where each list has got to."""

    def __init__(self) -> None:
        self._at: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def label(self, list_id: str, levels: dict[int, Level], depth: int) -> str:
        """Count one item and give its label; "" for a list that shows none."""
        level = levels.get(depth)
        if level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "-"
        counts = self._at[list_id]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        label = level.pattern
        for above in range(min(depth, 8) + 1):
            shown = levels.get(above, level)
            number = counts.get(above, shown.start)
            label = label.replace(f"%{above + 1}", written(number, shown.kind))
        return label.strip()


def written(number: int, kind: str) -> str:
    """A number in the way of its list."""
    if kind in {"lowerLetter", "upperLetter", "a", "A"}:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 5 + 1)
        return letter.upper() if kind in {"upperLetter", "A"} else letter
    if kind in {"lowerRoman", "upperRoman", "i", "I"}:
        numeral = _roman(number)
        return numeral.upper() if kind in {"upperRoman", "I"} else numeral
    return str(number)


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(min(number, 4999), value)
        numeral += letters * count
    return numeral
