"""Rows that were reckoned and not read from a table, with the few methods that a list page uses."""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

Record = dict[str, Any]


class Records:
    """Plain records that can be narrowed, sorted and cut."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records

    def where(self, holds: Callable[[Record], bool]) -> "Records":
        return Records([record for record in self._records if holds(record)])

    def order_by(self, *keys: str) -> "Records":
        """Sorted by keys, with a minus in front the other way round; what is empty comes last."""
        ordered = list(self._records)
        for key in reversed(keys):
            name, descending = key.lstrip("-"), key.startswith("-")
            filled = [record for record in ordered if record[name] is not None]
            empty = [record for record in ordered if record[name] is None]
            filled.sort(key=itemgetter(name), reverse=descending)
            ordered = filled + empty
        return Records(ordered)

    def values(self, *fields: str) -> "Records":
        return self

    def __getitem__(self, part: slice) -> "Records":
        return Records(self._records[part])

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def iterator(self, chunk_size: int = 500) -> Iterator[Record]:
        return iter(self._records)

    def count(self) -> int:
        return len(self._records)
