"""What the page of a territory shows besides what it is, in one statement."""

from datetime import date
from typing import NamedTuple

from buendnisnetz.core.questions import Compiled, Question
from buendnisnetz.core.together import together
from buendnisnetz.territories.domain.queries import outlines
from buendnisnetz.territories.domain.queries.chambers import ChamberFact, facts, facts_in
from buendnisnetz.territories.domain.queries.neighbours import neighbours
from buendnisnetz.territories.domain.queries.outlines import Sheet, sheet_in
from buendnisnetz.territories.domain.queries.populations import figures
from buendnisnetz.territories.domain.queries.territories import (
    changes,
    changes_among,
    district_of,
)
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Population, Succession, Territory


class TerritoryPage(NamedTuple):
    """Its figures; what followed it and what it came from; the chambers of its district; the districts
    beside it; the map on which it is an area, or the map of its districts."""

    figures: list[Population]
    later: list[Succession]
    earlier: list[Succession]
    facts: list[ChamberFact]
    neighbours: list[Territory]
    sheet: Sheet | None


def of_territory(territory: Territory, day: date) -> TerritoryPage:
    """One query. A territory of a state lies on the map of what it lies in."""
    district = district_of(territory)
    inner = Level.MUNICIPALITY if territory.level in _INNER else Level.DISTRICT
    found = _PAGE.row(
        territory=territory.pk,
        district=district.pk if district else None,
        day=day, on=day, level=inner.value, parent=territory.parent_id or territory.pk,
    )  # fmt: skip
    later, earlier = changes_among(found["changes"], territory)
    return TerritoryPage(
        found["figures"], later, earlier, facts_in(found["facts"]), found["neighbours"],
        sheet_in(found["areas"]),
    )  # fmt: skip


_INNER = (Level.MUNICIPALITY, Level.ASSOCIATION)


def _page() -> Compiled:
    return together(
        figures=figures(),
        changes=changes(),
        facts=facts(),
        neighbours=neighbours().only("public_id", "short_name"),
        areas=outlines.areas(),
    )


_PAGE = Question(_page)
