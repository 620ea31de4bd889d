"""Which row of a data set is which stored territory.

The same key may stand for several territories, one after the other (a town is renamed). A row and a
stored territory are the same if their periods overlap; the name decides first, then the end, then
the beginning.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.territories.domain.dataset import TerritoryRow
from buendnisnetz.territories.models import Territory

Period = tuple[date | None, date | None]


def overlap(first: Period, second: Period) -> bool:
    """Whether two periods share a day; both ends are inclusive, empty is open."""
    (start, end), (other_start, other_end) = first, second
    return (start or date.min) <= (other_end or date.max) and (other_start or date.min) <= (
        end or date.max
    )


def _likeness(row: TerritoryRow, stored: Territory) -> int:
    return (
        4 * (row.name == stored.name)
        + 2 * (row.valid_to == stored.valid_to)
        + (row.valid_from == stored.valid_from)
    )


def paired(
    rows: Sequence[TerritoryRow], stored: Sequence[Territory]
) -> dict[int, Territory | None]:
    """For each row of one key, by its position: the stored territory it speaks of, None if new."""
    candidates = sorted(
        (-_likeness(row, territory), position, number)
        for position, row in enumerate(rows)
        for number, territory in enumerate(stored)
        if overlap((row.valid_from, row.valid_to), (territory.valid_from, territory.valid_to))
    )
    found: dict[int, Territory | None] = dict.fromkeys(range(len(rows)))
    taken: set[int] = set()
    for _rank, position, number in candidates:
        if found[position] is None and number not in taken:
            found[position] = stored[number]
            taken.add(number)
    return found


def claims(row: TerritoryRow) -> dict[str, Any]:
    """What a row says about its territory. An empty field makes no claim and erases nothing."""
    values: dict[str, Any] = {
        "level": row.level,
        "ags": row.key,
        "ars": row.ars,
        "kind": row.kind,
        "name": row.name,
        "short_name": row.short_name,
        "area_km2": row.area_km2,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "known_from": row.known_from,
        "known_until": row.known_until,
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def widened(values: dict[str, Any], stored: Territory) -> dict[str, Any]:
    """Two data sets together are known for all the days that one of them knows."""
    result = dict(values)
    if stored.known_from and "known_from" in values:
        result["known_from"] = min(stored.known_from, values["known_from"])
    if stored.known_until and "known_until" in values:
        result["known_until"] = max(stored.known_until, values["known_until"])
    return result


def check_periods(entries: Iterable[tuple[TerritoryRow | None, Period]]) -> None:
    """No two territories of one key may hold on the same day; ``entries`` are those of one key.

    Raises :class:`BadDataError` at a row of the file; stored territories come without a row.
    """
    ordered = sorted(entries, key=lambda entry: entry[1][0] or date.min)
    for (row, period), (next_row, next_period) in pairwise(ordered):
        guilty = next_row or row
        if guilty and overlap(period, next_period):
            reason = _("the key %(key)s already stands for another territory in this period.")
            raise guilty.line.wrong("valid_from", reason % {"key": guilty.key})
