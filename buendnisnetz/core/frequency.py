"""Which words are frequent: in which tables reading on is faster than looking them up, and which of
them was meant by a word that stands nowhere.

An index lists every row that holds a word. Where half of the rows do, the first sixty of them are met
much sooner by reading one row after the other. PostgreSQL knows which words are frequent and decides
by that, but only if it plans a statement for its words each time, which takes longer than to run it.

A frequent word with a typing error is like a beginning or a part of thousands of rows, and comparing all
of them takes half a second; to find the word itself among some hundred takes none.
"""

import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod

from django.db import connection

from buendnisnetz.core.likeness import slips_between

_SECONDS_KEPT = 3600
# To read a row on the way takes about as long as five quarters of an entry of the index.
_ROWS_FOR_ENTRIES = 1.25
_LEAST_WANTED = 50
# How many slips a word of so many letters may hold; shorter ones are too much like others.
_SLIPS = ((8, 2), (6, 1))
# A word by its stem, and as a beginning (``core.search.words_sought``).
_Word = tuple[str, str]
# How many rows a table has, and which part of them holds a word.
_Shares = tuple[float, Mapping[str, float]]


def meant_by(words: Sequence[_Word]) -> list[_Word]:
    """The words with the frequent one in the place of each that is not itself but nearly one.

    Empty where that changes nothing.
    """
    known = {word for _rows, shares in _common(_now()).values() for word in shares}
    meant = [_nearest(word, known) for word in words]
    return meant if meant != list(words) else []


def _nearest(word: _Word, known: set[str]) -> _Word:
    exact, start = word
    most = next((slips for letters, slips in _SLIPS if len(exact) >= letters), 0)
    if not most or exact in known or (start and any(other.startswith(start) for other in known)):
        return word
    found = [
        (slips, other)
        for other in known
        if other[0] == exact[0] and (slips := _slips(exact, other, most)) <= most
    ]
    return (min(found)[1], "") if found else word


def _slips(exact: str, other: str, most: int) -> int:
    """How many letters differ, also from as much of the other word as may have been typed so far."""
    if len(other) < _SLIPS[-1][0]:
        return most + 1
    return min(slips_between(exact, other), slips_between(exact, other[: len(exact)]))


def tables_full_of(words: Sequence[_Word], *, wanted: int) -> frozenset[str]:
    """The tables where reading on meets so many rows with all words sooner than the index does.

    It is a guess from the last statistics of the database, and no more depends on it than time.
    """
    if not words:
        return frozenset()
    return frozenset(
        table
        for table, (rows, shares) in _common(_now()).items()
        if rows * prod(_share(shares, *word) for word in words) ** 2 > wanted * _ROWS_FOR_ENTRIES
    )


def _share(shares: Mapping[str, float], exact: str, start: str) -> float:
    """The part of the rows with a word, or with the most frequent word that begins so."""
    found = shares.get(exact, 0.0)
    if start:
        found = max([found, *(part for word, part in shares.items() if word.startswith(start))])
    return found


def _now() -> int:
    return int(time.monotonic() // _SECONDS_KEPT)


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
