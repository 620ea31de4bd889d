"""Which words are frequent: in which tables reading on is faster than looking them up, and which of
them was meant by a word that stands nowhere.

An index lists every row that holds a word. Where half of the rows do, the first sixty of them are met
much sooner by reading one row after the other. PostgreSQL knows which words are frequent and decides
by that, but only if it plans a statement for its words each time, which takes longer than to run it.

A frequent word with a typing error is like a beginning or a part of thousands of rows, and comparing all
of them takes half a second; to find the word itself among some hundred takes none.
"""

import time
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from math import prod
from typing import NamedTuple

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
# Which part of the rows of each table.
_Shares = Mapping[str, float]


class _Common(NamedTuple):
    """What is common enough to matter: the words in order, what holds each, and the rows of each table."""

    words: Sequence[str]
    shares: Mapping[str, _Shares]
    rows: Mapping[str, float]


def meant_by(words: Sequence[_Word]) -> list[_Word]:
    """The words with the frequent one in the place of each that is not itself but nearly one.

    Empty where that changes nothing.
    """
    known = _common(_now()).shares
    meant = [_nearest(word, known) for word in words]
    return meant if meant != list(words) else []


def _nearest(word: _Word, known: Collection[str]) -> _Word:
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
    common = _common(_now())
    shares = [_shares(common, *word) for word in words]
    # Nothing is full of no words, nor of one that it does not hold.
    tables = set[str]().union(*shares).intersection(*shares)
    return frozenset(
        table
        for table in tables
        if common.rows[table] * prod(share[table] for share in shares) ** 2
        > wanted * _ROWS_FOR_ENTRIES
    )


def _shares(common: _Common, exact: str, start: str) -> _Shares:
    """The part of the rows with a word, or with the most frequent word that begins so."""
    found = dict(common.shares.get(exact, {}))
    if start:
        further = common.words[bisect_left(common.words, start) :]
        for word in takewhile(lambda word: word.startswith(start), further):
            for table, share in common.shares[word].items():
                found[table] = max(share, found.get(table, 0.0))
    return found


def _now() -> int:
    return int(time.monotonic() // _SECONDS_KEPT)


@lru_cache(maxsize=1)
def _common(_period: int) -> _Common:
    rows: dict[str, float] = {}
    shares: dict[str, dict[str, float]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COMMON_WORDS, [_LEAST_WANTED * _ROWS_FOR_ENTRIES])
        for table, number, word, share in cursor.fetchall():
            rows[table] = number
            shares.setdefault(word, {})[table] = share
    return _Common(sorted(shares), shares, rows)


_COMMON_WORDS = """
    SELECT stats.tablename, known.reltuples, common.word, common.share
      FROM pg_stats stats
      JOIN pg_class known ON known.oid = to_regclass(quote_ident(stats.tablename))
      CROSS JOIN unnest(stats.most_common_elems::text::text[], stats.most_common_elem_freqs)
        AS common(word, share)
     WHERE stats.schemaname = current_schema() AND stats.attname = 'search_vector'
       AND common.word IS NOT NULL AND known.reltuples * common.share ^ 2 > %s
"""
