"""Territories for tests: the state 16, some districts, some municipalities."""

from datetime import date
from itertools import count
from typing import Any

from buendnisnetz.territories.enums import ChamberKind, Level, TerritoryKind
from buendnisnetz.territories.models import Chamber, ChamberDistrict, Neighbour, Territory

_numbers = count(1)


def make_state(ags: str = "16", name: str = "Thüringen") -> Territory:
    found = Territory.objects.filter(level=Level.STATE, ags=ags).first()
    return found or Territory.objects.create(
        level=Level.STATE, kind=TerritoryKind.STATE, ags=ags, name=name, short_name=name
    )


def make_district(ags: str | None = None, name: str | None = None, **fields: Any) -> Territory:
    key = ags or f"16{next(_numbers) % 900 + 100:03}"
    return Territory.objects.create(
        level=Level.DISTRICT,
        kind=fields.pop("kind", TerritoryKind.RURAL_DISTRICT),
        ags=key,
        name=name or f"Landkreis {key}",
        short_name=name or f"Landkreis {key}",
        parent=make_state(key[:2]),
        **fields,
    )


def make_municipality(district: Territory, name: str = "Musterdorf", **fields: Any) -> Territory:
    ags = fields.pop("ags", None) or f"{district.ags}{next(_numbers) % 1000:03}"
    return Territory.objects.create(
        level=Level.MUNICIPALITY,
        kind=TerritoryKind.MUNICIPALITY,
        ags=ags,
        name=name,
        short_name=name,
        parent=district,
        **fields,
    )


def make_chamber(
    district: Territory, kind: ChamberKind = ChamberKind.IHK, name: str = "IHK Musterstadt"
) -> Chamber:
    """A chamber whose district holds the territory, since 1990."""
    chamber = Chamber.objects.create(kind=kind, name=name, seat="Musterstadt")
    ChamberDistrict.objects.create(
        chamber=chamber, kind=kind, territory=district, valid_from=date(1990, 10, 3)
    )
    return chamber


def make_neighbours(one: Territory, other: Territory) -> None:
    """Two districts that border on each other."""
    Neighbour.objects.create(territory=one, neighbour=other)
    Neighbour.objects.create(territory=other, neighbour=one)
