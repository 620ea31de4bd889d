"""Several questions to the database as one.

A page that shows six short lists spends more on asking six times than on the lists.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import DateField, DateTimeField, DecimalField, JSONField, QuerySet, TimeField

from buendnisnetz.core.questions import Compiled, compiled

# Django reads JSON from text, and a number's last zeros would be lost.
_AS_TEXT = (DecimalField, JSONField)
# What JSON has no form for comes as text; these make it again what it was.
_READ: dict[type, Callable[[str], Any]] = {
    DateTimeField: datetime.fromisoformat,
    DateField: date.fromisoformat,
    TimeField: time.fromisoformat,
    DecimalField: Decimal,
}


def together(**wanted: QuerySet[Any, Any]) -> Compiled:
    """For a :class:`~buendnisnetz.core.questions.Question`: one row that holds, under each name, the
    rows of that queryset, just as the queryset alone would give them."""
    parts = {name: compiled(rows) for name, rows in wanted.items()}
    return Compiled(
        sql=f"SELECT {', '.join(_as_json(part) if part else 'NULL' for part in parts.values())}",
        parameters=tuple(value for part in parts.values() if part for value in part.parameters),
        names=tuple(parts),
        converters=tuple((place, _reader(part), None) for place, part in enumerate(parts.values())),
    )


def _as_json(part: Compiled) -> str:
    """The rows as a list of lists; NULL where there are none. Names of columns may occur twice."""
    names = [f"c{number}" for number in range(len(part.columns))]
    columns = [
        f"{name}::text" if isinstance(column.output_field, _AS_TEXT) else name
        for name, column in zip(names, part.columns, strict=True)
    ]
    return (
        f"(SELECT json_agg(json_build_array({', '.join(columns)}))"  # noqa: S608 -- our own
        f" FROM ({part.sql}) AS found ({', '.join(names)}))"
    )


def _reader(part: Compiled | None) -> Callable[..., list[Any]]:
    if part is None:
        return lambda *_: []
    steps = [
        (place, _READ[kind])
        for place, column in enumerate(part.columns)
        if (kind := type(column.output_field)) in _READ
    ]

    def rows(found: list[list[Any]] | None, *_: Any) -> list[Any]:
        for row in found or ():
            for place, read in steps:
                if row[place] is not None:
                    row[place] = read(row[place])
        return part.read(found or [])

    return rows
