"""Where something is: what somebody typed as a place, and which districts are near."""

import re
from collections.abc import Sequence
from datetime import date

from buendnisnetz.core.search import query_text
from buendnisnetz.core.text import sort_key
from buendnisnetz.partnering.domain import postcodes
from buendnisnetz.partnering.enums import PlaceSize
from buendnisnetz.territories.domain.queries.populations import nearest
from buendnisnetz.territories.domain.queries.territories import municipalities_on, successors_on
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory

MOST_PLACES = 12
_POSTCODE = re.compile(r"\d{5}")
_KEY = re.compile(r"\d{8}")
_SIZES = ((5_000, PlaceSize.VILLAGE), (20_000, PlaceSize.SMALL_TOWN), (100_000, PlaceSize.TOWN))


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
