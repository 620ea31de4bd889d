"""Who was at the table of a meeting (S13, S82)."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buendnisnetz.accounts.models import User
from buendnisnetz.insight.domain.queries.meeting import MeetingCoverage, Share, coverage_of
from buendnisnetz.meetings.domain.confirmation import accept_all_and_confirm
from buendnisnetz.meetings.domain.minutes_import import read_import, start_import
from buendnisnetz.meetings.enums import AttendanceStatus
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.enums import OrganisationKind, Sector
from buendnisnetz.territories.models import Chamber, Territory
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import make_alliance, make_organisation
from tests.territories.conftest import loaded, thuringia  # noqa: F401

pytestmark = pytest.mark.usefixtures("thuringia")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DEMO = Path(__file__).parents[2] / "buendnisnetz" / "web" / "demo" / "minutes"
COMPANY, MUNICIPALITY = OrganisationKind.COMPANY, OrganisationKind.MUNICIPALITY
DOUBLE = """Strategietreffen der Familienbündnisse

Datum: 24. August 2017
Ort: Erfurt, Rathaus

Teilnehmende:

Name	Vorname	Institution
Abel	Anke	Geraer Bündnis für Familie, Windelweich.de
Bock	Bodo	Industrie- und Handelskammer Südthüringen
Cramer	Cora	Bürgermeisterin Stadt Kahla
Dorn	Dirk	Gemeinde- und Städtebund Thüringen
Engel	Elke	LRA Sömmerda, Jugendamt
Fuchs	Falk	Kesselbau Fuchs GmbH
"""


def place(ags: str, day: date = date(2017, 8, 24)) -> Territory:
    return Territory.objects.as_of(day).get(ags=ags)


def of(meeting: Meeting) -> MeetingCoverage:
    found = coverage_of(meeting)
    assert found is not None
    return found


def counted(share: Share | None) -> tuple[int, int] | None:
    return (len(share.there), share.total) if share else None


def imported(text: bytes, user: User) -> Meeting:
    """A document taken over as the command line does it."""
    row = start_import(
        upload=ContentFile(text), name="protokoll.md", alliance=None, actor=user, now=NOW
    )
    read_import(minutes_import=row.pk, now=NOW)
    row.refresh_from_db()
    return accept_all_and_confirm(minutes_import=row, confidence=0.0, actor=user, now=NOW).meeting


@pytest.fixture
def meeting(db: None) -> Meeting:
    return make_meeting(held_on=date(2017, 8, 24), territory=place("16051"))


class TestMinutesOfTheFoundingKind:
    """Counted by hand from the list of participants."""

    @pytest.fixture
    def found(self, office: User) -> MeetingCoverage:
        return of(imported((DEMO / "strategietreffen-2017.md").read_bytes(), office))

    def test_territories_of_the_day(self, found):
        assert counted(found.districts) == (4, 23)
        assert found.districts.there == [
            "Ilm-Kreis", "Sömmerda", "Wartburgkreis", "Weimarer Land",
        ]  # fmt: skip

    def test_chambers_and_umbrella_bodies(self, found):
        assert counted(found.chambers) == (3, 6)
        assert set(found.chambers.there) == {
            "IHK Erfurt", "IHK Südthüringen", "Handwerkskammer Erfurt",
        }  # fmt: skip
        assert counted(found.umbrella_bodies) == (0, 2)

    def test_people_companies_and_double_roles(self, found):
        assert (found.people, found.stayed_away) == (29, [])
        assert found.companies == ["Feinmechanik Rauschert GmbH"]
        assert found.double_roles == []

    def test_kinds_and_sides(self, found):
        kinds = {kind: (bodies, people) for kind, bodies, people in found.by_kind}
        assert kinds[OrganisationKind.CHAMBER] == (3, 3)
        assert kinds[MUNICIPALITY] == (4, 4)
        assert kinds[OrganisationKind.DISTRICT_ADMINISTRATION] == (2, 2)
        assert kinds[OrganisationKind.STATE_AUTHORITY] == (1, 3)
        assert kinds[COMPANY] == (1, 1)
        assert sum(people for _bodies, people in kinds.values()) == 29
        assert sum(people for _sector, people in found.by_sector) == 29


def test_a_document_with_double_roles_and_an_umbrella_body(office):
    found = of(imported(DOUBLE.encode(), office))
    assert found.districts.there == ["Gera", "Saale-Holzland-Kreis", "Sömmerda"]
    assert found.chambers.there == ["IHK Südthüringen"]
    assert found.umbrella_bodies.there == ["Gemeinde- und Städtebund Thüringen"]
    assert found.companies == ["Kesselbau Fuchs GmbH"]
    assert found.double_roles == [("Geraer Bündnis für Familie", "Windelweich.de")]


class TestTerritories:
    def test_the_number_is_that_of_the_day(self, meeting):
        attend(meeting)
        later = make_meeting(held_on=date(2021, 7, 1), territory=place("16051"))
        attend(later)
        assert counted(of(meeting).districts) == (0, 23)
        assert counted(of(later).districts) == (0, 22)

    def test_a_place_stands_for_its_district_of_the_day(self, meeting):
        town = make_organisation(kind=MUNICIPALITY, territory=place("16056000"))
        attend(meeting, organisation=town)
        later = make_meeting(held_on=date(2022, 1, 1), territory=place("16051"))
        attend(later, organisation=town)
        assert of(meeting).districts.there == ["Eisenach"]
        assert of(later).districts.there == ["Wartburgkreis"]

    @pytest.mark.parametrize(
        "kind",
        ["CHAMBER", "EMPLOYMENT_AGENCY", "STATE_AUTHORITY", "UMBRELLA_BODY", "COORDINATION_OFFICE"],
    )
    def test_who_speaks_for_more_than_a_place_does_not_stand_for_it(self, meeting, kind):
        attend(meeting, organisation=make_organisation(kind=kind, territory=place("16070")))
        assert of(meeting).districts.there == []

    def test_an_alliance_stands_for_all_its_territories(self, meeting):
        alliance = make_alliance(territory=place("16070"))
        attend(meeting, alliance=alliance)
        assert of(meeting).districts.there == ["Ilm-Kreis"]

    def test_the_second_body_counts_as_well(self, meeting):
        first, second = (
            make_organisation(territory=place("16070")),
            make_organisation(kind=COMPANY, territory=place("16068")),
        )
        attend(meeting, organisation=first, also_for=second)
        assert of(meeting).districts.there == ["Ilm-Kreis", "Sömmerda"]

    def test_without_a_place_of_the_meeting_that_of_most_people_decides(self):
        meeting = make_meeting(held_on=date(2017, 8, 24))
        attend(meeting, organisation=make_organisation(territory=place("16070")))
        assert counted(of(meeting).districts) == (1, 23)

    def test_without_any_place_nothing_is_claimed(self):
        meeting = make_meeting(held_on=date(2017, 8, 24))
        attend(meeting, organisation=make_organisation())
        found = of(meeting)
        assert (found.districts, found.chambers, found.umbrella_bodies) == (None, None, None)
        assert found.people == 1


class TestBodies:
    def test_chambers_are_counted_by_their_link(self, meeting):
        chamber = Chamber.objects.get(name="IHK Südthüringen")
        house = make_organisation("Die Suhler Kammer", kind="CHAMBER", chamber=chamber)
        attend(meeting, organisation=house)
        assert of(meeting).chambers.there == ["IHK Südthüringen"]

    @pytest.mark.parametrize(
        ("name", "there"),
        [
            ("Gemeinde- und Städtebund Thüringen e. V.", 1),
            ("GStB", 1),
            ("Gstbau GmbH", 0),
            ("Thüringischer Landkreistag", 1),
        ],
    )
    def test_umbrella_bodies_by_name_or_short_name(self, meeting, name, there):
        attend(meeting, organisation=make_organisation(name, kind="UMBRELLA_BODY"))
        assert counted(of(meeting).umbrella_bodies) == (there, 2)

    def test_an_association_of_that_name_is_none(self, meeting):
        attend(meeting, organisation=make_organisation("GStB", kind="ASSOCIATION"))
        assert counted(of(meeting).umbrella_bodies) == (0, 2)

    def test_a_company_counts_once_and_only_where_its_people_stand_for_nothing_else(self, meeting):
        firm, other = make_organisation(kind=COMPANY), make_organisation(kind=COMPANY)
        attend(meeting, organisation=firm)
        attend(meeting, organisation=firm)
        attend(meeting, organisation=make_organisation(), also_for=other)
        assert of(meeting).companies == [firm.name]
        kinds = {kind: (bodies, people) for kind, bodies, people in of(meeting).by_kind}
        assert kinds[COMPANY] == (2, 3)

    def test_a_double_role_is_two_bodies_of_one_person(self, meeting):
        alliance, firm = make_alliance("Bündnis Aue"), make_organisation("Aue GmbH", kind=COMPANY)
        attend(meeting, alliance=alliance, organisation=firm)
        attend(meeting, organisation=firm)
        (pair,) = of(meeting).double_roles
        assert set(pair) == {"Bündnis Aue", "Aue GmbH"}

    def test_sides_are_counted_by_people(self, meeting):
        firm = make_organisation(kind=COMPANY)
        attend(meeting, organisation=firm)
        attend(meeting, organisation=firm)
        attend(meeting, organisation=make_organisation(kind="SCHOOL"))
        assert of(meeting).by_sector == [(Sector.BUSINESS, 2), (Sector.SCIENCE, 1)]


class TestWhoCame:
    def test_guests_count_and_who_was_excused_or_absent_does_not(self, meeting):
        bodies = {status: make_organisation(f"Haus {status}") for status in AttendanceStatus}
        for status, body in bodies.items():
            attend(meeting, organisation=body, status=status)
        found = of(meeting)
        assert found.people == 2
        assert found.stayed_away == ["Haus ABSENT", "Haus EXCUSED"]

    def test_a_body_that_sent_somebody_else_did_not_stay_away(self, meeting):
        body = make_organisation()
        attend(meeting, organisation=body, status=AttendanceStatus.EXCUSED)
        attend(meeting, organisation=body)
        assert of(meeting).stayed_away == []

    def test_somebody_without_a_body_is_still_somebody(self, meeting):
        attend(meeting)
        assert (of(meeting).people, of(meeting).by_kind) == (1, [])

    def test_without_a_list_there_is_nothing_to_say(self, meeting):
        assert coverage_of(meeting) is None

    def test_one_query_whoever_came(self, meeting):
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                coverage_of(meeting)
            return len(queries)

        numbers: list[Any] = []
        for _number in range(3):
            attend(meeting, organisation=make_organisation(territory=place("16070")))
            numbers.append(asked())
        assert numbers == [1, 1, 1]
