"""Every municipality: reached by what, or a white spot (S67, S68, S75, S76, S90)."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.insight.domain.queries import coverage
from buendnisnetz.insight.enums import Reached
from buendnisnetz.meetings.enums import MeetingStatus
from buendnisnetz.network.domain.alliances import add_territory, change_status
from buendnisnetz.network.enums import AllianceStatus, OrganisationKind, PostKind
from buendnisnetz.territories.enums import ChangeKind, TerritoryKind, Urbanisation
from buendnisnetz.territories.models import Succession, Territory
from tests.factories.insight import make_mark
from tests.factories.meetings import make_meeting
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_membership,
    make_organisation,
    make_post,
    make_term,
)
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db


def row_of(place: Territory, day: date = TODAY) -> dict[str, Any]:
    (row,) = coverage.coverage(day).where("pk = %(pk)s", pk=place.pk)
    return row


@pytest.fixture
def place(db: None) -> Territory:
    return make_municipality(make_district())


class TestAnAlliance:
    def test_its_own_or_through_the_district(self):
        district = make_district()
        own, other = make_municipality(district, "Aue"), make_municipality(district, "Zell")
        make_alliance(territory=own)
        assert (row_of(own)["alliance"], row_of(other)["alliance"]) == ("OWN", "")
        make_alliance(territory=district)
        assert (row_of(own)["alliance"], row_of(other)["alliance"]) == ("OWN", "DISTRICT")

    def test_an_independent_citys_alliance_is_the_citys_own(self):
        city = make_district(kind=TerritoryKind.INDEPENDENT_CITY)
        town = make_municipality(city, "Großstadt")
        Territory.objects.filter(pk=town.pk).update(kind=TerritoryKind.INDEPENDENT_CITY)
        make_alliance(territory=city)
        assert row_of(town)["alliance"] == "OWN"

    def test_only_while_it_is_active_or_being_founded(self, place):
        alliance = make_alliance(territory=place, status=AllianceStatus.FOUNDING)
        assert row_of(place)["alliance"] == "OWN"
        change_status(
            alliance=alliance, status=AllianceStatus.RESTING, evidence="Anruf",
            since=date(2025, 1, 1), actor=None, today=TODAY,
        )  # fmt: skip
        assert row_of(place)["alliance"] == ""
        assert row_of(place, date(2024, 12, 31))["alliance"] == "OWN"

    def test_from_the_day_on_which_it_works_there(self, place):
        alliance = make_alliance()
        add_territory(alliance=alliance, territory=place, since=date(2024, 7, 1), actor=None)
        assert row_of(place, date(2024, 6, 30))["alliance"] == ""
        assert row_of(place, date(2024, 7, 1))["alliance"] == "OWN"


class TestContactsAndCaretakers:
    def test_an_official_post_that_somebody_holds(self, place):
        post = make_post(place, "Ortsbüro", kind=PostKind.OTHER, is_contact=True)
        assert row_of(place)["contact"] is False
        make_term(post, valid_from=date(2024, 1, 1))
        assert row_of(place)["contact"] is True
        assert row_of(place, date(2023, 12, 31))["contact"] is False

    def test_a_post_of_the_towns_administration_counts_too(self, place):
        house = make_organisation(kind=OrganisationKind.MUNICIPALITY, territory=place)
        make_term(make_post(house, is_contact=True))
        assert row_of(place)["contact"] is True

    def test_a_companys_contact_is_not_the_places(self, place):
        firm = make_organisation(kind=OrganisationKind.COMPANY, territory=place)
        make_term(make_post(firm, is_contact=True))
        assert row_of(place)["contact"] is False

    def test_a_caretaker_at_the_place_or_at_an_organisation_there(self, place):
        other = make_municipality(make_district())
        make_term(make_post(place, "Kümmerin", kind=PostKind.CARETAKER))
        club = make_organisation(territory=other)
        make_term(make_post(club, "Kümmerer", kind=PostKind.CARETAKER))
        assert (row_of(place)["caretaker"], row_of(other)["caretaker"]) == (True, True)
        assert (row_of(place)["contact"], row_of(other)["contact"]) == (False, False)

    def test_the_mark_none_with_who_said_so(self, place):
        make_mark(place, date(2026, 2, 3), "Gemeinderat")
        found = row_of(place)
        assert (found["said_by"], found["said_on"]) == ("Gemeinderat", date(2026, 2, 3))
        assert row_of(place, date(2026, 2, 2))["said_on"] is None


class TestMeetingsAndMembers:
    def test_meetings_held_within_24_months(self, place):
        make_meeting(held_on=date(2024, 11, 22), territory=place)
        make_meeting(held_on=date(2024, 11, 23), territory=place)
        make_meeting(held_on=date(2026, 11, 22), territory=place)
        make_meeting(held_on=date(2026, 12, 1), territory=place)
        make_meeting(held_on=date(2026, 5, 1), territory=place, status=MeetingStatus.CANCELLED)
        assert row_of(place)["meetings"] == 2
        assert row_of(place, date(2024, 11, 22))["meetings"] == 1

    def test_an_organisation_that_is_a_member_of_a_living_alliance(self, place):
        body = make_organisation(territory=place)
        alliance = make_alliance()
        make_membership(alliance, body, date(2025, 1, 1))
        assert row_of(place)["member"] is True
        assert row_of(place, date(2024, 12, 31))["member"] is False
        change_status(
            alliance=alliance, status=AllianceStatus.DISSOLVED, evidence="Brief",
            since=date(2026, 1, 1), actor=None, today=TODAY,
        )  # fmt: skip
        assert row_of(place)["member"] is False


class TestWhiteSpots:
    def test_three_places_one_reached_two_white(self):
        district = make_district()
        reached, *_others = [make_municipality(district, name) for name in ("Aue", "Zell", "Rohr")]
        make_alliance(territory=reached)
        totals = coverage.totals(coverage.coverage(TODAY))
        assert (totals.n, totals.alliance, totals.white) == (3, 1, 2)

    @pytest.mark.parametrize("question", list(Reached))
    def test_anything_takes_a_place_off_the_list(self, place, question):
        body = make_organisation(territory=place)
        reach = {
            Reached.ALLIANCE: lambda: make_alliance(territory=place),
            Reached.CONTACT: lambda: make_term(
                make_post(place, kind=PostKind.OTHER, is_contact=True)
            ),
            Reached.CARETAKER: lambda: make_term(make_post(place, kind=PostKind.CARETAKER)),
            Reached.MEETING: lambda: make_meeting(territory=place),
            Reached.MEMBER: lambda: make_membership(make_alliance(), body),
        }
        assert row_of(place)["white"] is True
        reach[question]()
        assert row_of(place)["white"] is False
        totals = coverage.totals(coverage.coverage(TODAY))
        assert getattr(totals, question.value.lower()) == 1

    def test_a_mark_does_not_reach_a_place(self, place):
        make_mark(place)
        assert row_of(place)["white"] is True


class TestNarrowing:
    def test_by_what_is_missing(self, place):
        marked = make_municipality(make_district())
        make_mark(marked)
        make_term(make_post(place, kind=PostKind.OTHER, is_contact=True))
        rows = coverage.coverage(TODAY)

        def found(**values: str) -> set[int]:
            return {row["pk"] for row in coverage.narrowed(rows, values)}

        assert found(missing="CONTACT") == {marked.pk}
        assert found(missing="mark") == set()
        assert found(missing="white") == {marked.pk}
        assert found(missing="ALLIANCE") == {place.pk, marked.pk}
        assert found(missing="NONSENSE") == {place.pk, marked.pk}

    def test_by_town_and_country_and_their_sum(self, place):
        town = make_municipality(make_district(), urbanisation=Urbanisation.DENSE)
        middle = make_municipality(town.parent, urbanisation=Urbanisation.INTERMEDIATE)
        village = make_municipality(town.parent, urbanisation=Urbanisation.SPARSE)
        rows = coverage.coverage(TODAY)
        urban = {row["pk"] for row in coverage.narrowed(rows, {"settled": "urban"})}
        rural = {row["pk"] for row in coverage.narrowed(rows, {"settled": "rural"})}
        assert urban == {town.pk, middle.pk}
        assert rural == {village.pk}
        (row,) = coverage.districts(TODAY).where("pk = %(pk)s", pk=town.parent_id)
        assert row["urban"] + row["rural"] == row["n"] == 3

    def test_search_by_name_and_key_takes_signs_as_they_are(self, place):
        named = make_municipality(make_district(), "Bad Müßen_See")
        assert [row["pk"] for row in coverage.searched(coverage.coverage(TODAY), "bad mus")] == [
            named.pk
        ]
        assert [row["pk"] for row in coverage.searched(coverage.coverage(TODAY), place.ags)] == [
            place.pk
        ]
        assert coverage.searched(coverage.coverage(TODAY), "%").count() == 0
        assert coverage.searched(coverage.coverage(TODAY), "n_s").count() == 1
        assert coverage.searched(coverage.coverage(TODAY), "'; --").count() == 0

    @pytest.mark.parametrize("keys", [("sort_key", "pk"), ("-white", "sort_key", "pk")])
    def test_a_page_with_its_sums_is_part_of_the_whole_list(self, place, keys):
        district = make_district()
        for name in ("Zella", "Aue", "Mühlau"):
            make_municipality(district, name)
        make_meeting(territory=place, held_on=TODAY)
        rows = coverage.coverage(TODAY).order_by(*keys)
        sums, page = rows[1:3].with_totals(coverage.TOTALS)
        whole = [row["name"] for row in rows]
        assert [row["name"] for row in page] == whole[1:3]
        assert sums == vars(coverage.totals(rows.order_by()))
        assert (sums["n"], sums["white"]) == (4, 3)


class TestMergers:
    def test_what_stood_at_a_place_counts_for_what_followed_it(self):
        district = make_district()
        old = make_municipality(district, "Altdorf", valid_to=date(2018, 12, 31))
        new = make_municipality(district, "Neustadt", valid_from=date(2019, 1, 1))
        Succession.objects.create(
            predecessor=old, successor=new, on=date(2019, 1, 1), kind=ChangeKind.MERGER
        )
        make_membership(make_alliance(), make_organisation(territory=old), date(2015, 1, 1))
        assert row_of(old, date(2018, 12, 31))["member"] is True
        assert row_of(new)["member"] is True
        days = [date(2018, 12, 31), date(2019, 1, 1)]
        assert [coverage.coverage(day).count() for day in days] == [1, 1]

    def test_what_stands_at_a_merged_place_says_nothing_about_its_parts_before(self):
        district = make_district()
        old = make_municipality(district, "Altdorf", valid_to=date(2018, 12, 31))
        new = make_municipality(district, "Neustadt", valid_from=date(2019, 1, 1))
        Succession.objects.create(
            predecessor=old, successor=new, on=date(2019, 1, 1), kind=ChangeKind.MERGER
        )
        make_membership(make_alliance(), make_organisation(territory=new), date(2015, 1, 1))
        assert row_of(old, date(2018, 12, 31))["member"] is False

    def test_a_new_key_is_the_same_place_before_and_after(self):
        first, second = make_district(), make_district()
        old = make_municipality(first, "Altdorf", valid_to=date(2018, 12, 31))
        new = make_municipality(second, "Altdorf", valid_from=date(2019, 1, 1))
        Succession.objects.create(
            predecessor=old, successor=new, on=date(2019, 1, 1), kind=ChangeKind.KEY
        )
        make_membership(make_alliance(), make_organisation(territory=new), date(2015, 1, 1))
        assert row_of(old, date(2018, 12, 31))["member"] is True
        assert row_of(new)["member"] is True

    def test_areas_without_a_municipality_are_left_out(self, place):
        Territory.objects.filter(pk=place.pk).update(kind=TerritoryKind.UNINCORPORATED)
        assert coverage.coverage(TODAY).count() == 0


class TestDistricts:
    def test_ten_meetings_seven_in_the_seat_are_30_percent_outside(self):
        district = make_district()
        seat, village = make_municipality(district, "Kreisstadt"), make_municipality(district, "Au")
        Territory.objects.filter(pk=district.pk).update(seat=seat)
        for number in range(10):
            make_meeting(territory=seat if number < 7 else village, held_on=date(2026, 3, 1))
        (row,) = coverage.districts(TODAY)
        assert (row["meetings"], row["meetings_outside"]) == (10, 3)

    def test_without_a_seat_and_in_a_city_there_is_no_outside(self):
        city = make_district(kind=TerritoryKind.INDEPENDENT_CITY)
        town = make_municipality(city, "Großstadt")
        Territory.objects.filter(pk=city.pk).update(seat=town)
        plain = make_municipality(make_district())
        make_meeting(territory=town)
        make_meeting(territory=plain)
        assert {row["meetings_outside"] for row in coverage.districts(TODAY)} == {None}

    def test_one_of_n_when_only_the_seat_is_reached(self):
        district = make_district()
        seat = make_municipality(district, "Kreisstadt")
        for name in ("Au", "Zell"):
            make_municipality(district, name)
        make_alliance(territory=seat)
        make_mark(make_municipality(district, "Rohr"))
        (row,) = coverage.districts(TODAY)
        assert (row["alliance"], row["n"], row["white"]) == (1, 4, 3)
        assert row["unknown_contact"] == 3

    def test_only_within_a_territory(self):
        first, second = make_district("16061"), make_district("16062")
        make_municipality(first)
        make_municipality(second)
        assert [row["ags"] for row in coverage.districts(TODAY, within="16062")] == ["16062"]
        assert coverage.coverage(TODAY, within="16061").count() == 1
