"""Questions about chambers and their districts (S113)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from buendnisnetz.core.questions import Compiled, Question, Slot
from buendnisnetz.core.together import together
from buendnisnetz.territories.domain.queries.territories import (
    UnknownTerritoryError,
    district_of,
    territory_on,
)
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.territories.models import Chamber, ChamberDistrict, Territory


@dataclass(frozen=True)
class ChamberFact:
    """Which chamber a district belongs to, since when, and how that is known."""

    kind: ChamberKind
    chamber: Chamber
    valid_from: date | None
    valid_to: date | None
    evidence: str
    source: str


def chambers_of(ags: str, on: date) -> dict[ChamberKind, ChamberFact]:
    """The chambers of a district or municipality on a day, by kind.

    Raises :class:`UnknownTerritoryError` if no district or municipality has the key on that day.
    """
    district = district_of(territory_on(ags, on))
    if district is None:
        raise UnknownTerritoryError(ags, on)
    return {fact.kind: fact for fact in facts_of(district) if holds(fact, on)}


def facts_of(district: Territory) -> list[ChamberFact]:
    """All that is known about a district's chambers, the newest first within each kind."""
    return facts_in(_FACTS.rows(district=district.pk))


def facts_in(rows: list[ChamberDistrict]) -> list[ChamberFact]:
    """The same from rows of :func:`facts` that were read already."""
    return [
        ChamberFact(
            ChamberKind(row.kind),
            row.chamber,
            row.valid_from,
            row.valid_to,
            row.evidence,
            row.source,
        )
        for row in rows
    ]


def facts() -> QuerySet[ChamberDistrict]:
    rows = ChamberDistrict.objects.filter(territory=Slot("district")).select_related("chamber")
    return rows.order_by("-kind", "-valid_from")


_FACTS = Question(facts)


def holds(fact: ChamberFact, day: date) -> bool:
    return (fact.valid_from is None or fact.valid_from <= day) and (
        fact.valid_to is None or day <= fact.valid_to
    )


def chamber_ids_of(districts: Iterable[int], on: date) -> dict[int, dict[ChamberKind, int]]:
    """The chambers of many districts at once: their numbers by district and kind. One query."""
    found: dict[int, dict[ChamberKind, int]] = {}
    rows = ChamberDistrict.objects.as_of(on).filter(territory__in=list(districts))
    for territory, kind, chamber in rows.values_list("territory", "kind", "chamber"):
        found.setdefault(territory, {})[ChamberKind(kind)] = chamber
    return found


def with_districts(on: date) -> QuerySet[Chamber]:
    """Chambers with ``district_count`` as of a day."""
    held = ChamberDistrict.objects.as_of(on).filter(chamber=OuterRef("pk")).order_by()
    number = held.values("chamber").annotate(number=Count("pk")).values("number")
    return Chamber.objects.annotate(district_count=Coalesce(Subquery(number), Value(0)))


def chamber_at(public_id: str) -> Chamber | None:
    """The chamber behind an address."""
    found: Chamber | None = _CHAMBER.row(public_id=public_id)
    return found


_CHAMBER = Question(lambda: Chamber.objects.filter(public_id=Slot("public_id")).order_by())


class Districts(NamedTuple):
    """The districts of a chamber on a day, in dictionary order; those that belonged to it before and do
    no longer, the last first."""

    held: list[ChamberDistrict]
    former: list[ChamberDistrict]


def districts_of(chamber: Chamber, on: date) -> Districts:
    """One query; rows have the columns that the chamber's page shows."""
    return Districts(**_DISTRICTS.row(chamber=chamber.pk, day=on))


def _districts() -> Compiled:
    day = Slot("day", planned=True)
    rows = ChamberDistrict.objects.filter(chamber=Slot("chamber")).select_related("territory")
    shown = rows.only(
        "valid_from", "valid_to", "evidence", "source",
        *(f"territory__{name}" for name in ("public_id", "name", "ags", "parent")),
    )  # fmt: skip
    return together(
        held=shown.as_of(day).order_by("territory__sort_key"),
        former=shown.ended_before(day).order_by("-valid_to", "territory__sort_key"),
    )


_DISTRICTS = Question(_districts)


def narrowed(rows: QuerySet[Chamber], values: dict[str, Any]) -> QuerySet[Chamber]:
    """Apply the filter of the list of chambers."""
    return rows.filter(kind=values["kind"]) if values.get("kind") else rows
