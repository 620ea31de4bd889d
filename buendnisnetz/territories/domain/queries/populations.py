"""Questions about numbers of people. A figure is never without its base and its day (S20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.cache import caches
from django.db.models import (
    Case,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from buendnisnetz.core.questions import Slot
from buendnisnetz.territories.enums import PopulationBase
from buendnisnetz.territories.models import Population, Territory, TerritoryQuerySet


@dataclass(frozen=True)
class Total:
    """A sum within one count; ``missing`` says how many territories had no figure in it."""

    total: int
    counted_on: date
    base: PopulationBase
    missing: int


def _nearest_first(rows: QuerySet[Population], day: date) -> QuerySet[Population]:
    away = Case(
        When(counted_on__gt=day, then=ExpressionWrapper(F("counted_on") - Value(day), DurationField())),
        default=ExpressionWrapper(Value(day) - F("counted_on"), DurationField()),
    )  # fmt: skip
    return rows.order_by(away, "-counted_on", "base")


def nearest(
    territory: Territory, *, on: date, base: PopulationBase | None = None
) -> Population | None:
    """The figure counted nearest to a day, of one base if it is named."""
    rows = Population.objects.filter(territory=territory)
    if base:
        rows = rows.filter(base=base)
    return _nearest_first(rows, on).first()


def figures() -> QuerySet[Population]:
    """All figures of a territory, the newest first, with their sources."""
    rows = Population.objects.filter(territory=Slot("territory"))
    return rows.select_related("source").order_by("-counted_on", "base")


def base_of_nearest(figures: list[Population], day: date) -> PopulationBase | None:
    """The base of that figure of a territory which was counted nearest to a day."""
    best = min(figures, key=lambda figure: abs((figure.counted_on - day).days), default=None)
    return PopulationBase(best.base) if best else None


def base_near(day: date) -> PopulationBase | None:
    """The base of the count nearest to a day: a list shows figures of one base only."""
    nearest_count = min(counts(), key=lambda count: abs((count[0] - day).days), default=None)
    return nearest_count[1] if nearest_count else None


def with_population(
    rows: TerritoryQuerySet, *, on: date, base: PopulationBase | None
) -> TerritoryQuerySet:
    """Adds the figure of one base that was counted nearest to the day.

    Its parts are ``population``, ``population_on`` and ``population_estimated``; lists sort by
    ``population_order`` and ``area_order``, in which what is unknown counts as nothing.
    """
    figures = _nearest_first(Population.objects.filter(territory=OuterRef("pk"), base=base), on)
    annotated: TerritoryQuerySet = rows.annotate(
        population=Subquery(figures.values("total")[:1]),
        population_on=Subquery(figures.values("counted_on")[:1]),
        population_estimated=Subquery(figures.values("estimated")[:1]),
        population_order=Coalesce(Subquery(figures.values("total")[:1]), Value(0)),
        area_order=Coalesce(F("area_km2"), Value(Decimal(0))),
    )
    return annotated


def total_of(rows: TerritoryQuerySet, *, counted_on: date, base: PopulationBase) -> Total:
    """The inhabitants of several territories together, all of one count."""
    figures = Population.objects.filter(counted_on=counted_on, base=base)
    wanted = rows.order_by()
    missing = wanted.exclude(Exists(figures.filter(territory=OuterRef("pk")))).count()
    total = figures.filter(territory__in=wanted.values("pk")).aggregate(total=Sum("total"))
    return Total(total["total"] or 0, counted_on, base, missing)


def counts() -> list[tuple[date, PopulationBase]]:
    """The counts that are stored, the newest first; may be a minute old."""
    kept: list[tuple[date, PopulationBase]] | None = caches["process"].get("territories.counts")
    if kept is None:
        rows: Iterable[tuple[date, str]] = (
            Population.objects.order_by("-counted_on", "base")
            .values_list("counted_on", "base")
            .distinct()
        )
        kept = [(day, PopulationBase(base)) for day, base in rows]
        caches["process"].set("territories.counts", kept)
    return kept
