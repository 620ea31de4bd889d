"""Neighbouring districts, density of settlement, umbrella bodies."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.domain.surroundings import bordering
from buendnisnetz.territories.domain.tables import BadDataError
from buendnisnetz.territories.enums import Level, Urbanisation
from buendnisnetz.territories.models import Neighbour, Territory, UmbrellaBody
from tests.territories import sets
from tests.territories.sets import changed

BEFORE, AFTER = date(2017, 8, 24), date(2024, 12, 31)


def square(x: int, y: int, *, size: int = 1) -> dict[str, object]:
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {"type": "MultiPolygon", "coordinates": [[[[float(a), float(b)] for a, b in ring]]]}


def test_a_shared_side_makes_neighbours_and_a_corner_does_not() -> None:
    shapes = [(1, square(0, 0)), (2, square(1, 0)), (3, square(1, 1)), (4, square(5, 5))]
    assert bordering(shapes) == {(1, 2), (2, 3)}


def test_what_lies_in_a_hole_borders_on_what_has_the_hole() -> None:
    outer = square(0, 0, size=4)
    inner = square(1, 1)
    outer["coordinates"][0].append(inner["coordinates"][0][0])  # type: ignore[index]
    assert bordering([(7, outer), (8, inner)]) == {(7, 8)}


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=20))
def test_squares_of_a_grid_border_on_those_beside_them(cells: set[tuple[int, int]]) -> None:
    numbered = {cell: number for number, cell in enumerate(sorted(cells))}
    shapes = [(number, square(*cell)) for cell, number in numbered.items()]
    wanted = {
        (numbered[x, y], numbered[other])
        for x, y in cells
        for other in ((x + 1, y), (x, y + 1))
        if other in cells
    }
    assert {tuple(sorted(pair)) for pair in bordering(shapes)} == {
        tuple(sorted(pair)) for pair in wanted
    }


@pytest.mark.django_db
@pytest.mark.slow
def test_all_districts_of_germany_know_their_neighbours(settings: Any) -> None:
    # Taking the names of 10,000 places apart takes longer than all else, and nobody searches here.
    settings.SPLIT_COMPOUNDS = False
    load(dataset.read("deutschland"))
    districts = Territory.objects.filter(level=Level.DISTRICT)
    islands = districts.filter(neighbour_links=None)
    assert Neighbour.objects.count() == 2 * 1040
    assert districts.count() == 400
    assert not islands.exists()


@pytest.mark.django_db
def test_what_no_outline_shows_any_more_goes(tmp_path: Path) -> None:
    load(dataset.read(sets.write(tmp_path / "muster")))
    apart = {
        "outlines": {
            "16061": [[[100, 510, 10, 0, 0, 10, -10, 0]]],
            "16062": [[[300, 500, 10, 0, 0, 10, -10, 0]]],
        }
    }
    report = load(dataset.read(sets.write(tmp_path / "muster", outlines=apart)))
    assert changed(report) == {"outlines": (0, 1)}
    assert not Neighbour.objects.exists()


@pytest.mark.django_db
def test_density_is_loaded_once_and_changed_when_the_list_changes(tmp_path: Path) -> None:
    tables = {"urbanisation.csv": ["key,degree", "16061002,SPARSE", "16062000,DENSE"]}
    first = load(dataset.read(sets.write(tmp_path / "muster", tables=tables)))
    assert changed(first)["urbanisation"] == (2, 0)
    tables["urbanisation.csv"][1] = "16061002,INTERMEDIATE"
    second = load(dataset.read(sets.write(tmp_path / "muster", tables=tables)))
    assert changed(second) == {"urbanisation": (0, 1)}
    assert Territory.objects.get(ags="16061002").urbanisation == Urbanisation.INTERMEDIATE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "row", "sentence"),
    [
        ("urbanisation.csv", "16061002,VILLAGE", "Spalte „degree“"),
        ("urbanisation.csv", "16061,SPARSE", "Spalte „key“"),
        ("urbanisation.csv", "16061009,SPARSE", "gibt es kein Gebiet mit dem Schlüssel 16061009"),
        ("umbrella_bodies.csv", "17,Bund,,,,", "gibt es kein Gebiet mit dem Schlüssel 17"),
        ("umbrella_bodies.csv", "16,,,,,", "Spalte „name“"),
        ("umbrella_bodies.csv", "16,Bund,,2020-01-01,2019-01-01,", "Spalte „valid_to“"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, table: str, row: str, sentence: str) -> None:
    headers = {
        "urbanisation.csv": "key,degree",
        "umbrella_bodies.csv": "state,name,short_name,valid_from,valid_to,source",
    }
    with pytest.raises(BadDataError) as caught:
        load(dataset.read(sets.write(tmp_path / "muster", tables={table: [headers[table], row]})))
    assert sentence in str(caught.value)
    assert not Territory.objects.exists()


@pytest.mark.django_db
def test_umbrella_bodies_are_loaded_once_and_end_on_a_day(tmp_path: Path) -> None:
    header = "state,name,short_name,valid_from,valid_to,source"
    tables = {"umbrella_bodies.csv": [header, "16,Städtebund,STB,1990-01-01,,"]}
    first = load(dataset.read(sets.write(tmp_path / "muster", tables=tables)))
    assert changed(first)["umbrella_bodies"] == (1, 0)
    tables = {"umbrella_bodies.csv": [header, "16,Städtebund,STB,1990-01-01,2019-12-31,"]}
    second = load(dataset.read(sets.write(tmp_path / "muster", tables=tables)))
    assert changed(second) == {"umbrella_bodies": (0, 1)}
    assert not UmbrellaBody.objects.as_of(AFTER).exists()
    assert UmbrellaBody.objects.as_of(BEFORE).get().short_name == "STB"
