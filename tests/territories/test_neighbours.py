"""Thuringia's neighbouring districts, density of settlement, umbrella bodies."""

from collections import Counter
from datetime import date

import pytest
from django.test import Client

from buendnisnetz.territories.domain.queries.neighbours import bordering, neighbours_on
from buendnisnetz.territories.enums import Level, Urbanisation
from buendnisnetz.territories.models import Neighbour, Territory, UmbrellaBody

BEFORE, AFTER = date(2017, 8, 24), date(2024, 12, 31)
pytestmark = pytest.mark.usefixtures("thuringia")


def district(key: str) -> Territory:
    return Territory.objects.get(level=Level.DISTRICT, ags=key)


def keys(territories: list[Territory]) -> list[str]:
    return sorted(territory.ags for territory in territories)


def test_eisenach_lay_within_one_district_until_it_joined_it() -> None:
    eisenach, around = district("16056"), district("16063")
    assert neighbours_on(eisenach, BEFORE) == [around]
    assert "16056" in keys(neighbours_on(around, BEFORE))
    assert "16056" not in keys(neighbours_on(around, AFTER))


def test_neighbours_of_the_capital() -> None:
    found = keys(neighbours_on(district("16051"), AFTER))
    assert found == ["16067", "16068", "16070", "16071"]


def test_every_pair_stands_in_both_directions() -> None:
    pairs = set(Neighbour.objects.values_list("territory", "neighbour"))
    assert pairs == {(second, first) for first, second in pairs}
    assert len(pairs) == 2 * 44


def test_numbers_of_those_around_a_key_on_a_day() -> None:
    assert "16056" in keys(list(bordering("16063", BEFORE)))
    assert "16056" not in keys(list(bordering("16063", AFTER)))
    assert not bordering("99999", AFTER).exists()


def test_density_of_settlement_of_the_newest_list() -> None:
    held = Territory.objects.municipalities().as_of(AFTER)
    counts = Counter(held.values_list("urbanisation", flat=True))
    assert counts == {
        Urbanisation.SPARSE: 545,
        Urbanisation.INTERMEDIATE: 57,
        Urbanisation.DENSE: 3,
    }
    assert Territory.objects.get(ags="16056000").urbanisation == ""


def test_who_speaks_for_municipalities_and_districts() -> None:
    bodies = UmbrellaBody.objects.as_of(BEFORE).order_by("name")
    assert [(body.short_name, body.state.ags) for body in bodies] == [
        ("GStB", "16"),
        ("TLKT", "16"),
    ]


def test_a_districts_page_names_its_neighbours(client: Client) -> None:
    page = client.get(f"/gebiete/{district('16056').public_id}/").content.decode()
    assert "Benachbarte Kreise" in page
    assert f"/gebiete/{district('16063').public_id}/" in page


def test_a_municipalitys_page_says_how_densely_it_is_settled(client: Client) -> None:
    place = Territory.objects.get(ags="16053000")
    page = client.get(f"/gebiete/{place.public_id}/").content.decode()
    assert "dicht besiedelt" in page
