"""What has to hold on every day and for every territory."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.territories.domain.queries import chambers, populations
from buendnisnetz.territories.domain.queries import territories as queries
from buendnisnetz.territories.enums import ChamberKind, Level, PopulationBase
from buendnisnetz.territories.models import Succession, Territory

pytestmark = pytest.mark.usefixtures("thuringia")
DAYS = st.dates(date(2018, 1, 1), date(2026, 11, 22))


@given(DAYS)
def test_every_district_has_one_chamber_of_each_kind(day: date) -> None:
    districts = list(queries.districts_on(day).values_list("pk", flat=True))
    found = chambers.chamber_ids_of(districts, day)
    assert set(found) == set(districts)
    assert all(set(kinds) == set(ChamberKind) for kinds in found.values())


@given(DAYS)
def test_every_municipality_lies_in_a_district_of_the_day(day: date) -> None:
    districts = set(queries.districts_on(day).values_list("pk", flat=True))
    above = set(queries.municipalities_on(day).values_list("parent", flat=True))
    assert above == districts


@given(DAYS, DAYS)
def test_old_municipalities_cover_the_later_ones(first: date, second: date) -> None:
    before, after = min(first, second), max(first, second)
    old = list(queries.municipalities_on(before).values_list("pk", flat=True))
    new = set(queries.municipalities_on(after).values_list("pk", flat=True))
    found = queries.successors_on(old, after)
    assert set(found) == set(old)
    assert {successor for ids in found.values() for successor in ids} == new


@given(DAYS)
def test_a_key_stands_for_one_territory_a_day(day: date) -> None:
    keys = list(Territory.objects.as_of(day).values_list("level", "ags"))
    assert len(keys) == len(set(keys))


def test_what_ended_has_a_successor_from_the_next_day() -> None:
    ended = Territory.objects.filter(valid_to__isnull=False)
    assert ended.count() == 272 + 1
    for territory in ended:
        after = Succession.objects.filter(predecessor=territory)
        assert after, territory.ags
        for row in after.select_related("successor"):
            assert row.on == territory.valid_to + timedelta(days=1)
            assert row.successor.holds_on(row.on)


def test_what_began_has_an_origin_the_day_before() -> None:
    begun = Territory.objects.filter(valid_from__isnull=False).exclude(level=Level.ASSOCIATION)
    assert begun.exists()
    for territory in begun:
        origins = Succession.objects.filter(successor=territory, on=territory.valid_from)
        assert origins, territory.ags
        assert all(row.predecessor.holds_on(row.on - timedelta(days=1)) for row in origins)


@pytest.mark.parametrize(
    ("counted_on", "base", "borders_on", "total"),
    [
        (date(2017, 12, 31), PopulationBase.REGISTER_2011, date(2017, 12, 31), 2_151_205),
        (date(2023, 12, 31), PopulationBase.REGISTER_2011, date(2024, 12, 31), 2_122_335),
        (date(2022, 5, 15), PopulationBase.CENSUS_2022, date(2024, 12, 31), 2_110_396),
    ],
)
def test_every_level_has_the_same_sum(
    counted_on: date, base: PopulationBase, borders_on: date, total: int
) -> None:
    for level in (Level.STATE, Level.DISTRICT, Level.MUNICIPALITY):
        rows = queries.territories_on(borders_on, level=level)
        found = populations.total_of(rows, counted_on=counted_on, base=base)
        assert (found.total, found.missing) == (total, 0), level


@pytest.mark.parametrize("borders_on", [date(2017, 12, 31), date(2024, 12, 31)])
def test_municipalities_sum_up_to_their_district(borders_on: date) -> None:
    counted_on = date(2017, 12, 31) if borders_on.year == 2017 else date(2022, 5, 15)
    base = populations.base_near(counted_on)
    assert base is not None
    rows = populations.with_population(queries.districts_on(borders_on), on=counted_on, base=base)
    for district in rows:
        parts = queries.municipalities_on(borders_on, within=district.ags)
        total = populations.total_of(parts, counted_on=counted_on, base=base)
        assert total.total == district.population
