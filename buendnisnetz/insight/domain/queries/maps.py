"""What a map of coverage shows: districts of a state, or municipalities of a district, with one answer each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from buendnisnetz.insight.domain.queries.coverage import coverage, districts
from buendnisnetz.insight.enums import MapQuestion
from buendnisnetz.territories.domain.queries.outlines import Sheet, sheet_of
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory

# Steps of the scale: 0 nothing … 4 all; municipalities use 0, 2 (in part) and 4.
NOTHING, PARTLY, ALL = 0, 2, 4


@dataclass(frozen=True)
class Spot:
    """One territory on the map. Without an outline of its day it is a point, or only in the table."""

    pk: int
    public_id: str
    ags: str
    name: str
    step: int
    number: int
    total: int
    # The text of a GeoJSON MultiPolygon, empty where no outline is known.
    outline: str
    point: tuple[float, float] | None


@dataclass(frozen=True)
class CoverageMap:
    """The spots in dictionary order; ``sheet`` says whose outlines they are, None without any."""

    spots: list[Spot]
    sheet: Sheet | None
    of_districts: bool

    @property
    def without_outline(self) -> list[Spot]:
        return [spot for spot in self.spots if not spot.outline]


def map_of_state(state: Territory, day: date, question: MapQuestion) -> CoverageMap:
    """Districts, stepped by the share of their municipalities. Three queries."""
    rows = list(districts(day, within=state.ags).order_by("sort_key", "ags"))
    sheet, column = sheet_of(Level.DISTRICT, state.pk, on=day), question.value.lower()
    areas = _areas(sheet)
    return CoverageMap(
        [
            _spot(row, areas, _share_step(row[column], row["n"]), row[column], row["n"])
            for row in rows
        ],
        sheet,
        True,
    )


def map_of_district(district: Territory, day: date, question: MapQuestion) -> CoverageMap:
    """Municipalities, each with its own answer. Three queries."""
    rows = list(coverage(day, within=district.ags).order_by("sort_key", "ags"))
    sheet = sheet_of(Level.MUNICIPALITY, district.pk, on=day)
    areas, answer = _areas(sheet), _ANSWERS[question]
    return CoverageMap(
        [_spot(row, areas, answer(row), int(answer(row) != NOTHING), 1) for row in rows],
        sheet,
        False,
    )


def _share_step(number: int, total: int) -> int:
    """0 for none, 4 for all, and between them by thirds."""
    if not number:
        return NOTHING
    return ALL if number == total else 1 + min(2, 3 * number // total)


_ANSWERS: dict[MapQuestion, Callable[[dict[str, Any]], int]] = {
    MapQuestion.ALLIANCE: lambda row: {"OWN": ALL, "DISTRICT": PARTLY}.get(
        row["alliance"], NOTHING
    ),
    MapQuestion.CONTACT: lambda row: (
        ALL if row["contact"] else (PARTLY if row["said_on"] else NOTHING)
    ),
    MapQuestion.CARETAKER: lambda row: ALL if row["caretaker"] else NOTHING,
    MapQuestion.MEETING: lambda row: ALL if row["meetings"] else NOTHING,
    MapQuestion.MEMBER: lambda row: ALL if row["member"] else NOTHING,
    MapQuestion.WHITE: lambda row: ALL if row["white"] else NOTHING,
}


def _areas(sheet: Sheet | None) -> dict[int, str]:
    return {area.pk: area.outline for area in sheet.areas} if sheet else {}


def _spot(row: dict[str, Any], areas: dict[int, str], step: int, number: int, total: int) -> Spot:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    return Spot(
        pk=row["pk"],
        public_id=row["public_id"],
        ags=row["ags"],
        name=row["name"],
        step=step,
        number=number,
        total=total,
        outline=areas.get(row["pk"], ""),
        point=(float(longitude), float(latitude)) if longitude and latitude else None,
    )
