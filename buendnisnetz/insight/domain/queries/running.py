"""Running the room's own SQL: composed of named parts, answered as plain records, paged like a queryset."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

Params = Mapping[str, Any]


_HOLDS = re.compile(r"HOLDS\((\w+)\)")
_ON_THE_DAY = (
    r"(coalesce(\1.valid_from, '-infinity') <= %(day)s"
    r" AND coalesce(\1.valid_to, 'infinity') >= %(day)s)"
)


def statement(parts: Sequence[str], select: str) -> str:
    """One statement of common table expressions, each ``name AS (…)``, and what is selected from them.

    ``HOLDS(t)`` asks whether the period of row ``t`` holds on the parameter ``day``.
    """
    whole = "\n".join(["WITH RECURSIVE", ",\n".join(parts), select])
    return _HOLDS.sub(_ON_THE_DAY, whole)


def fetch(sql: str, params: Params) -> list[dict[str, Any]]:
    """The records of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class SqlRows:
    """The rows of a statement with the few methods of a queryset that a list page uses.

    ``source`` is a relation named in ``parts``; conditions and orders are constants of the code,
    never typed text.
    """

    def __init__(
        self,
        parts: Sequence[str],
        source: str,
        params: Params,
        *,
        tail: str = "",
        conditions: tuple[str, ...] = (),
        known: int | None = None,
    ) -> None:
        self._parts, self._source, self._params = parts, source, params
        self._tail, self._conditions, self._known = tail, conditions, known

    def where(self, condition: str, **params: Any) -> "SqlRows":
        """Narrowed by a condition on the relation's columns."""
        return SqlRows(
            self._parts,
            self._source,
            {**self._params, **params},
            tail=self._tail,
            conditions=(*self._conditions, condition),
        )

    def order_by(self, *keys: str) -> "SqlRows":
        order = ", ".join(
            f"{key.lstrip('-')} DESC NULLS LAST" if key.startswith("-") else f"{key} ASC NULLS LAST"
            for key in keys
        )
        return self._with_tail(f"ORDER BY {order}" if order else "")

    def values(self, *fields: str) -> "SqlRows":
        """The columns are the relation's own; asking for fewer saves nothing here."""
        return self

    def counted(self, number: int) -> "SqlRows":
        """The same rows; how many there are is known already and not asked again."""
        return SqlRows(
            self._parts, self._source, self._params, conditions=self._conditions, known=number
        )

    def _with_tail(self, tail: str) -> "SqlRows":
        return SqlRows(
            self._parts,
            self._source,
            self._params,
            tail=tail,
            conditions=self._conditions,
            known=self._known,
        )

    def __getitem__(self, part: slice) -> "SqlRows":
        start = part.start or 0
        limit = f"LIMIT {int(part.stop) - start} OFFSET {int(start)}"
        return self._with_tail(f"{self._tail} {limit}")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(fetch(self._sql("*"), self._params))

    def iterator(self, chunk_size: int = 500) -> Iterator[dict[str, Any]]:
        return iter(self)

    def count(self) -> int:
        """How many rows there are, of those that a slice left."""
        if self._known is not None:
            return self._known
        counted = " ".join(["SELECT count(*) AS n FROM (", self._select("pk"), ") AS counted"])
        return int(fetch(statement(self._parts, counted), self._params)[0]["n"])

    def one(self, columns: str) -> dict[str, Any]:
        """A single record of aggregates over the rows."""
        return fetch(self._sql(columns), self._params)[0]

    def _sql(self, columns: str) -> str:
        return statement(self._parts, self._select(columns))

    def _select(self, columns: str) -> str:
        narrowed = " AND ".join(f"({condition})" for condition in self._conditions)
        where = ["WHERE", narrowed] if narrowed else []
        return " ".join(["SELECT", columns, "FROM", self._source, *where, self._tail])
