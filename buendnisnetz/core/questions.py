"""Questions to the database that are built once and asked with other values.

To build and compile a queryset takes Django longer than PostgreSQL takes to answer it. Where a page
asks the same again and again, a :class:`Question` keeps what was compiled and fills in the values.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, QuerySet

# What a user may see makes a shape, and every day does; no more are kept at once.
_MOST_SHAPES = 200


class Slot(Expression):
    """Stands in a queryset where the value will be filled in that the question is asked with."""

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        return []


@dataclass(frozen=True)
class Compiled:
    """What a queryset of ``values()`` became: its SQL, and how a row of the answer is read."""

    sql: str
    parameters: tuple[Any, ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, Any, Any], ...] = ()

    def rows(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled(self.parameters, values))
            answer = cursor.fetchall()
        if self.converters:
            answer = [self._converted(row) for row in answer]
        # Columns that were only read to sort by stand behind those that were asked for.
        return [dict(zip(self.names, row, strict=False)) for row in answer]

    def _converted(self, row: tuple[Any, ...]) -> list[Any]:
        columns = list(row)
        for place, convert, expression in self.converters:
            columns[place] = convert(columns[place], expression, connection)
        return columns


def filled(parameters: tuple[Any, ...], values: Mapping[str, Any]) -> list[Any]:
    """The parameters with a value in each slot."""
    return [values[each.name] if isinstance(each, Slot) else each for each in parameters]


def compiled(rows: QuerySet[Any, Any]) -> Compiled | None:
    """The SQL of a queryset of ``values()``; nothing where no row can fit."""
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    converters = compiler.get_converters(
        [expression for expression, _sql, _alias in compiler.select or ()]
    )
    return Compiled(
        sql=sql,
        parameters=tuple(parameters),
        names=tuple(rows.query.selected or rows.query.values_select),
        converters=tuple(
            (place, convert, expression)
            for place, (steps, expression) in converters.items()
            for convert in steps
        ),
    )


class Question:
    """A queryset of ``values()`` with slots, built by a function.

    Whatever else the function builds from is the ``shape``: the same shape must always build the
    same. What a user may see belongs to it (``accounts.shapes``), and the day if it is built in.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any] | Compiled | None]) -> None:
        self._build = build
        self._known: dict[Hashable, Compiled | None] = {}

    def rows(self, *given: Any, shape: Hashable = (), **values: Any) -> list[dict[str, Any]]:
        """The rows for these values; ``given`` goes to the function the first time."""
        try:
            question = self._known[shape]
        except KeyError:
            built = self._build(*given)
            question = compiled(built) if isinstance(built, QuerySet) else built
            # Another thread may empty it at any time.
            if len(self._known) >= _MOST_SHAPES:
                self._known.clear()
            self._known[shape] = question
        return question.rows(values) if question else []
