"""Several questions to the database as one.

A page that shows six short lists spends more on asking six times than on the lists.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField, RangeField
from django.db.models import (
    BinaryField,
    DateField,
    DateTimeField,
    DecimalField,
    DurationField,
    JSONField,
    QuerySet,
    TimeField,
    UUIDField,
)

from buendnisnetz.core.questions import Compiled, compiled

# Django reads JSON from text, and a number's last zeros would be lost.
_AS_TEXT = (DecimalField, JSONField)
# What JSON has no form for comes as text; these make it again what it was. A time with its day is a day, too,
# so it stands first.
_READ: dict[type, Callable[[str], Any]] = {
    DateTimeField: datetime.fromisoformat,
    DateField: date.fromisoformat,
    TimeField: time.fromisoformat,
    DecimalField: Decimal,
    UUIDField: UUID,
}
# Nothing makes these again what they were.
_UNREAD = (BinaryField, DurationField, RangeField)


def together(**wanted: QuerySet[Any, Any] | Compiled) -> Compiled:
    """For a :class:`~buendnisnetz.core.questions.Question`: one row that holds, under each name, the
    rows of that queryset or statement, just as it alone would give them.

    Raises TypeError for a column of a kind that would come back as text: bytes, durations, ranges.
    """
    parts = {
        name: compiled(rows) if isinstance(rows, QuerySet) else rows
        for name, rows in wanted.items()
    }
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
        f"{name}{_form_of(column.output_field)}"
        for name, column in zip(names, part.columns, strict=True)
    ]
    return (
        f"(SELECT json_agg(json_build_array({', '.join(columns)}))"  # noqa: S608 -- our own
        f" FROM ({part.sql}) AS found ({', '.join(names)}))"
    )


def _form_of(field: Any) -> str:
    """The cast that makes a column what Django reads it from; of a list, each of what it holds."""
    if isinstance(field, ArrayField):
        return "::text[]" if isinstance(field.base_field, _AS_TEXT) else ""
    return "::text" if isinstance(field, _AS_TEXT) else ""


def _reader(part: Compiled | None) -> Callable[..., list[Any]]:
    if part is None:
        return lambda *_: []
    steps = [
        (place, read)
        for place, column in enumerate(part.columns)
        if (read := _reading(column.output_field))
    ]

    def rows(found: list[list[Any]] | None, *_: Any) -> list[Any]:
        for row in found or ():
            for place, read in steps:
                if row[place] is not None:
                    row[place] = read(row[place])
        return part.read(found or [])

    return rows


def _reading(column: Any) -> Callable[[str], Any] | None:
    # A key of another row is what that row's key is.
    field = getattr(column, "target_field", column)
    if isinstance(field, ArrayField):
        return _reading_each(_reading(field.base_field))
    if isinstance(field, _UNREAD):
        raise TypeError(f"{type(field).__name__} cannot be asked together with others")
    return next((read for kind, read in _READ.items() if isinstance(field, kind)), None)


def _reading_each(read: Callable[[str], Any] | None) -> Callable[[Any], list[Any]] | None:
    if read is None:
        return None
    return lambda found: [None if one is None else read(one) for one in found]
