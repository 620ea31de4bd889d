"""Answers of the database that take long to reckon: kept in the process until a table that they were
read from changes (``core.changes``).

For what reckons a whole state or country. Whatever else an answer depends on has to stand in its text
or its values: who may see what, and the day.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.apps import apps
from django.core.cache import caches
from django.db import connection

from buendnisnetz.core import changes

# Larger ones are asked for seldom, and would push out many others.
_MOST_ROWS = 200
_NAME = re.compile(r"\b[a-z]+_[a-z0-9_]+\b")


def kept(text: str, values: Mapping[str, Any], ask: Callable[[], list[Any]]) -> list[Any]:
    """The rows that ``ask`` reads with a statement of this text and these values, or read before, if
    no table that the text names has changed since. What names none is read each time."""
    tables = _tables_of(text)
    # Inside a transaction contents can change without a change being seen.
    if connection.in_atomic_block or not tables:
        return ask()
    # Asked for first: what changes from now on may be in the answer already, never the other way round.
    state = changes.state_of(tables)
    key = f"{_digest(text)}.{_digest_of(repr(values))}"
    found: tuple[str, list[Any]] | None = caches["answers"].get(key)
    if found is not None and found[0] == state:
        return found[1]
    rows = ask()
    if len(rows) <= _MOST_ROWS:
        caches["answers"].set(key, (state, rows))
    return rows


def _digest_of(words: str) -> str:
    return blake2b(words.encode(), digest_size=16).hexdigest()


# Statements are long, and there are few of them.
_digest = lru_cache(maxsize=200)(_digest_of)


@lru_cache(maxsize=200)
def _tables_of(text: str) -> tuple[str, ...]:
    """The tables that a text names; none where a change of one of them would not be noticed."""
    named = _tables().intersection(_NAME.findall(text))
    return tuple(sorted(named)) if changes.are_counted(named) else ()


@lru_cache(maxsize=1)
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))
