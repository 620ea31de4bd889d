"""The files that come with the project: whole, consistent, attributed."""

from collections import Counter
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest

from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.dataset import DataSet, TerritoryRow
from buendnisnetz.territories.enums import ChamberKind, Evidence, Level, TerritoryKind

BOTH = pytest.mark.parametrize("name", ["thueringen", "deutschland"])
NOW = date(2024, 12, 31)
# What lies west, south, east and north of Germany's borders lies elsewhere.
COMMON_WITH_LUXEMBOURG = "10042999"
GERMANY = (5.8, 47.2, 15.1, 55.1)


@lru_cache(maxsize=2)
def data_of(name: str) -> DataSet:
    return dataset.read(name)


def held(name: str, level: Level, day: date = NOW) -> list[TerritoryRow]:
    return [
        row
        for row in data_of(name).territories
        if row.level == level and (row.valid_from or date.min) <= day <= (row.valid_to or date.max)
    ]


def contains(geometry: dict[str, Any], x: float, y: float) -> bool:
    """Whether a point lies in an outline (crossings of a ray to the east)."""
    inside = False
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                    inside = not inside
    return inside


@BOTH
def test_keys_are_complete(name: str) -> None:
    states = {row.key for row in held(name, Level.STATE)}
    districts = {row.key for row in held(name, Level.DISTRICT)}
    municipalities = {row.key for row in held(name, Level.MUNICIPALITY)}
    assert {key[:2] for key in districts} == states
    assert {key[:5] for key in municipalities} == districts


@BOTH
def test_both_keys_of_a_municipality_agree(name: str) -> None:
    for row in data_of(name).territories:
        if row.level == Level.MUNICIPALITY:
            assert len(row.ars) == 12
            assert row.ars[:5] + row.ars[9:] == row.key, row.name


@BOTH
def test_short_names_are_parts_of_names(name: str) -> None:
    for row in data_of(name).territories:
        assert row.name.startswith(row.short_name), row.name
        assert row.name == " ".join(row.name.split())


@BOTH
def test_places_lie_in_germany(name: str) -> None:
    west, south, east, north = GERMANY
    rows = [row for row in data_of(name).territories if row.level == Level.MUNICIPALITY]
    for row in rows:
        if row.key == COMMON_WITH_LUXEMBOURG:
            continue
        assert row.longitude is not None, row.name
        assert row.latitude is not None, row.name
        assert west < row.longitude < east, row.name
        assert south < row.latitude < north, row.name


@BOTH
def test_areas_sum_up(name: str) -> None:
    total: Counter[str] = Counter()
    for row in held(name, Level.MUNICIPALITY):
        total[row.key[:5]] += round((row.area_km2 or 0) * 100)
    for row in held(name, Level.DISTRICT):
        assert row.area_km2 is not None
        assert total[row.key] / 100 == pytest.approx(float(row.area_km2), abs=0.3), row.name


@BOTH
def test_every_district_and_count_has_figures(name: str) -> None:
    data = data_of(name)
    for count, about in data.manifest.counts.items():
        counted = {row.key for row in data.populations if row.count == count}
        expected = {row.key for row in held(name, Level.DISTRICT, about.territories_on)}
        assert expected <= counted, count


@BOTH
def test_outlines_are_closed_and_lie_in_germany(name: str) -> None:
    west, south, east, north = GERMANY
    for sheet in data_of(name).outlines:
        for key, geometry in sheet.geometries.items():
            assert geometry["coordinates"], key
            for polygon in geometry["coordinates"]:
                for ring in polygon:
                    assert len(ring) > 3, key
                    assert ring[0] == ring[-1]
                    assert all(west < x < east and south < y < north for x, y in ring), key


@BOTH
def test_every_source_is_used_and_attributed(name: str) -> None:
    data = data_of(name)
    used = {row.source for row in data.successions}
    used |= {count.source for count in data.manifest.counts.values()}
    used |= {sheet.source for sheet in data.outlines}
    assert used == set(data.manifest.sources)
    for source in data.manifest.sources.values():
        assert source.title
        assert source.licence in {"L-Destatis", "dl-de/by-2-0", "Tatsachen"}
        assert source.url.startswith("https://")


@BOTH
def test_the_readme_names_every_source(name: str) -> None:
    readme = (dataset.DATA / "README.md").read_text(encoding="utf-8")
    for key in data_of(name).manifest.sources:
        assert f"`{key}`" in readme


def test_germany_in_numbers() -> None:
    kinds = Counter(row.kind for row in data_of("deutschland").territories)
    assert kinds[TerritoryKind.STATE] == 16
    assert kinds[TerritoryKind.UNINCORPORATED] == 205
    districts = held("deutschland", Level.DISTRICT)
    cities = [row for row in districts if row.kind == TerritoryKind.INDEPENDENT_CITY]
    assert (len(districts), len(cities)) == (400, 106)
    population = [row.total for row in data_of("deutschland").populations if len(row.key) == 2]
    assert sum(population) == 84_669_326


def test_both_sets_say_the_same_about_thuringia() -> None:
    mine = {row.key: row for row in held("thueringen", Level.MUNICIPALITY)}
    theirs = {
        row.key: row for row in held("deutschland", Level.MUNICIPALITY) if row.key.startswith("16")
    }
    assert mine.keys() == theirs.keys()
    for key, row in mine.items():
        other = theirs[key]
        assert (row.name, row.ars, row.kind, row.area_km2) == (
            other.name,
            other.ars,
            other.kind,
            other.area_km2,
        )


def test_municipalities_lie_in_their_own_outline() -> None:
    sheet = next(s for s in data_of("thueringen").outlines if "municipalities" in s.file)
    rows = held("thueringen", Level.MUNICIPALITY)
    assert sheet.geometries.keys() == {row.key for row in rows}
    outside = [
        row.name
        for row in rows
        if not contains(
            sheet.geometries[row.key], float(row.longitude or 0), float(row.latitude or 0)
        )
    ]
    # The outlines are coarse: a point near a border may fall over it.
    assert len(outside) <= 12


def test_municipalities_lie_in_the_outline_of_their_district() -> None:
    sheet = next(
        s for s in data_of("thueringen").outlines if s.drawn_on == NOW and "districts" in s.file
    )
    wrong = [
        row.name
        for row in held("thueringen", Level.MUNICIPALITY)
        if not contains(
            sheet.geometries[row.key[:5]], float(row.longitude or 0), float(row.latitude or 0)
        )
    ]
    assert wrong == []


def test_old_municipalities_lie_in_what_followed_them() -> None:
    """Key and map agree: the reference tables are checked by geography."""
    data = data_of("thueringen")
    sheet = next(s for s in data.outlines if "municipalities" in s.file)
    rows = {(row.key, row.valid_to): row for row in data.territories}
    after: dict[str, set[str]] = {}
    for row in data.successions:
        after.setdefault(row.predecessor, set()).add(row.successor)
    doubtful = []
    for (key, end), row in rows.items():
        if row.level != Level.MUNICIPALITY or end is None or key == "16073112":
            continue
        final = after[key]
        while not final <= sheet.geometries.keys():
            final = {k for f in final for k in after.get(f, {f})}
        place = float(row.longitude or 0), float(row.latitude or 0)
        if not any(contains(sheet.geometries[k], *place) for k in final):
            doubtful.append(row.name)
    assert len(doubtful) <= 8, doubtful


def test_changes_stand_in_order_and_have_evidence() -> None:
    rows = data_of("thueringen").successions
    assert rows == sorted(rows, key=lambda row: (row.on, row.predecessor, row.successor))
    days = Counter(row.on for row in rows)
    assert dict(days) == {
        date(2018, 7, 6): 30,
        date(2019, 1, 1): 175,
        date(2019, 12, 31): 34,
        date(2020, 12, 1): 1,
        date(2021, 1, 1): 3,
        date(2021, 7, 1): 2,
        date(2023, 1, 1): 10,
        date(2024, 1, 1): 22,
    }
    official = {row.on.year for row in rows if row.evidence == Evidence.OFFICIAL}
    assert official == {2023, 2024}


def test_parts_of_split_municipalities_are_named() -> None:
    parts = Counter(
        row.predecessor for row in data_of("thueringen").successions if row.kind == "PART"
    )
    assert parts == {"16064073": 3, "16064014": 2, "16064055": 2}


def test_every_chamber_district_has_evidence() -> None:
    data = data_of("thueringen")
    assert Counter(row.kind for row in data.chambers) == {ChamberKind.IHK: 3, ChamberKind.HWK: 3}
    assert len(data.chamber_districts) == 2 * 23
    for row in data.chamber_districts:
        assert row.evidence.startswith(("ausdrücklich genannt", "abgeleitet"))
        assert row.source.startswith("https://")
