"""Which outlines show a territory among its neighbours."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from buendnisnetz.core.questions import Question, Slot
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
    # The text of a GeoJSON MultiPolygon.
    outline: str
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
    days = _DAYS.rows(level=level.value, parent=parent.pk, on=on)
    if not days:
        return None
    best = max(days, key=lambda row: (row["agreement"], -abs((row["drawn_on"] - on).days)))
    drawn_on = best["drawn_on"]
    found = _AREAS.rows(level=level.value, parent=parent.pk, drawn_on=drawn_on)
    if not found:
        return None
    areas = [Area(*(row[column] for column in _AREA)) for row in found]
    return Sheet(drawn_on, areas, found[0]["source__attribution"], found[0]["source__url"])


_AREA = (
    "territory__pk", "territory__public_id", "territory__name", "territory__association", "outline",
    "approximate",
)  # fmt: skip


def _drawn() -> QuerySet[Outline]:
    return Outline.objects.filter(
        territory__level=Slot("level"), territory__parent=Slot("parent")
    ).order_by()


def _days() -> QuerySet[Any, Any]:
    on = Slot("on", planned=True)
    holding = Q(territory__valid_from=None) | Q(territory__valid_from__lte=on)
    holding &= Q(territory__valid_to=None) | Q(territory__valid_to__gte=on)
    agreement = Count("pk", filter=holding) - Count("pk", filter=~holding & _HELD_WHEN_DRAWN)
    return _drawn().values("drawn_on").annotate(agreement=agreement)


_DAYS = Question(_days)
_AREAS = Question(
    lambda: (
        _drawn()
        .filter(_HELD_WHEN_DRAWN, drawn_on=Slot("drawn_on", planned=True))
        .order_by("territory__sort_key", "territory__ags")
        .annotate(outline=Cast("geometry", TextField()))
        .values(*_AREA, "source__attribution", "source__url")
    )
)
