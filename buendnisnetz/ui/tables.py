"""Tables of what was reckoned and not read from the database: kept by columns, each order reckoned
once, records made late, because a page shows fifty rows of tens of thousands.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Record = dict[str, Any]
_Places = Sequence[int]


class Table:
    """Columns of the same length with the few methods that a list page uses."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[Any]],
        *,
        places: _Places | None = None,
        orders: dict[tuple[str, ...], "array[int]"] | None = None,
    ) -> None:
        self._columns = columns
        self._places: _Places = range(len(columns["pk"])) if places is None else places
        # Shared by all tables that were made from the same one.
        self._orders = {} if orders is None else orders

    @classmethod
    def of(cls, records: Sequence[Record], names: Sequence[str]) -> "Table":
        """Of records that have these columns, ``pk`` among them."""
        return cls({name: [record[name] for record in records] for name in names})

    def where(self, name: str, holds: Callable[[Any], bool]) -> "Table":
        """The rows whose value in a column holds."""
        column = self._columns[name]
        return self._with([place for place in self._places if holds(column[place])])

    def where_any(self, names: Sequence[str], holds: Callable[[Any], bool]) -> "Table":
        """The rows where one of several columns holds."""
        columns = [self._columns[name] for name in names]
        return self._with(
            [place for place in self._places if any(holds(column[place]) for column in columns)]
        )

    def order_by(self, *keys: str) -> "Table":
        """Sorted by keys, with a minus in front the other way round; what is empty comes last."""
        if not keys:
            return self
        if keys not in self._orders:
            self._orders[keys] = self._order(keys)
        order = self._orders[keys]
        if len(self._places) == len(order):
            return self._with(order)
        kept = set(self._places)
        return self._with([place for place in order if place in kept])

    def _order(self, keys: tuple[str, ...]) -> "array[int]":
        places = list(range(len(self._columns["pk"])))
        for key in reversed(keys):
            column = self._columns[key.lstrip("-")]
            empty = [place for place in places if column[place] is None]
            if empty:
                places = [place for place in places if column[place] is not None]
            places.sort(key=column.__getitem__, reverse=key.startswith("-"))
            places += empty
        return array("L", places)

    def values(self, *fields: str) -> "Table":
        return self

    def __getitem__(self, part: slice) -> "Table":
        return self._with(self._places[part])

    def __iter__(self) -> Iterator[Record]:
        for place in self._places:
            yield {name: column[place] for name, column in self._columns.items()}

    def iterator(self, chunk_size: int = 500) -> Iterator[Record]:
        return iter(self)

    def count(self) -> int:
        return len(self._places)

    def _with(self, places: _Places) -> "Table":
        return Table(self._columns, places=places, orders=self._orders)
