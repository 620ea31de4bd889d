"""Loading what lies around territories: neighbours, density of settlement, umbrella bodies."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

from buendnisnetz.territories.domain.dataset import DataSet
from buendnisnetz.territories.domain.facts import Finder, Tally, synchronise
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Neighbour, Outline, Territory, UmbrellaBody

_BATCH = 1000
# One shared point is a corner where three or four districts meet.
_FEWEST_SHARED_POINTS = 2
Shape = tuple[int, dict[str, Any]]


def load_neighbours() -> Tally:
    """Which districts border on each other, from all outlines that are stored; what no outline shows
    any more goes."""
    wanted = {pair for shapes in _district_sheets() for pair in bordering(shapes)}
    both = wanted | {(second, first) for first, second in wanted}
    stored = {(row.territory_id, row.neighbour_id): row for row in Neighbour.objects.all()}
    stale = [row.pk for pair, row in stored.items() if pair not in both]
    Neighbour.objects.filter(pk__in=stale).delete()
    rows = [(pair, {"territory_id": pair[0], "neighbour_id": pair[1]}) for pair in sorted(both)]
    return synchronise(Neighbour, stored, rows)


def _district_sheets() -> Iterator[list[Shape]]:
    """The outlines of all districts, those of one day and one source together."""
    sheets: dict[tuple[date, int], list[Shape]] = defaultdict(list)
    rows = Outline.objects.filter(territory__level=Level.DISTRICT).order_by("pk")
    for drawn_on, source, territory, geometry in rows.values_list(
        "drawn_on", "source", "territory", "geometry"
    ).iterator():
        sheets[drawn_on, source].append((territory, json.loads(geometry)))
    yield from sheets.values()


def bordering(shapes: Iterable[Shape]) -> set[tuple[int, int]]:
    """Pairs of territories whose outlines share points, the smaller number first. No database."""
    owners: dict[tuple[float, float], set[int]] = defaultdict(set)
    for territory, geometry in shapes:
        for polygon in geometry["coordinates"]:
            for ring in polygon:
                for x, y in ring:
                    owners[x, y].add(territory)
    shared = Counter(pair for found in owners.values() for pair in combinations(sorted(found), 2))
    return {pair for pair, points in shared.items() if points >= _FEWEST_SHARED_POINTS}


def load_urbanisation(data: DataSet, register: Finder) -> Tally:
    """How densely the municipalities of the list's day are settled (S67)."""
    tally, changed = Tally(), []
    for row in data.urbanisation:
        territory: Territory = register.get(row.key, register.lists_on, row.line, "key")
        different = territory.urbanisation != row.degree
        tally.count(created=not territory.urbanisation, updated=different)
        if different:
            territory.urbanisation = row.degree
            changed.append(territory)
    Territory.objects.bulk_update(changed, ["urbanisation"], batch_size=_BATCH)
    return tally


def load_umbrella_bodies(data: DataSet, register: Finder) -> Tally:
    """The bodies that speak for a state's municipalities and districts."""
    wanted = []
    for row in data.umbrella_bodies:
        state = register.get(row.state, register.lists_on, row.line, "state").pk
        values = {
            "state_id": state,
            "name": row.name,
            "short_name": row.short_name,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "source": row.source,
        }
        wanted.append(((state, row.name, row.valid_from), values))
    stored = {(row.state_id, row.name, row.valid_from): row for row in UmbrellaBody.objects.all()}
    return synchronise(UmbrellaBody, stored, wanted)
