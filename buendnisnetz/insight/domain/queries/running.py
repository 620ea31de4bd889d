"""Running the room's own SQL: composed of named parts, answered as plain records, paged like a queryset."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from buendnisnetz.core import answers, prepared

Params = Mapping[str, Any]
Record = dict[str, Any]


# Said so that PostgreSQL knows how many rows hold on a day; of coalesce() it would guess a ninth.
_HOLDS = re.compile(r"HOLDS\((\w+)\)")
_ON_THE_DAY = (
    r"((\1.valid_from IS NULL OR \1.valid_from <= %(day)s)"
    r" AND (\1.valid_to IS NULL OR \1.valid_to >= %(day)s))"
)

# Statements are long, and a page asks the same again: so many texts are kept.
_MOST_TEXTS = 100

_ONLY = re.compile(r"ONLY\(([\w.]+)\)")
_OF_THOSE = r"(%(only)s::bigint[] IS NULL OR \1 = ANY(%(only)s::bigint[]))"
_OF_SOME = r"\1 = ANY(%(only)s::bigint[])"
_THAT_ONE = r"\1 = %(one)s::bigint"


def statement(parts: Sequence[str], select: str, *, of_one: bool = False) -> str:
    """One statement of common table expressions, each ``name AS (…)``, and what is selected from them.

    ``HOLDS(t)`` asks whether the period of row ``t`` holds on the parameter ``day``; ``ONLY(a)``
    whether ``a`` is among the alliances in the parameter ``only``, if any are named there. ``of_one``
    asks for one alliance, the parameter ``one``: a plan for any alliance is then as good as its own.
    """
    return _composed(tuple(parts), select, of_one)


def of_some(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts where ``only`` always names some: a plan for any of them is then as good as their own."""
    return tuple(_ONLY.sub(_OF_SOME, part) for part in parts)


@lru_cache(maxsize=_MOST_TEXTS)
def _composed(parts: tuple[str, ...], select: str, of_one: bool) -> str:
    whole = "\n".join(["WITH RECURSIVE", ",\n".join(parts), select])
    return _ONLY.sub(_THAT_ONE if of_one else _OF_THOSE, _HOLDS.sub(_ON_THE_DAY, whole))


def fetch_now(sql: str, params: Params) -> list[Record]:
    """The records of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return _records(cursor)


def fetch(sql: str, params: Params) -> list[Record]:
    """The same, or what was read before if it still holds (``core.answers``)."""
    return answers.kept(sql, params, lambda: fetch_now(sql, params))


def fetch_again(sql: str, params: Params, sent: Collection[str] = ()) -> list[Record]:
    """The records of a statement that is asked often: planned once for each connection, where it
    takes a megabyte. Values that are ``sent`` may differ each time; for the others it is planned,
    so they have to be the same for many."""
    fixed = {name: value for name, value in params.items() if name not in sent}
    text = _with_values(sql, tuple(map(_hashable, fixed.items())), tuple(sent))
    values = {name: params[name] for name in sent}

    def ask() -> list[Record]:
        with prepared.cursor() as cursor:
            cursor.execute(text, values)
            return _records(cursor)

    return answers.kept(text, values, ask)


def _hashable(named: tuple[str, Any]) -> tuple[str, Any]:
    name, value = named
    return name, tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=_MOST_TEXTS)
def _with_values(sql: str, fixed: tuple[tuple[str, Any], ...], sent: tuple[str, ...]) -> str:
    values = {
        name: prepared.literal(list(value) if isinstance(value, tuple) else value)
        for name, value in fixed
    }
    return sql % {**values, **{name: f"%({name})s" for name in sent}}


def _records(cursor: CursorWrapper) -> list[Record]:
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


_FROM_THE_FIRST = " OFFSET 0"
_MATCHING = "matching AS MATERIALIZED ({select})"
_PAGE = "page AS (SELECT m.*, row_number() OVER () AS place FROM ({select}) m)"
_FIRST_PAGE = """chosen AS MATERIALIZED (
    SELECT m.pk, row_number() OVER () AS place FROM (SELECT pk FROM {first} {tail}) m
),
page AS (SELECT s.*, c.place FROM chosen c JOIN {source} s ON s.pk = c.pk)"""
_WITH_TOTALS = """
SELECT to_jsonb(s) AS totals, p.*
FROM (SELECT {columns} FROM {source}) s
LEFT JOIN ({details}) p ON true
ORDER BY p.place
"""


class SqlRows:
    """The rows of a statement with the few methods of a queryset that a list page uses.

    ``source`` is a relation named in ``parts``; conditions and orders are constants of the code,
    never typed text. ``details`` selects from ``page``, the wanted rows of the source with their
    ``place``: what is not sorted, counted or narrowed by is best read there, for those few only.
    ``first`` is a relation of the same rows without what is reckoned, and the columns that it has:
    a page sorted by those alone is found there, and all rows need not be kept to be sorted.
    Of rows that many ask ``again`` the first page of the whole is planned once; values that are ``sent``
    may differ then.
    """

    _tail: str
    _conditions: tuple[str, ...]
    _known: int | None
    _read: tuple[str, Sequence[Record]] | None

    _sorted_by: frozenset[str]

    def __init__(
        self,
        parts: Sequence[str],
        source: str,
        params: Params,
        *,
        details: str = "",
        first: tuple[str, frozenset[str]] = ("", frozenset()),
        again: bool = False,
        sent: Collection[str] = (),
    ) -> None:
        self._parts, self._source, self._params = parts, source, params
        self._again, self._sent = again, sent
        self._details, self._first, self._sorted_by = details, first, frozenset()
        self._tail, self._conditions = "", ()
        self._known, self._read = None, None

    def where(self, condition: str, **params: Any) -> "SqlRows":
        """Narrowed by a condition on the relation's columns."""
        return self._but(
            params={**self._params, **params}, conditions=(*self._conditions, condition)
        )

    def order_by(self, *keys: str) -> "SqlRows":
        order = ", ".join(
            f"{key.lstrip('-')} DESC NULLS LAST" if key.startswith("-") else f"{key} ASC NULLS LAST"
            for key in keys
        )
        return self._but(
            tail=f"ORDER BY {order}" if order else "",
            sorted_by=frozenset(key.lstrip("-") for key in keys),
        )

    def values(self, *fields: str) -> "SqlRows":
        """The columns are the relation's own; asking for fewer saves nothing here."""
        return self

    def counted(
        self, number: int, known: "SqlRows | None" = None, records: Sequence[Record] = ()
    ) -> "SqlRows":
        """The same rows; how many there are is known already and not asked again, nor are ``records``,
        which are those of the slice ``known``."""
        found = self._but(known=number)
        if known is not None:
            found._read = (known._tail, records)  # noqa: SLF001 -- one of its own
        return found

    def _but(self, **changes: Any) -> "SqlRows":
        found = copy(self)
        for name, value in changes.items():
            setattr(found, f"_{name}", value)
        return found

    def __getitem__(self, part: slice) -> "SqlRows":
        start = part.start or 0
        limit = f"LIMIT {int(part.stop) - start} OFFSET {int(start)}"
        return self._but(tail=f"{self._tail} {limit}")

    def __iter__(self) -> Iterator[Record]:
        if self._read is not None and self._read[0] == self._tail:
            return iter(self._read[1])
        if not self._details:
            return iter(fetch(self._sql("*"), self._params))
        page = _PAGE.format(select=self._select("*"))
        select = " ".join(["SELECT * FROM (", self._details, ") m ORDER BY m.place"])
        return iter(fetch(statement([*self._parts, page], select), self._params))

    def iterator(self, chunk_size: int = 500) -> Iterator[Record]:
        return iter(self)

    def count(self) -> int:
        """How many rows there are, of those that a slice left."""
        if self._known is not None:
            return self._known
        counted = " ".join(["SELECT count(*) AS n FROM (", self._select("pk"), ") AS counted"])
        return int(fetch(statement(self._parts, counted), self._params)[0]["n"])

    def one(self, columns: str) -> Record:
        """A single record of aggregates over the rows."""
        return fetch(self._sql(columns), self._params)[0]

    def with_totals(self, columns: str) -> tuple[Record, list[Record]]:
        """A record of aggregates over all rows, and the rows of this slice, by one statement."""
        first, known = self._first
        if self._sorted_by and self._sorted_by <= known and not self._conditions:
            source = self._source
            parts = [_FIRST_PAGE.format(first=first, tail=self._tail, source=source)]
        else:
            source = "matching"
            parts = [
                _MATCHING.format(select=self._select("*", tail="")),
                _PAGE.format(select=" ".join(["SELECT * FROM matching", self._tail])),
            ]
        details = self._details or "SELECT * FROM page"
        select = _WITH_TOTALS.format(columns=columns, source=source, details=details)
        often = self._again and not self._conditions and self._tail.endswith(_FROM_THE_FIRST)
        sql = statement([*self._parts, *parts], select)
        params = self._params
        records = fetch_again(sql, params, self._sent) if often else fetch(sql, params)
        totals: Record = json.loads(records[0]["totals"])
        return totals, [record for record in records if record["place"] is not None]

    def _sql(self, columns: str) -> str:
        return statement(self._parts, self._select(columns))

    def _select(self, columns: str, tail: str | None = None) -> str:
        narrowed = " AND ".join(f"({condition})" for condition in self._conditions)
        where = ["WHERE", narrowed] if narrowed else []
        return " ".join(
            ["SELECT", columns, "FROM", self._source, *where, self._tail if tail is None else tail]
        )
