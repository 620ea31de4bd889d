"""Ties that come from work, asked of every room in which bodies work together.

A room registers in its ``panels`` module a statement that says which body took part in which
occasion (a meeting, a task, a working group …), from which day to which. Who was on the same
occasion is tied; what the ties are good for is the business of the rooms above.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

# After a post ``p``: the body it belongs to; posts of territories belong to none.
BODY_OF_POST = """CROSS JOIN LATERAL (
    VALUES ('O', p.organisation_id), ('A', p.alliance_id), ('G', p.working_group_id)
) AS b (body, body_id)"""


@dataclass(frozen=True)
class Appearances:
    """A statement with named parameters: one row for each body on each occasion.

    Its columns are ``occasion`` (a number within the source), ``title`` and ``address`` (what the
    page of the occasion takes), ``host`` and ``host_id`` (the alliance or working group whose occasion
    it is, or null), ``body`` and ``body_id`` (``O`` organisation, ``A`` alliance, ``G`` working group),
    ``first_day`` and ``last_day`` (null where open). It selects only what the user may see.
    """

    sql: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """Where ties of a kind come from.

    ``lasting``: they hold from a day to a day; others happen on a day. ``with_host``: each body is
    tied to the host; otherwise all bodies of an occasion are tied to one another. ``route`` is the
    page of an occasion.
    """

    code: str
    kind: str
    label: str | Promise
    find: Callable[[Any], Appearances]
    route: str
    lasting: bool
    with_host: bool
    order: int


_sources: dict[str, Source] = {}


def register(
    code: str,
    kind: str,
    label: str | Promise,
    *,
    find: Callable[[Any], Appearances],
    route: str,
    lasting: bool = False,
    with_host: bool = False,
    order: int = 100,
) -> None:
    """Have a source ("room.thing") asked for ties of a kind; the same code again replaces it.

    Several sources may share a kind; its label is that of the first.
    """
    _sources[code] = Source(code, kind, label, find, route, lasting, with_host, order)


def sources() -> list[Source]:
    """All sources in the order in which their kinds are shown."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.code))


def kinds() -> dict[str, str | Promise]:
    """The kinds of tie with their labels, in order."""
    found: dict[str, str | Promise] = {}
    for source in sources():
        found.setdefault(source.kind, source.label)
    return found


def keys_of(rows: QuerySet[Any], name: str) -> Appearances:
    """The keys of the rows as a subselect whose parameters begin with ``name``."""
    query = rows.order_by().values("pk").query
    try:
        sql, values = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return Appearances("SELECT NULL::bigint WHERE false", {})
    params = {f"{name}_{place}": value for place, value in enumerate(values)}
    return Appearances(sql % tuple(f"%({key})s" for key in params), params)
