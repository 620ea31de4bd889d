"""Statements that PostgreSQL plans once for each connection and then only runs.

Where a statement has many tables, planning it takes longer than running it. Django sends values as
part of the text, so that nothing can be planned ahead; here they are sent apart. A statement is
prepared when a connection is asked for it the second time.
"""

from datetime import date
from functools import lru_cache
from typing import Any

import psycopg
import psycopg._queries
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

# So many plans are kept for a connection; those that were wanted least lately go first.
_MOST_KEPT = 200
_ASKED_BEFORE = 1
# How psycopg reads a statement it remembers up to a length, because long ones are mostly put together anew
# each time. Ours are not, and reading them takes as long as sending them.
vars(psycopg._queries)["MAX_CACHED_STATEMENT_LENGTH"] = 100_000  # noqa: SLF001


def cursor(*, again: bool = True) -> CursorWrapper:
    """A cursor, to be closed by ``with``, for a statement of constant text; whatever differs has to be a parameter.

    Where PostgreSQL cannot tell a parameter's type from where it stands, the text has to name it.
    While queries are logged they are sent as Django does: the log could not tell the values else.
    So is what will hardly be asked ``again``, for a plan takes up to a megabyte.
    """
    # What Django calls the connection looks for that of this thread each time it is named.
    own: Any = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    if own.queries_logged or not again:
        logged: CursorWrapper = own.cursor()
        return logged
    own.validate_thread_sharing()
    session: psycopg.Connection[Any] = own.connection
    session.prepare_threshold, session.prepared_max = _ASKED_BEFORE, _MOST_KEPT
    opened: CursorWrapper = own.make_cursor(psycopg.Cursor(session))
    return opened


def execute(opened: CursorWrapper, statement: str, parameters: Any) -> None:
    """Run a statement that may have no parameters; its text need not be searched for them then."""
    if parameters:
        opened.execute(statement, parameters)
    else:
        opened.execute(statement.replace("%%", "%"))


def sent(value: Any) -> Any:
    """A value as it is sent apart from the text: numbers in one piece, which a list of them is not.

    psycopg looks at each to find the smallest type that holds all, so that the same statement would be
    planned for each of these types, too; PostgreSQL reads it as what it is compared with.
    """
    if type(value) is list and value and all(type(number) is int for number in value):
        return f"{{{','.join(map(str, value))}}}"
    return value


def literal(value: Any) -> str:
    """A value as part of a statement's text, for :func:`cursor`: one that is always the same there,
    so that the plan may rely on it."""
    if type(value) in _WRITTEN_THE_SAME:
        return _kept_literal(value)
    return _literal(value)


# Days, numbers and yes or no are the same text for every connection, and a page writes them some twenty
# times.
_WRITTEN_THE_SAME = (date, int, bool)


def _literal(value: Any) -> str:
    connection.ensure_connection()
    return sql.Literal(value).as_string(connection.connection).replace("%", "%%")


_kept_literal = lru_cache(maxsize=1_000, typed=True)(_literal)
