"""Which outlines show a territory among its neighbours."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Outline, Territory

_HELD_WHEN_DRAWN = Q(territory__valid_from=None) | Q(territory__valid_from__lte=F("drawn_on"))
_HELD_WHEN_DRAWN &= Q(territory__valid_to=None) | Q(territory__valid_to__gte=F("drawn_on"))


@dataclass(frozen=True)
class Area:
    """One territory on a map."""

    pk: int
    public_id: str
    name: str
    association: int | None
    geometry: dict[str, Any]
    approximate: bool


@dataclass(frozen=True)
class Sheet:
    """Areas drawn on the same day, from the same source."""

    drawn_on: date
    areas: list[Area]
    attribution: str
    source_url: str


def sheet_of(level: Level, parent: Territory, *, on: date) -> Sheet | None:
    """The territories of one level in ``parent``, as they were drawn for a day.

    Outlines exist for a few days only: of those, the sheet is taken that agrees best with the
    territories of the asked day, and among equals the nearest. Two queries.
    """
    rows = Outline.objects.filter(territory__level=level, territory__parent=parent)
    holding = Q(territory__valid_from=None) | Q(territory__valid_from__lte=on)
    holding &= Q(territory__valid_to=None) | Q(territory__valid_to__gte=on)
    agreement = Count("pk", filter=holding) - Count("pk", filter=~holding & _HELD_WHEN_DRAWN)
    sheets = rows.values("drawn_on").annotate(agreement=agreement).order_by()
    days: list[tuple[date, int]] = list(sheets.values_list("drawn_on", "agreement"))
    if not days:
        return None
    best = max(days, key=lambda entry: (entry[1], -abs((entry[0] - on).days)))[0]
    return _sheet(rows.filter(drawn_on=best), best)


def _sheet(rows: QuerySet[Outline], drawn_on: date) -> Sheet | None:
    found = list(
        rows.filter(_HELD_WHEN_DRAWN)
        .select_related("territory", "source")
        .order_by("territory__sort_key", "territory__ags")
    )
    if not found:
        return None
    areas = [
        Area(
            row.territory.pk,
            row.territory.public_id,
            row.territory.name,
            row.territory.association_id,
            row.geometry,
            row.approximate,
        )
        for row in found
    ]
    return Sheet(drawn_on, areas, found[0].source.attribution, found[0].source.url)
