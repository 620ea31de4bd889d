"""Where something is: what somebody typed as a place, and which districts are near."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.core.cache import caches
from django.db.models import Avg, F
from django.db.models.functions import Coalesce

from buendnisnetz.core.search import query_text
from buendnisnetz.core.text import sort_key
from buendnisnetz.partnering.domain import postcodes
from buendnisnetz.partnering.enums import PlaceSize
from buendnisnetz.territories.domain.queries.chambers import chamber_ids_of
from buendnisnetz.territories.domain.queries.populations import nearest
from buendnisnetz.territories.domain.queries.territories import municipalities_on, successors_on
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory

MOST_PLACES = 12
_POSTCODE = re.compile(r"\d{5}")
_KEY = re.compile(r"\d{8}")
_EARTH_KM = 6371.0
# Seats of districts that border on each other lie nearer than this nearly everywhere.
NEAR_KM = 45
NEAR_KM_SAME_CHAMBER = 60
_SIZES = ((5_000, PlaceSize.VILLAGE), (20_000, PlaceSize.SMALL_TOWN), (100_000, PlaceSize.TOWN))


@dataclass(frozen=True)
class Neighbour:
    """A district near another one: how far its seat is, and whether they share a chamber."""

    district: int
    km: int
    same_chamber: bool


def find_places(typed: str, today: date) -> list[Territory]:
    """The municipalities that a name, a postcode or a key may mean, with their districts.

    One is what was meant; several are to be chosen from; none means that nothing fits. Names of
    municipalities that ended lead to those that hold their land today.
    """
    typed = " ".join(typed.split())
    if _POSTCODE.fullmatch(typed):
        return _current(postcodes.keys_of(typed), today)
    if _KEY.fullmatch(typed):
        return _current([typed], today)
    key = sort_key(typed)
    if not query_text(typed):
        return []
    rows = municipalities_on(today).select_related("parent")
    for narrowed in (rows.filter(sort_key=key), rows.filter(sort_key__startswith=key)):
        found = list(narrowed.order_by("sort_key", "ags")[:MOST_PLACES])
        if found:
            return found
    former = Territory.objects.filter(level=Level.MUNICIPALITY, sort_key=key)
    found = _current(list(former.order_by("ags").values_list("ags", flat=True)), today)
    return found or list(rows.search(typed).order_by("sort_key", "ags")[:MOST_PLACES])


def _current(keys: Sequence[str], today: date) -> list[Territory]:
    """The municipalities that hold the land behind these keys on a day, in the same order."""
    old = Territory.objects.filter(level=Level.MUNICIPALITY, ags__in=keys)
    numbers = dict(old.values_list("pk", "ags"))
    heirs = successors_on(numbers, today)
    rank: dict[int, int] = {}
    for pk, ags in numbers.items():
        for heir in heirs.get(pk, []):
            rank[heir] = min(rank.get(heir, len(keys)), keys.index(ags))
    found = municipalities_on(today).select_related("parent").filter(pk__in=rank)
    return sorted(found, key=lambda row: (rank[row.pk], row.ags))


def place_size_of(territory: Territory | None, today: date) -> str:
    """The size class of a place; districts count as large, what is unknown as nothing."""
    if territory is None:
        return ""
    if territory.level != Level.MUNICIPALITY:
        return PlaceSize.CITY
    figure = nearest(territory, on=today)
    if figure is None:
        return ""
    return next((size for limit, size in _SIZES if figure.total < limit), PlaceSize.CITY)


def district_key(territory: Territory | None) -> str:
    """The key of the district that a territory is or lies in; empty for a state."""
    return territory.ags[:5] if territory is not None and len(territory.ags) >= 5 else ""


def neighbours_of(ags: str, today: date) -> list[Neighbour]:
    """Districts near the one with this key, the nearest first.

    By the distance between seats, and farther where both belong to the same chamber: a stand-in
    for a table of common borders.
    """
    points, chambers = _map(today)
    here = next((row for row in points if row[1] == ags), None)
    if here is None or here[2] is None:
        return []
    own = set(chambers.get(here[0], {}).values())
    found = []
    for pk, _key, latitude, longitude in points:
        if pk == here[0] or latitude is None:
            continue
        km = distance_km(here[2], here[3], latitude, longitude)
        same = bool(own & set(chambers.get(pk, {}).values()))
        if km <= (NEAR_KM_SAME_CHAMBER if same else NEAR_KM):
            found.append(Neighbour(pk, round(km), same))
    return sorted(found, key=lambda near: (near.km, near.district))


def distance_km(latitude: Any, longitude: Any, other_latitude: Any, other_longitude: Any) -> float:
    """The great-circle distance between two points in degrees."""
    one, two = radians(float(latitude)), radians(float(other_latitude))
    east = radians(float(other_longitude) - float(longitude))
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _map(today: date) -> tuple[list[tuple[Any, ...]], dict[int, dict[Any, int]]]:
    """Where the seats of all districts are, and their chambers; may be a minute old."""
    name = f"partnering.districts.{today}"
    kept = caches["process"].get(name)
    if kept is None:
        rows = Territory.objects.districts().as_of(today).annotate(
            north=Coalesce(F("seat__latitude"), F("latitude"), Avg("children__latitude")),
            east=Coalesce(F("seat__longitude"), F("longitude"), Avg("children__longitude")),
        )  # fmt: skip
        points = list(rows.order_by("ags").values_list("pk", "ags", "north", "east"))
        kept = points, chamber_ids_of([row[0] for row in points], today)
        caches["process"].set(name, kept)
    return kept  # type: ignore[no-any-return]
