"""Bodies and ties of a network's file as the rows of a list page."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from buendnisnetz.insight.domain.graph.network import Node
from buendnisnetz.insight.domain.graph.seen import Seen

Record = dict[str, Any]
# As a share of all bodies.
FEW = 0.05
_CAN_BE_EMPTY = {"community", "lost_nodes", "first_day", "last_day"}
_BOTH = ", ".join(
    f"{end}.{name} AS {end}_{name}" for end in ("one", "other") for name in Node._fields
)
_ENDS = " CROSS JOIN node one ON one.place = t.a CROSS JOIN node other ON other.place = t.b"


@dataclass(frozen=True)
class Rows:
    """Rows with the few methods of a queryset that a list page uses; read anew by each use.

    Conditions and orders are constants of the code, never typed text.
    """

    seen: Seen
    columns: str
    table: str
    key: str
    # What the columns need and counting does not.
    joined: str = ""
    conditions: tuple[str, ...] = ()
    params: Record = field(default_factory=dict)
    order: str = ""
    limit: str = ""

    def where(self, condition: str, **params: Any) -> "Rows":
        """Narrowed by a condition on the columns of the table."""
        conditions = (*self.conditions, condition)
        return replace(self, conditions=conditions, params={**self.params, **params})

    def order_by(self, *keys: str) -> "Rows":
        """Sorted by keys, with a minus in front the other way round; what is empty comes last."""
        return replace(self, order=", ".join(self._sorted(key) for key in keys))

    def _sorted(self, key: str) -> str:
        if key == "pk":
            return self.key
        if key.startswith("-"):
            # What is empty is the smallest here and comes last by itself.
            return f"{key[1:]} DESC"
        return f"{key} NULLS LAST" if key in _CAN_BE_EMPTY else key

    def values(self, *fields: str) -> "Rows":
        return self

    def __getitem__(self, part: slice) -> "Rows":
        start, stop = int(part.start or 0), int(part.stop)
        return replace(self, limit=f" LIMIT {stop - start} OFFSET {start}")

    def __iter__(self) -> Iterator[Record]:
        order = f" ORDER BY {self.order}" if self.order else ""
        rows = self._select(self.columns, self.table + self.joined, order + self.limit)
        return (dict(row) for row in self.seen.read(rows, self.params))

    def iterator(self, chunk_size: int = 500) -> Iterator[Record]:
        return iter(self)

    def count(self) -> int:
        """How many rows there are, of those that a slice left."""
        rows = self._select("1", self.table, self.limit)
        return int(self.seen.one(f"SELECT count(*) FROM ({rows})", self.params)[0])  # noqa: S608 -- constants

    def _select(self, columns: str, tables: str, end: str) -> str:
        where = " WHERE " + " AND ".join(self.conditions) if self.conditions else ""
        return f"SELECT {columns} FROM {tables}{where}{end}"  # noqa: S608 -- constants of the code


def nodes_of(seen: Seen) -> Rows:
    """A row for each body, with its figures (:func:`node_in`)."""
    return Rows(seen, "*", "node", "place")


def ties_of(seen: Seen) -> Rows:
    """A row for each tie ``t``, with both bodies as ``one_`` and ``other_`` (:func:`node_in`)."""
    return Rows(seen, f"t.*, {_BOTH}", "tie t", "t.a, t.b", _ENDS)


def numbered_ties_of(seen: Seen) -> Rows:
    """A row for each tie, of both bodies only the numbers."""
    columns = "t.*, one.number AS one_number, other.number AS other_number"
    return replace(ties_of(seen), columns=columns)


def named(nodes: Rows, wanted: str) -> Rows:
    """The bodies whose name contains a search key."""
    return nodes.where("instr(sort_key, :wanted)", wanted=wanted)


def with_ends_named(ties: Rows, wanted: str) -> Rows:
    """The ties of bodies whose name contains a search key."""
    found = named(nodes_of(ties.seen), wanted)[: ties.seen.about.bodies]
    few = found.count() < ties.seen.about.bodies * FEW
    # Of few bodies all ties are looked up and sorted; else the ties are gone through in their order.
    how = "" if few else "+"
    places = "(SELECT place FROM node WHERE instr(sort_key, :wanted))"
    return ties.where(f"({how}t.a IN {places} OR {how}t.b IN {places})", wanted=wanted)


def node_in(record: Record, which: str = "") -> Node:
    """The body of a row; of a tie that of ``one_`` or ``other_``."""
    return Node(*(record[which + name] for name in Node._fields))


def day_in(number: int | None) -> date | None:
    """A day as the file tells it."""
    return date.fromordinal(number) if number else None
