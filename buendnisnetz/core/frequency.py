"""In which tables a typed word stands so often that looking it up is slower than reading on.

An index lists every row that holds a word. Where half of the rows do, the first sixty of them are met
much sooner by reading one row after the other. PostgreSQL knows which words are frequent and decides
by that, but only if it plans a statement for its words each time, which takes longer than to run it.
"""

import time
from collections.abc import Mapping
from functools import lru_cache
from math import prod

from django.db import connection

from buendnisnetz.core.search import words_sought

_SECONDS_KEPT = 3600
# To read a row on the way takes about as long as five quarters of an entry of the index.
_ROWS_FOR_ENTRIES = 1.25
_LEAST_WANTED = 50
# How many rows a table has, and which part of them holds a word.
_Shares = tuple[float, Mapping[str, float]]


def tables_full_of(typed: str, *, wanted: int) -> frozenset[str]:
    """The tables where reading on meets so many rows with all typed words sooner than the index does.

    It is a guess from the last statistics of the database, and no more depends on it than time.
    """
    words = words_sought(typed)
    if not words:
        return frozenset()
    return frozenset(
        table
        for table, (rows, shares) in _common(int(time.monotonic() // _SECONDS_KEPT)).items()
        if rows * prod(_share(shares, *word) for word in words) ** 2 > wanted * _ROWS_FOR_ENTRIES
    )


def _share(shares: Mapping[str, float], exact: str, start: str) -> float:
    """The part of the rows with a word, or with the most frequent word that begins so."""
    found = shares.get(exact, 0.0)
    if start:
        found = max([found, *(part for word, part in shares.items() if word.startswith(start))])
    return found


@lru_cache(maxsize=1)
def _common(_period: int) -> dict[str, _Shares]:
    """The words of each table that are common enough to matter."""
    sizes: dict[str, float] = {}
    shares: dict[str, dict[str, float]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COMMON_WORDS, [_LEAST_WANTED * _ROWS_FOR_ENTRIES])
        for table, rows, word, share in cursor.fetchall():
            sizes[table] = rows
            shares.setdefault(table, {})[word] = share
    return {table: (rows, shares[table]) for table, rows in sizes.items()}


_COMMON_WORDS = """
    SELECT stats.tablename, known.reltuples, common.word, common.share
      FROM pg_stats stats
      JOIN pg_class known ON known.oid = to_regclass(quote_ident(stats.tablename))
      CROSS JOIN unnest(stats.most_common_elems::text::text[], stats.most_common_elem_freqs)
        AS common(word, share)
     WHERE stats.schemaname = current_schema() AND stats.attname = 'search_vector'
       AND common.word IS NOT NULL AND known.reltuples * common.share ^ 2 > %s
"""
