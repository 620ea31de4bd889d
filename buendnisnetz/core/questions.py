"""Questions to the database that are built once and asked with other values.

To build and compile a queryset takes Django longer than PostgreSQL takes to answer it. Where a page
asks the same again and again, a :class:`Question` keeps what was compiled and fills in the values.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Q, QuerySet, Value
from django.db.models.query import get_related_populators

from buendnisnetz.core import answers, prepared
from buendnisnetz.core.conditions import equal_to_any

# What a user may see makes a shape, and every day does; no more are kept at once.
_MOST_SHAPES = 200
_PLACEHOLDER = re.compile("%[s%]")
_NAMED = re.compile(r"%\((\w+)\)s")


class Slot(Expression):
    """Stands in a queryset where the value will be filled in that the question is asked with.

    The best plan depends on some values (how many rows are wanted): these are ``planned`` for, each
    anew.
    """

    def __init__(
        self, name: str, output_field: "Field[Any, Any] | None" = None, *, planned: bool = False
    ) -> None:
        super().__init__(output_field=output_field)
        self.name, self.planned = name, planned

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        return []


def one_of(field: str, name: str) -> Q:
    """``field__in`` a list that fills one slot, however long it is."""
    return equal_to_any(field, Slot(name))


@dataclass(frozen=True)
class Compiled:
    """What a queryset became: its SQL, and how a row of the answer is read."""

    sql: str
    parameters: tuple[Any, ...]
    names: tuple[str, ...] = ()
    converters: tuple[tuple[int, Any, Any], ...] = ()
    made_of: Callable[[Sequence[Any]], Any] | None = None
    # What Django made each column of, for whoever asks for the rows in another form.
    columns: tuple[Any, ...] = ()
    # Whether the rows take long to reckon and are worth keeping (``core.answers``).
    reckoned: bool = False

    def answer(self, values: Mapping[str, Any]) -> list[Any]:
        """Dictionaries for a queryset of ``values()``, else objects of the model."""
        pieces, planned, sent = self._settled
        written = {name: prepared.literal(values[name]) for name in planned}
        sql = "".join(written[piece.name] if isinstance(piece, Slot) else piece for piece in pieces)
        # Hardly anybody types the same words.
        again = not any(isinstance(values[name], str) for name in planned)
        filled = {name: prepared.sent(values[name]) for name in sent}

        def ask() -> list[Any]:
            with prepared.cursor(again=again) as cursor:
                prepared.execute(cursor, sql, filled)
                return self.read(cursor.fetchall())

        return answers.kept(sql, filled, ask) if self.reckoned and again else ask()

    def read(self, rows: list[Any]) -> list[Any]:
        """What rows of columns are to whoever asked."""
        if self.converters:
            rows = [self._converted(row) for row in rows]
        if self.made_of:
            return [self.made_of(row) for row in rows]
        # Columns that were only read to sort by stand behind those that were asked for.
        return [dict(zip(self.names, row, strict=False)) for row in rows]

    @cached_property
    def _settled(self) -> tuple[list["str | Slot"], set[str], set[str]]:
        """The text, with what is always the same in it and the planned slots between its pieces;
        the names of those, and of the slots whose values are sent apart, each once."""
        pieces: list[str | Slot] = [""]
        planned: set[str] = set()
        sent: set[str] = set()
        parameters = iter(self.parameters)
        for text, placeholder in _parts(self.sql):
            value = next(parameters) if placeholder == "%s" else None
            if not isinstance(value, Slot):
                same = prepared.literal(value) if placeholder == "%s" else placeholder
                pieces[-1] = f"{pieces[-1]}{text}{same}"
            elif value.planned:
                pieces[-1] = f"{pieces[-1]}{text}"
                pieces += [value, ""]
                planned.add(value.name)
            else:
                pieces[-1] = f"{pieces[-1]}{text}%({value.name})s"
                sent.add(value.name)
        return pieces, planned, sent

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        columns = list(row)
        for place, convert, expression in self.converters:
            columns[place] = convert(columns[place], expression, connection)
        return columns


def _parts(sql: str) -> Iterator[tuple[str, str]]:
    """The pieces of a statement, each with the placeholder that follows it: ``%s``, ``%%`` or none."""
    end = 0
    for found in _PLACEHOLDER.finditer(sql):
        yield sql[end : found.start()], found.group()
        end = found.end()
    yield sql[end:], ""


def compiled(rows: QuerySet[Any, Any]) -> Compiled | None:
    """The SQL of a queryset; nothing where no row can fit."""
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
        made_of=_maker(compiler) if rows.query.selected is None else None,
        columns=tuple(expression for expression, _sql, _alias in compiler.select),
    )


def written(
    sql: str, columns: "Mapping[str, Field[Any, Any]]", planned: Collection[str] = ()
) -> Compiled:
    """A statement of one's own: its ``%(name)s`` are slots, its columns, by place, have these names and
    hold what these fields hold."""
    slots = [Slot(name, planned=name in planned) for name in _NAMED.findall(sql)]
    return Compiled(
        sql=_NAMED.sub("%s", sql),
        parameters=tuple(slots),
        names=tuple(columns),
        columns=tuple(Value(None, output_field=field) for field in columns.values()),
    )


def _maker(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Makes a row an object, with those that ``select_related`` named: as Django's iterator does."""
    model, columns = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = columns[0], columns[-1] + 1
    names = [column.target.attname for column, _sql, _alias in compiler.select[start:end]]
    related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs know a later Django
    annotations = tuple(compiler.annotation_col_map.items())

    def made(row: Sequence[Any]) -> Any:
        found = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for other in related:
            other.populate(row, found)
        for name, place in annotations:
            setattr(found, name, row[place])
        return found

    return made


class Question:
    """A queryset with slots, built by a function; without what Django would prefetch.

    Whatever else the function builds from is the ``shape``: the same shape must always build the
    same. What a user may see belongs to it (``accounts.shapes``), and the day if it is built in.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any] | Compiled | None]) -> None:
        self._build = build
        self._known: dict[Hashable, Compiled | None] = {}

    def rows(self, *given: Any, shape: Hashable = (), **values: Any) -> list[Any]:
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
        return question.answer(values) if question else []

    def row(self, *given: Any, shape: Hashable = (), **values: Any) -> Any:
        """The first row, None if there is none."""
        rows = self.rows(*given, shape=shape, **values)
        return rows[0] if rows else None
