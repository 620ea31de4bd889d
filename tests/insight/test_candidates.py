"""Who could close a gap, why, and who knows them (S13)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.insight.domain.queries.candidates import MOST, Candidate, candidates_for
from buendnisnetz.insight.domain.queries.gaps import needs_of
from buendnisnetz.insight.enums import Reason
from buendnisnetz.insight.rules import View
from buendnisnetz.meetings.enums import AttendanceStatus
from buendnisnetz.network.domain.organisations import end_organisation
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance, Organisation
from buendnisnetz.territories.models import ChamberDistrict, Territory
from tests.factories.insight import join, require
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.territories import (
    make_chamber,
    make_district,
    make_municipality,
    make_neighbours,
)

pytestmark = pytest.mark.django_db
COMPANY = OrganisationKind.COMPANY


@pytest.fixture
def district(db: None) -> Territory:
    return make_district()


@pytest.fixture
def alliance(district: Territory) -> Alliance:
    return make_alliance(territory=district)


def found(
    alliance: Alliance, user: User, day: date = TODAY, key: str = "company"
) -> list[Candidate]:
    needs = needs_of([alliance.pk], View(everything=True), day)[alliance.pk]
    return candidates_for(alliance, needs, user, day).get(key, [])


def names(alliance: Alliance, user: User, day: date = TODAY, key: str = "company") -> list[str]:
    return [one.name for one in found(alliance, user, day, key)]


def firm(name: str, territory: Territory | None = None, **facts: object) -> Organisation:
    return make_organisation(name, kind=facts.pop("kind", COMPANY), territory=territory, **facts)


class TestReasons:
    def test_in_the_same_district_or_a_place_of_it(self, alliance, district, office):
        firm("Amsel GmbH", district)
        firm("Blaumeise KG", make_municipality(district, "Aue"))
        firm("Zaunkönig AG", make_district())
        firm("Ohneort eG")
        rows = found(alliance, office)
        assert [(row.name, row.place, row.reasons) for row in rows] == [
            ("Amsel GmbH", district.short_name, (Reason.SAME_DISTRICT,)),
            ("Blaumeise KG", "Aue", (Reason.SAME_DISTRICT,)),
        ]

    def test_a_member_of_another_alliance_in_the_district_or_next_door(
        self, alliance, district, office
    ):
        beside, far = make_district(), make_district()
        make_neighbours(district, beside)
        near = make_alliance("Bündnis Nebenan", territory=beside)
        make_membership(near, firm("Nachbar GmbH", far))
        make_membership(make_alliance(territory=far), firm("Fern GmbH", far))
        (row,) = found(alliance, office)
        assert (row.name, row.reasons, row.nearby) == (
            "Nachbar GmbH", (Reason.NEIGHBOUR_MEMBER,), "Bündnis Nebenan",
        )  # fmt: skip

    def test_only_while_it_is_a_member_there(self, alliance, district, office):
        beside = make_district()
        make_neighbours(district, beside)
        near = make_alliance(territory=beside)
        join(near, COMPANY, since=date(2024, 1, 1), until=date(2024, 12, 31))
        assert names(alliance, office, date(2023, 12, 31)) == []
        assert len(names(alliance, office, date(2024, 12, 31))) == 1
        assert names(alliance, office) == []

    def test_in_the_same_chamber_district(self, alliance, district, office):
        chamber, wide = make_chamber(district), make_district()
        ChamberDistrict.objects.create(
            chamber=chamber, kind=chamber.kind, territory=wide, valid_from=date(1990, 10, 3)
        )
        firm("Kammerbezirk GmbH", wide)
        (row,) = found(alliance, office)
        assert row.reasons == (Reason.CHAMBER_DISTRICT,)

    def test_the_chamber_in_charge_comes_first_and_others_do_not_count(
        self, alliance, district, office
    ):
        chamber = make_chamber(district)
        other = make_chamber(make_district(), name="IHK Anderswo")
        kind = OrganisationKind.CHAMBER
        firm("Außenstelle", district, kind=kind)
        for name, link in (("IHK Musterstadt", chamber), ("IHK Anderswo", other)):
            house = firm(name, kind=kind)
            house.chamber = link
            house.save()
        rows = found(alliance, office, key="chamber")
        assert [(row.name, row.reasons) for row in rows] == [
            ("IHK Musterstadt", (Reason.RESPONSIBLE_CHAMBER,)),
            ("Außenstelle", (Reason.SAME_DISTRICT,)),
        ]

    def test_all_reasons_that_hold_are_named_and_more_of_them_rank_higher(
        self, alliance, district, office
    ):
        other = make_alliance("Bündnis Aue", territory=make_municipality(district, "Aue"))
        firm("Amsel GmbH", district)
        make_membership(other, firm("Zeisig GmbH", district))
        rows = found(alliance, office)
        assert [row.name for row in rows] == ["Zeisig GmbH", "Amsel GmbH"]
        assert rows[0].reasons == (Reason.SAME_DISTRICT, Reason.NEIGHBOUR_MEMBER)


class TestWhoIsLeftOut:
    def test_members_and_ended_organisations(self, alliance, district, office):
        require(alliance, "Betriebe", at_least=2, key="company")
        join(alliance, COMPANY, territory=district)
        gone = firm("Vorbei GmbH", district)
        end_organisation(organisation=gone, last_day=date(2025, 1, 1), successor=None, actor=None)
        assert names(alliance, office) == []
        assert names(alliance, office, date(2025, 1, 1)) == ["Vorbei GmbH"]

    def test_one_that_left_may_be_asked_again(self, alliance, district, office):
        body = join(alliance, COMPANY, until=date(2024, 1, 1), territory=district)
        assert names(alliance, office) == [body.name]
        assert names(alliance, office, date(2023, 6, 1)) == []

    def test_other_kinds_and_gaps_that_are_closed(self, alliance, district, office):
        firm("Kirche", district, kind=OrganisationKind.CHURCH)
        assert names(alliance, office) == []
        firm("Betrieb", district)
        join(alliance, COMPANY)
        assert names(alliance, office) == []

    def test_at_most_eight_and_the_first_in_the_dictionary(self, alliance, district, office):
        for letter in "JIHGFEDCBA":
            firm(f"{letter} GmbH", district)
        assert names(alliance, office) == [f"{letter} GmbH" for letter in "ABCDEFGH"]
        assert MOST == 8

    def test_a_requirement_with_two_kinds_asks_both(self, alliance, district, office):
        require(alliance, "Wirtschaft", COMPANY, OrganisationKind.UNION)
        firm("Betrieb", district)
        firm("Gewerkschaft", district, kind=OrganisationKind.UNION)
        assert sorted(names(alliance, office, key="own-wirtschaft")) == ["Betrieb", "Gewerkschaft"]


class TestWhoKnowsThem:
    def test_their_alliances_with_the_post_that_coordinates(self, alliance, district, office):
        body = firm("Betrieb", district)
        known, quiet = make_alliance("Bündnis Bekannt"), make_alliance("Bündnis Still")
        make_membership(known, body)
        make_membership(quiet, body)
        make_membership(make_alliance("Bündnis Früher"), body).delete()
        post = make_post(known, "Koordinierung")
        make_term(post, make_person("Kennerin", "Karla"))
        (row,) = found(alliance, office)
        assert [(one.name, one.slug, one.post, one.holders) for one in row.known_by] == [
            ("Bündnis Bekannt", known.slug, "Koordinierung", "Karla Kennerin"),
            ("Bündnis Still", quiet.slug, "", ""),
        ]
        assert row.known_by[0].post_id == post.public_id

    def test_meetings_where_both_sat_at_one_table(self, alliance, district, office):
        body, ours = firm("Betrieb", district), make_organisation()
        make_membership(alliance, ours)
        own = make_meeting("Eigene Runde", alliance=alliance, held_on=date(2025, 5, 1))
        with_member = make_meeting("Landestreffen", held_on=date(2026, 5, 1))
        by_name = make_meeting("Kreisrunde", held_on=date(2024, 5, 1))
        alone = make_meeting("Ohne uns", held_on=date(2026, 9, 1))
        for meeting in (own, with_member, by_name, alone):
            attend(meeting, organisation=body)
        attend(with_member, organisation=ours)
        attend(by_name, alliance=alliance)
        (row,) = found(alliance, office)
        assert row.met is not None
        assert (row.met.title, row.met.held_on, row.met.count) == (
            "Landestreffen", date(2026, 5, 1), 3,
        )  # fmt: skip

    def test_who_stayed_away_met_nobody(self, alliance, district, office):
        body = firm("Betrieb", district)
        meeting = make_meeting(alliance=alliance)
        attend(meeting, organisation=body, status=AttendanceStatus.EXCUSED)
        attend(make_meeting(alliance=alliance, held_on=date(2026, 12, 1)), organisation=body)
        assert found(alliance, office)[0].met is None

    def test_a_guest_did(self, alliance, district, office):
        body = firm("Betrieb", district)
        attend(make_meeting(alliance=alliance), organisation=body, status=AttendanceStatus.GUEST)
        assert found(alliance, office)[0].met is not None

    def test_only_what_the_reader_may_see(self, alliance, district, office):
        body = firm("Betrieb", district)
        attend(make_meeting("Interne Runde", alliance=alliance), organisation=body)
        stranger = make_user(Role.MEMBER, make_organisation())
        assert found(alliance, office)[0].met is not None
        assert found(alliance, stranger)[0].met is None


def test_three_queries_whatever_there_is(alliance, district, office):
    def asked() -> int:
        needs = needs_of([alliance.pk], View(everything=True), TODAY)[alliance.pk]
        with CaptureQueriesContext(connection) as queries:
            candidates_for(alliance, needs, office, TODAY)
        return len(queries)

    first = make_alliance()
    for number in range(4):
        body = firm(f"Betrieb {number}", district)
        make_membership(first, body)
        attend(make_meeting(alliance=alliance), organisation=body)
        if number == 0:
            make_term(make_post(first))
            asked()  # What the account may see is remembered from here on.
            assert asked() == 3
    assert asked() == 3


def test_without_gaps_nothing_is_asked(alliance, office):
    with CaptureQueriesContext(connection) as queries:
        assert candidates_for(alliance, [], office, TODAY) == {}
    assert len(queries) == 0
