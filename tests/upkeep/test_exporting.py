"""What leaves comes back without loss: no change where nothing was changed, three where three were."""

from datetime import date

import pytest

from buendnisnetz.network.domain import organisations
from buendnisnetz.upkeep.domain import exporting
from buendnisnetz.upkeep.enums import RowMatch, Target
from tests.factories.network import (
    make_alliance,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
)
from tests.factories.territories import make_district, make_municipality
from tests.factories.upkeep import TODAY, checked, rows_of, take_in, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    alliance = make_alliance("Bündnis Werratal")
    place = make_municipality(make_district("16051", "Erfurt"), "Erfurt", ags="16051000")
    for number in range(5):
        body = make_organisation(
            f"Verein {number}", short_name=f"V{number}", email=f"v{number}@example.org",
            phone=f"0361 {number}", city="Erfurt", postcode="99084", territory=place,
            website="https://example.org", note="Zeile eins\nZeile zwei",
        )  # fmt: skip
        organisations.add_alias(organisation=body, name=f"Zweitname {number}", actor=None)
        make_membership(alliance, body, since=date(2015, 5, 1), contributions=["ROOMS", "MONEY"])
    return alliance


def back(target, lines, **facts):
    return checked(xlsx(exporting.headings(target), *lines), target=target, **facts)


def changes(found):
    return [(change["field"], change["after"]) for row in rows_of(found) for change in row.changes]


def test_members_come_back_without_a_change(alliance):
    found = back(Target.MEMBERS, exporting.member_lines(alliance, TODAY), alliance=alliance)
    assert [row.match for row in rows_of(found)] == [RowMatch.NUMBERED] * 5
    assert [row.errors for row in rows_of(found)] == [[]] * 5
    assert changes(found) == []


def test_organisations_come_back_without_a_change(alliance):
    found = back(Target.MEMBERS, exporting.organisation_lines(TODAY))
    assert {row.match for row in rows_of(found)} == {RowMatch.NUMBERED}
    assert changes(found) == []


def test_people_come_back_without_a_change():
    for number in range(3):
        person = make_person(f"Mensch{number}", "Ada", academic_title="Dr.")
        make_term(make_post(make_organisation(f"Amt {number}"), "Leitung"), person)
    make_person("Ohneamt", "Otto")
    found = back(Target.PEOPLE, exporting.people_lines(TODAY))
    assert [row.errors for row in rows_of(found)] == [[]] * 4
    assert changes(found) == []


def test_three_changed_cells_are_three_changes_and_are_taken_over(alliance):
    headings = exporting.headings(Target.MEMBERS)
    lines = [list(line) for line in exporting.member_lines(alliance, TODAY)]
    lines[0][headings.index("Telefon")] = "0361 999"
    lines[2][headings.index("Kurzname")] = "NEU"
    lines[4][headings.index("Mitglied seit")] = "01.06.2016"
    found = back(Target.MEMBERS, lines, alliance=alliance)
    assert changes(found) == [("phone", "0361 999"), ("short_name", "NEU"), ("since", "2016-06-01")]
    for row in rows_of(found):
        for change in row.changes:
            change["take"] = True
        row.save()
    take_in(found)
    again = list(exporting.member_lines(alliance, TODAY))
    assert again == lines
