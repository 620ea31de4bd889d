"""Twenty municipalities of the two districts whose chambers differ, on Thuringia's own register."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.insight.domain.queries import coverage
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.territories.domain.queries.chambers import chambers_of
from buendnisnetz.territories.enums import ChamberKind, Level
from buendnisnetz.territories.models import Territory
from tests.factories.insight import make_mark
from tests.factories.meetings import make_meeting
from tests.factories.network import (
    make_alliance,
    make_membership,
    make_organisation,
    make_post,
    make_term,
)
from tests.territories.conftest import loaded, thuringia  # noqa: F401

pytestmark = pytest.mark.usefixtures("thuringia")
DAY = date(2024, 12, 31)
ILM = ("Arnstadt", "Ilmenau", "Stadtilm", "Großbreitenbach", "Amt Wachsenburg", "Geratal", "Plaue", "Elgersburg", "Martinroda", "Elleben")  # fmt: skip
WARTBURG = ("Eisenach", "Bad Salzungen", "Vacha", "Ruhla", "Treffurt", "Bad Liebenstein", "Geisa", "Dermbach", "Gerstungen", "Seebach")  # fmt: skip


def place(name: str, district: str) -> Territory:
    rows = Territory.objects.municipalities().as_of(DAY).filter(level=Level.MUNICIPALITY)
    return rows.get(short_name=name, parent__ags=district)


@pytest.fixture
def twenty(thuringia: Any) -> dict[str, Territory]:  # noqa: F811
    found = {name: place(name, "16070") for name in ILM}
    return found | {name: place(name, "16063") for name in WARTBURG}


def test_every_place_has_its_two_chambers_and_none_is_wrong(twenty: dict[str, Territory]) -> None:
    wrong = []
    for name, territory in twenty.items():
        found = {kind: fact.chamber.name for kind, fact in chambers_of(territory.ags, DAY).items()}
        wanted = (
            {ChamberKind.IHK: "IHK Südthüringen", ChamberKind.HWK: "Handwerkskammer Erfurt"}
            if name in ILM
            else {ChamberKind.IHK: "IHK Erfurt", ChamberKind.HWK: "Handwerkskammer Südthüringen"}
        )
        if found != wanted:
            wrong.append((name, found))
    assert wrong == []
    assert len(twenty) == 20


def test_how_the_twenty_are_reached(twenty: dict[str, Territory]) -> None:
    """Each way once or twice, the rest white; nothing leaks from one place to another."""
    make_alliance(territory=twenty["Ilmenau"])
    make_alliance(territory=twenty["Eisenach"])
    make_term(make_post(twenty["Plaue"], kind=PostKind.OTHER, is_contact=True))
    town_hall = make_organisation(kind=OrganisationKind.MUNICIPALITY, territory=twenty["Vacha"])
    make_term(make_post(town_hall, is_contact=True))
    make_term(make_post(twenty["Geisa"], kind=PostKind.CARETAKER))
    make_meeting(territory=twenty["Ruhla"], held_on=date(2024, 3, 1))
    make_membership(make_alliance(), make_organisation(territory=twenty["Stadtilm"]))
    make_mark(twenty["Elleben"], date(2024, 5, 1))
    rows = {
        row["pk"]: row
        for row in coverage.coverage(DAY)
        if row["district_ags"] in {"16070", "16063"}
    }
    found = {name: rows[territory.pk] for name, territory in twenty.items()}
    assert [name for name in found if found[name]["alliance"] == "OWN"] == ["Ilmenau", "Eisenach"]
    assert [name for name in found if found[name]["contact"]] == ["Plaue", "Vacha"]
    assert [name for name in found if found[name]["caretaker"]] == ["Geisa"]
    assert [name for name in found if found[name]["meetings"]] == ["Ruhla"]
    assert [name for name in found if found[name]["member"]] == ["Stadtilm"]
    assert [name for name in found if found[name]["said_on"]] == ["Elleben"]
    white = {name for name in found if found[name]["white"]}
    assert white == set(twenty) - {
        "Ilmenau", "Eisenach", "Plaue", "Vacha", "Geisa", "Ruhla", "Stadtilm",
    }  # fmt: skip
    assert coverage.totals(coverage.coverage(DAY, within="16070")).n == 16
    assert coverage.totals(coverage.coverage(DAY, within="16063")).n == 30


def test_districts_before_and_after_eisenach_joined(twenty: dict[str, Territory]) -> None:
    for day, districts, municipalities in (
        (date(2017, 8, 24), 23, 849),
        (date(2021, 7, 1), 22, None),
        (date(2023, 12, 31), 22, 624),
        (DAY, 22, 605),
    ):
        assert coverage.districts(day).count() == districts
        if municipalities:
            assert coverage.totals(coverage.coverage(day)).n == municipalities


def test_eisenachs_alliance_counts_for_the_city_and_later_for_the_town(
    twenty: dict[str, Territory],
) -> None:
    city = Territory.objects.get(level=Level.DISTRICT, ags="16056")
    make_alliance(territory=city)
    before = {row["ags"]: row["alliance"] for row in coverage.coverage(date(2020, 1, 1))}
    after = {row["ags"]: row["alliance"] for row in coverage.coverage(DAY)}
    assert before["16056000"] == "OWN"
    assert after["16063105"] == "OWN"
    assert [ags for ags, way in after.items() if way] == ["16063105"]
    for within in ("16063", "16063105"):
        inside = {row["ags"]: row["alliance"] for row in coverage.coverage(DAY, within=within)}
        assert inside == {ags: way for ags, way in after.items() if ags.startswith(within)}


def test_meetings_outside_the_district_seat(twenty: dict[str, Territory]) -> None:
    for number in range(10):
        make_meeting(
            territory=twenty["Arnstadt" if number < 7 else "Plaue"], held_on=date(2024, 6, 1)
        )
    (row,) = coverage.districts(DAY, within="16070")
    assert row["meetings_outside"] / row["meetings"] == pytest.approx(0.3)
