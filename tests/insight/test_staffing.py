"""Posts for planning and caring, district by district (S63, S85)."""

from datetime import date
from typing import Any

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.domain.queries.staffing import staffing
from buendnisnetz.network.domain.terms import end_term
from buendnisnetz.network.enums import PostKind
from buendnisnetz.territories.enums import PopulationBase
from buendnisnetz.territories.models import Population, Source, Territory
from buendnisnetz.ui.jinja import url
from tests.factories.network import TODAY, make_organisation, make_post, make_term, make_user
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db
PLANNER, CARETAKER = PostKind.SOCIAL_PLANNER, PostKind.CARETAKER


@pytest.fixture
def district(db: None) -> Territory:
    return make_district("16070", "Ilm-Kreis")


def row_of(district: Territory, day: date = TODAY) -> dict[str, Any]:
    return {row["pk"]: row for row in staffing(day, districts=None)}[district.pk]


def test_every_district_of_the_day_has_a_row(district):
    other = make_district(valid_to=date(2020, 12, 31))
    assert {row["pk"] for row in staffing(TODAY, districts=None)} == {district.pk}
    assert staffing(date(2020, 12, 31), districts=None).count() == 2
    found = staffing(date(2020, 1, 1), districts=frozenset({other.pk}))
    assert [row["pk"] for row in found] == [other.pk]
    row = row_of(district)
    assert (row["planners"], row["planners_held"], row["caretakers"]) == (0, 0, 0)
    assert (row["planner_hours"], row["vacant_since"], row["inhabitants"]) == (None, None, None)


def test_planning_posts_filled_and_vacant_since(district):
    held = make_post(district, "Planung I", kind=PLANNER, weekly_hours=30)
    empty = make_post(district, "Planung II", kind=PLANNER, weekly_hours=20)
    make_term(held)
    end_term(term=make_term(empty), last_day=date(2026, 3, 31), actor=None)
    row = row_of(district)
    assert (row["planners"], row["planners_held"], row["planner_hours"]) == (2, 1, 30)
    assert row["vacant_since"] == date(2026, 4, 1)
    before = row_of(district, date(2026, 3, 31))
    assert (before["planners_held"], before["planner_hours"]) == (2, 50)
    assert before["vacant_since"] is None


def test_a_post_of_an_organisation_counts_where_that_one_sits(district):
    office = make_organisation(territory=make_municipality(district))
    make_term(make_post(office, "Sozialplanung", kind=PLANNER))
    make_term(make_post(make_organisation(), "Sozialplanung", kind=PLANNER))
    assert row_of(district)["planners_held"] == 1


def test_caretakers_and_those_who_end_within_six_months(district):
    place = make_municipality(district)
    last_days = (None, date(2027, 5, 21), date(2027, 5, 22), date(2027, 6, 30))
    for number, last_day in enumerate(last_days):
        term = make_term(
            make_post(place, f"Dorfkümmerer {number}", kind=CARETAKER, weekly_hours=10)
        )
        if last_day:
            end_term(term=term, last_day=last_day, actor=None)
    make_post(place, "Unbesetzt", kind=CARETAKER, weekly_hours=10)
    make_term(make_post(place, "Anderes", kind=PostKind.OTHER, weekly_hours=10))
    row = row_of(district)
    assert (row["caretakers"], row["caretaker_hours"], row["ending"]) == (4, 40, 1)


def test_inhabitants_are_those_counted_nearest_to_the_day(district):
    source = Source.objects.create(attribution="Landesamt", url="https://example.org/")
    for year, total in ((2016, 108_000), (2023, 105_000)):
        Population.objects.create(
            territory=district, counted_on=date(year, 12, 31), total=total, source=source,
            base=PopulationBase.REGISTER_2011, borders_on=date(year, 12, 31),
        )  # fmt: skip
    assert (row_of(district)["inhabitants"], row_of(district)["counted_on"]) == (
        105_000, date(2023, 12, 31),
    )  # fmt: skip
    assert row_of(district, date(2017, 8, 24))["inhabitants"] == 108_000


def test_a_merged_places_caretaker_counts_in_the_district_of_today(district):
    place = make_municipality(district, valid_to=date(2018, 12, 31))
    make_term(make_post(place, "Dorfkümmerin", kind=CARETAKER))
    assert row_of(district)["caretakers"] == 1


@pytest.mark.parametrize(("role", "shown"), [(Role.STATE_COORDINATION, True), (Role.MEMBER, False)])
def test_the_figures_of_terms_lead_here(client, role, shown):
    client.force_login(make_user(role, make_organisation() if role == Role.MEMBER else None))
    page = client.get(url("network:tenure")).content.decode()
    assert (url("insight:staffing_list") in page) is shown
