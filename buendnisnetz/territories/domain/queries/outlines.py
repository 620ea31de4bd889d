"""Which outlines show a territory among its neighbours."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Subquery,
    When,
)

from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Outline

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


def sheet_of(level: Level, parent: int, *, on: date) -> Sheet | None:
    """The territories of one level in the one with the number ``parent``, as they were drawn for a day.

    Outlines exist for a few days only: of those, the sheet is taken that agrees best with the
    territories of the asked day, and among equals the nearest. One query.
    """
    return sheet_in(_AREAS.rows(level=level.value, parent=parent, on=on))


def sheet_in(found: list[dict[str, Any]]) -> Sheet | None:
    """The sheet in rows of :func:`areas`."""
    if not found:
        return None
    rows = [Area(*(row[column] for column in _AREA)) for row in found]
    first = found[0]
    return Sheet(first["drawn_on"], rows, first["source__attribution"], first["source__url"])


_AREA = (
    "territory__pk", "territory__public_id", "territory__name", "territory__association",
    "geometry", "approximate",
)  # fmt: skip


def _drawn() -> QuerySet[Outline]:
    return Outline.objects.filter(
        territory__level=Slot("level"), territory__parent=Slot("parent")
    ).order_by()


def areas() -> QuerySet[Any, Any]:
    """A row for each area of a sheet, with slots for the level, what it lies in, and the day."""
    on = Slot("on", DateField(), planned=True)
    holding = Q(territory__valid_from=None) | Q(territory__valid_from__lte=on)
    holding &= Q(territory__valid_to=None) | Q(territory__valid_to__gte=on)
    agreement = Count("pk", filter=holding) - Count("pk", filter=~holding & _HELD_WHEN_DRAWN)
    days = _drawn().values("drawn_on").annotate(agreement=agreement, away=_away(on))
    best = days.order_by("-agreement", "away", "-drawn_on").values("drawn_on")[:1]
    rows: QuerySet[Any, Any] = _drawn().filter(_HELD_WHEN_DRAWN, drawn_on=Subquery(best))
    shown = rows.values(*_AREA, "drawn_on", "source__attribution", "source__url")
    return shown.order_by("territory__sort_key", "territory__ags")


def _away(on: Slot) -> Case:
    after = ExpressionWrapper(F("drawn_on") - on, DurationField())
    before = ExpressionWrapper(on - F("drawn_on"), DurationField())
    return Case(When(drawn_on__gt=on, then=after), default=before)


_AREAS = Question(areas)
