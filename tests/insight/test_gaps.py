"""What is required, what is there, what is missing and since when (S13, S18, S70)."""

from datetime import date, timedelta

import pytest

from buendnisnetz.insight.domain.queries.gaps import Need, needs_of
from buendnisnetz.insight.enums import AllianceKind, SinceKind
from buendnisnetz.insight.rules import View
from buendnisnetz.network.domain.alliances import add_territory, change_status
from buendnisnetz.network.domain.organisations import end_organisation
from buendnisnetz.network.enums import AllianceStatus, OrganisationKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.enums import ChamberKind, TerritoryKind
from tests.factories.insight import join, require
from tests.factories.network import TODAY, make_alliance, make_organisation
from tests.factories.territories import (
    make_chamber,
    make_district,
    make_municipality,
    make_state,
)

pytestmark = pytest.mark.django_db
ALL = View(everything=True)
STANDARD = ["company", "chamber", "municipality", "family", "seniors"]


def needs(alliance: Alliance, day: date = TODAY, view: View = ALL) -> dict[str, Need]:
    found = needs_of([alliance.pk], view, day).get(alliance.pk, [])
    return {need.key: need for need in found}


def company(alliance: Alliance, day: date = TODAY) -> Need:
    return needs(alliance, day)["company"]


class TestWhatIsRequired:
    def test_the_program_proposes_five_kinds_to_a_town_and_six_to_a_district(self):
        district = make_district()
        in_town = make_alliance(territory=make_municipality(district))
        of_district = make_alliance(territory=district)
        assert list(needs(in_town)) == STANDARD
        assert list(needs(of_district)) == [*STANDARD, "district"]

    def test_an_independent_city_is_a_town_and_two_districts_are_several(self):
        city = make_alliance(territory=make_district(kind=TerritoryKind.INDEPENDENT_CITY))
        wide = make_alliance()
        add_territory(alliance=wide, territory=make_district(), since=None, actor=None)
        assert "district" not in needs(city)
        assert "district" in needs(wide)

    def test_several_places_of_one_district_are_still_a_town(self):
        district = make_district()
        alliance = make_alliance(territory=make_municipality(district, "Aue"))
        add_territory(
            alliance=alliance, territory=make_municipality(district, "Zell"), since=None, actor=None
        )
        assert "district" not in needs(alliance)

    def test_the_kind_is_that_of_the_day(self):
        alliance = make_alliance(territory=make_municipality(make_district()))
        add_territory(
            alliance=alliance, territory=make_district(), since=date(2020, 1, 1), actor=None
        )
        assert "district" not in needs(alliance, date(2019, 12, 31))
        assert "district" in needs(alliance, date(2020, 1, 1))

    def test_a_state_adds_changes_and_leaves_out(self):
        alliance = make_alliance()
        state = make_state()
        require(state, "Schule", OrganisationKind.SCHOOL)
        require(state, "Betriebe", at_least=3, key="company")
        require(state, "Senioren", OrganisationKind.SENIORS_BODY, at_least=0, key="seniors")
        found = needs(alliance)
        assert (found["company"].at_least, found["company"].label) == (3, "Betriebe")
        assert "seniors" not in found
        assert found["own-schule"].label == "Schule"
        assert {need.tier for need in found.values()} == {0, 1}

    def test_a_states_rule_holds_for_its_own_alliances_only(self):
        here = make_alliance(territory=make_district("16061"))
        there = make_alliance(territory=make_district("09001"))
        require(make_state("09", "Bayern"), "Betriebe", at_least=5, key="company")
        assert company(here).at_least == 1
        assert company(there).at_least == 5

    def test_an_alliance_replaces_what_the_state_says(self):
        alliance, other = make_alliance(), make_alliance()
        require(make_state(), "Betriebe", at_least=3, key="company")
        require(alliance, "Betriebe", at_least=2, key="company")
        require(alliance, "Kammer", OrganisationKind.CHAMBER, at_least=0, key="chamber")
        assert company(alliance).at_least == 2
        assert company(other).at_least == 3
        assert "chamber" not in needs(alliance)
        assert "chamber" in needs(other)

    def test_a_rule_for_one_kind_of_alliance_is_asked_of_no_other(self):
        district = make_district()
        town, wide = (
            make_alliance(territory=make_municipality(district)),
            make_alliance(territory=district),
        )
        require(
            make_state(), "Hochschule", OrganisationKind.UNIVERSITY, for_kinds=(AllianceKind.TOWN,)
        )
        assert "own-hochschule" in needs(town)
        assert "own-hochschule" not in needs(wide)

    def test_rules_hold_from_a_day_to_a_day(self):
        alliance = make_alliance()
        require(alliance, "Betriebe", at_least=2, key="company", since=date(2024, 5, 1))
        require(alliance, "Betriebe", at_least=4, key="company", since=date(2025, 5, 1))
        assert company(alliance, date(2024, 4, 30)).at_least == 1
        assert company(alliance, date(2024, 5, 1)).at_least == 2
        assert company(alliance, date(2025, 4, 30)).at_least == 2
        assert company(alliance, date(2025, 5, 1)).at_least == 4

    def test_a_dissolved_alliance_needs_nothing(self):
        alliance = make_alliance()
        change_status(
            alliance=alliance, status=AllianceStatus.DISSOLVED, evidence="Brief",
            since=date(2025, 1, 1), actor=None, today=TODAY,
        )  # fmt: skip
        assert needs(alliance) == {}
        assert list(needs(alliance, date(2024, 12, 31))) == [*STANDARD, "district"]


class TestWhatIsThere:
    def test_members_of_any_of_the_kinds_count(self):
        alliance = make_alliance()
        require(
            alliance, "Wirtschaft", OrganisationKind.COMPANY, OrganisationKind.UNION, at_least=2
        )
        join(alliance, OrganisationKind.COMPANY)
        join(alliance, OrganisationKind.UNION)
        join(alliance, OrganisationKind.CHURCH)
        found = needs(alliance)["own-wirtschaft"]
        assert (found.present, found.is_gap, found.missing) == (2, False, 0)

    def test_first_and_last_day_belong_to_a_membership(self):
        alliance = make_alliance()
        join(alliance, since=date(2020, 3, 1), until=date(2020, 3, 31))
        days = [date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 31), date(2020, 4, 1)]
        assert [company(alliance, day).present for day in days] == [0, 1, 1, 0]

    def test_an_organisation_that_ended_is_there_no_more(self):
        alliance = make_alliance()
        body = join(alliance)
        end_organisation(organisation=body, last_day=date(2022, 6, 30), successor=None, actor=None)
        assert company(alliance, date(2022, 6, 30)).present == 1
        assert company(alliance, date(2022, 7, 1)).present == 0
        assert company(alliance).since == date(2022, 7, 1)

    def test_members_of_other_alliances_do_not_count(self):
        alliance = make_alliance()
        join(make_alliance())
        assert company(alliance).present == 0


class TestSinceWhen:
    def test_the_day_after_it_was_last_there(self):
        alliance = make_alliance(founded_on=date(2010, 1, 1))
        join(alliance, since=date(2012, 1, 1), until=date(2014, 12, 31))
        join(alliance, since=date(2018, 1, 1), until=date(2019, 6, 30))
        found = company(alliance)
        assert (found.since, found.since_kind) == (date(2019, 7, 1), SinceKind.MET)
        earlier = company(alliance, date(2016, 1, 1))
        assert (earlier.since, earlier.since_kind) == (date(2015, 1, 1), SinceKind.MET)

    def test_a_gap_begins_when_too_few_are_left(self):
        alliance = make_alliance()
        require(alliance, "Betriebe", at_least=2, key="company")
        join(alliance, since=date(2012, 1, 1))
        join(alliance, since=date(2015, 1, 1), until=date(2020, 12, 31))
        join(alliance, since=date(2020, 6, 1), until=date(2023, 3, 31))
        found = company(alliance)
        assert (found.present, found.missing) == (1, 1)
        assert (found.since, found.since_kind) == (date(2023, 4, 1), SinceKind.MET)

    def test_one_leaves_and_another_joins_the_next_day_without_a_gap(self):
        alliance = make_alliance()
        join(alliance, since=date(2012, 1, 1), until=date(2020, 12, 31))
        join(alliance, since=date(2021, 1, 1))
        assert company(alliance, date(2021, 1, 1)).is_gap is False

    def test_since_the_founding_if_it_never_was(self):
        alliance = make_alliance(founded_on=date(2011, 4, 1))
        found = company(alliance)
        assert (found.since, found.since_kind) == (date(2011, 4, 1), SinceKind.FOUNDED)

    def test_since_our_data_begin_if_the_founding_is_not_known(self):
        alliance = make_alliance(since=date(2013, 2, 1))
        found = company(alliance)
        assert (found.since, found.since_kind) == (date(2013, 2, 1), SinceKind.DATA)

    def test_a_founding_after_the_day_says_nothing_about_it(self):
        alliance = make_alliance(founded_on=date(2020, 1, 1), since=date(2013, 2, 1))
        found = company(alliance, date(2015, 1, 1))
        assert (found.since, found.since_kind) == (date(2013, 2, 1), SinceKind.DATA)

    def test_a_membership_without_a_first_day_was_always_there(self):
        alliance = make_alliance(founded_on=date(2010, 1, 1))
        join(alliance, since=None, until=date(2016, 7, 31))
        assert company(alliance, date(2016, 7, 31)).is_gap is False
        assert company(alliance).since == date(2016, 8, 1)

    def test_what_is_there_has_no_since(self):
        alliance = make_alliance()
        join(alliance)
        found = company(alliance)
        assert (found.is_gap, found.since, found.since_kind) == (False, None, None)

    def test_what_comes_later_does_not_change_what_was(self):
        alliance = make_alliance()
        join(alliance, since=date(2012, 1, 1), until=date(2014, 12, 31))
        day = date(2016, 1, 1)
        before = company(alliance, day)
        join(alliance, since=day + timedelta(days=1))
        assert company(alliance, day) == before


class TestWhoSees:
    def test_only_what_the_view_names(self):
        district = make_district()
        mine, other = make_alliance(territory=district), make_alliance()
        assert set(needs_of(None, View(alliances=frozenset({mine.pk})), TODAY)) == {mine.pk}
        assert set(needs_of(None, View(districts=frozenset({district.pk})), TODAY)) == {mine.pk}
        assert set(needs_of(None, ALL, TODAY)) == {mine.pk, other.pk}
        assert needs_of(None, View(), TODAY) == {}

    def test_a_planner_sees_alliances_of_the_places_of_the_district_too(self):
        district = make_district()
        alliance = make_alliance(territory=make_municipality(district))
        assert set(needs_of(None, View(districts=frozenset({district.pk})), TODAY)) == {alliance.pk}

    def test_a_chamber_sees_companies_and_chambers_in_its_own_districts(self):
        inside, outside = make_district(), make_district()
        chamber = make_chamber(inside, ChamberKind.IHK)
        house = make_organisation("IHK", kind=OrganisationKind.CHAMBER, chamber=chamber)
        near, far = make_alliance(territory=inside), make_alliance(territory=outside)
        view = View(chambers_of=frozenset({house.pk}))
        found = needs_of(None, view, TODAY)
        assert set(found) == {near.pk}
        assert [need.key for need in found[near.pk]] == ["company", "chamber"]
        assert far.pk not in found

    def test_whoever_coordinates_and_sits_in_a_chamber_sees_the_own_alliance_whole(self):
        district = make_district()
        chamber = make_chamber(district)
        house = make_organisation("IHK", kind=OrganisationKind.CHAMBER, chamber=chamber)
        mine, near = make_alliance(territory=district), make_alliance(territory=district)
        view = View(alliances=frozenset({mine.pk}), chambers_of=frozenset({house.pk}))
        found = needs_of(None, view, TODAY)
        assert len(found[mine.pk]) == 6
        assert [need.key for need in found[near.pk]] == ["company", "chamber"]
