"""How like two texts are, from 0 to 100, by the library rapidfuzz.

It is loaded by whoever compares first: four megabytes that few processes need.
"""

from functools import cache
from typing import Any


@cache
def _fuzz() -> Any:
    from rapidfuzz import fuzz  # noqa: PLC0415 -- see above

    return fuzz


@cache
def _distance() -> Any:
    from rapidfuzz import distance  # noqa: PLC0415 -- see above

    return distance.OSA


def slips_between(one: str, other: str) -> int:
    """How many letters were left out, put in, changed, or two of them swapped."""
    return int(_distance().distance(one, other))


def spelt_alike(one: str, other: str) -> float:
    """How alike the letters are, in their order."""
    return float(_fuzz().ratio(one, other))


def named_alike(one: str, other: str) -> float:
    """How alike two names are, whatever the order of their words."""
    return max(spelt_alike(one, other), float(_fuzz().token_sort_ratio(one, other)))


def words_alike(one: str, other: str) -> float:
    """How alike the words are that both have; 100 where all words of one are in the other."""
    return float(_fuzz().token_set_ratio(one, other))
