"""The start page: figures and ways in for visitors, what needs them today for who works here."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.enums import MeetingStatus
from buendnisnetz.web.domain.dashboard import dashboard
from buendnisnetz.web.domain.figures import public_figures
from tests.factories.meetings import make_meeting
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_membership,
    make_organisation,
    make_user,
)
from tests.factories.tasks import make_task
from tests.factories.territories import make_district, make_municipality
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


class TestFigures:
    def test_only_what_the_public_may_see_counts(self):
        shown, hidden = (
            make_alliance("Bündnis Ilmtal"),
            make_alliance("Bündnis Hain", is_public=False),
        )
        for alliance in (shown, hidden):
            make_membership(alliance=alliance, organisation=make_organisation())
        figures = public_figures(TODAY)
        assert (figures.active, figures.alliances, figures.members) == (1, 1, 1)

    def test_a_member_of_two_alliances_counts_once(self):
        organisation = make_organisation()
        for name in ("Bündnis Ilmtal", "Bündnis Hain"):
            make_membership(alliance=make_alliance(name), organisation=organisation)
        assert public_figures(TODAY).members == 1

    def test_municipalities_count_as_of_the_day(self):
        district = make_district()
        make_municipality(district, "Altdorf", valid_to=TODAY - timedelta(days=1))
        make_municipality(district, "Neudorf")
        assert public_figures(TODAY).municipalities == 1
        assert public_figures(TODAY - timedelta(days=1)).municipalities == 2


class TestVisitors:
    def test_the_public_page_shows_figures_and_ways_in(self, client: Client):
        make_alliance("Bündnis Ilmtal")
        text = text_of(client.get("/"))
        assert "1 aktive Bündnisse" in text
        assert "Als Betrieb mitmachen" in text

    def test_a_user_without_a_role_sees_what_the_public_sees(self, client: Client):
        client.force_login(make_user())
        assert "Wo fangen Sie an?" in text_of(client.get("/"))


class TestDashboard:
    @pytest.mark.parametrize(
        ("role", "make", "address"),
        [
            (Role.ALLIANCE_COORDINATOR, make_alliance, "/netz/buendnisse/{0.slug}/"),
            (Role.DISTRICT_PLANNER, make_district, "/gebiete/{0.public_id}/"),
            (Role.MEMBER, make_organisation, "/netz/organisationen/{0.public_id}/"),
        ],
    )
    def test_the_place_that_a_role_is_for_is_one_click_away(self, client, role, make, address):
        scope = make()
        client.force_login(make_user(role, scope))
        page = client.get("/").content.decode()
        assert f'href="{address.format(scope)}">{scope.name}</a>' in page

    def test_whoever_keeps_the_whole_state_has_no_single_place(self):
        make_alliance()
        assert dashboard(user=make_user(Role.STATE_COORDINATION), today=TODAY).places == []

    def test_several_places_stand_in_order(self):
        later, first = make_alliance("Bündnis Zella"), make_alliance("Bündnis Ähre")
        user = make_user(Role.ALLIANCE_COORDINATOR, later)
        user.assignments.create(
            role=Role.ALLIANCE_COORDINATOR, scope_kind="ALLIANCE", scope_id=first.pk
        )
        found = dashboard(user=user, today=TODAY).places
        assert [place.name for place in found] == ["Bündnis Ähre", "Bündnis Zella"]

    def test_an_alliance_unconfirmed_for_a_year_needs_its_coordinator(self):
        stale = make_alliance("Bündnis Ilmtal", confirmed_on=TODAY - timedelta(days=400))
        make_alliance("Bündnis Hain", confirmed_on=TODAY - timedelta(days=400))
        board = dashboard(user=make_user(Role.ALLIANCE_COORDINATOR, stale), today=TODAY)
        assert [need.text for need in board.needs] == [
            "1 Bündnis ist seit 12 Monaten nicht bestätigt"
        ]
        office = dashboard(user=make_user(Role.STATE_COORDINATION), today=TODAY)
        assert office.needs[0].text.startswith("2 Bündnisse")

    def test_a_confirmed_alliance_needs_nobody(self):
        user = make_user(Role.ALLIANCE_COORDINATOR, make_alliance())
        assert dashboard(user=user, today=TODAY).needs == []

    def test_the_next_meetings_come_soonest_first(self):
        user = make_user(Role.STATE_COORDINATION)
        for days in (9, 2, -3):
            make_meeting(
                f"in {days} Tagen",
                held_on=TODAY + timedelta(days=days),
                status=MeetingStatus.PLANNED if days > 0 else MeetingStatus.HELD,
            )
        board = dashboard(user=user, today=TODAY)
        assert [meeting["title"] for meeting in board.meetings] == ["in 2 Tagen", "in 9 Tagen"]

    def test_a_full_page_costs_no_more_queries_than_allowed(self, client: Client):
        alliance = make_alliance(confirmed_on=TODAY - timedelta(days=400))
        client.force_login(make_user(Role.ALLIANCE_COORDINATOR, alliance))
        for _number in range(3):
            make_task(for_all_alliances=True)
            make_meeting(held_on=TODAY + timedelta(days=3), status=MeetingStatus.PLANNED)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        assert len(queries) <= MOST_QUERIES
