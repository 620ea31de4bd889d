"""What this room adds to the pages of alliances, meetings, places and to the dashboard."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight import panels
from buendnisnetz.insight.domain.standards import STANDARDS
from buendnisnetz.network.domain.alliances import change_status
from buendnisnetz.network.enums import AllianceStatus, OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory
from tests.factories.insight import join, make_mark, make_sponsor, make_talk
from tests.factories.meetings import attend, make_meeting
from tests.factories.network import (
    TODAY,
    make_alliance,
    make_organisation,
    make_post,
    make_term,
    make_user,
)
from tests.factories.territories import make_district, make_municipality
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance(db: None) -> Alliance:
    return make_alliance("Bündnis Ilmtal")


def page_of(client: Client, alliance: Alliance) -> str:
    return text_of(client.get(f"/netz/buendnisse/{alliance.slug}/"))


def complete(alliance: Alliance) -> None:
    """Nothing is missing and nothing needs attention."""
    for standard in STANDARDS:
        join(alliance, standard.kinds[0])
    make_term(make_post(alliance))
    make_talk(make_sponsor(alliance))


class TestAnAlliance:
    def test_its_gaps_and_what_needs_attention(self, keeper, alliance):
        text = page_of(keeper, alliance)
        assert "Lücken" in text
        assert "Unternehmen" in text
        assert "keine Schirmherrschaft" in text

    def test_one_that_lacks_nothing_is_praised_not_scolded(self, keeper, alliance):
        complete(alliance)
        shown = panels.alliance_gaps(alliance, make_user(Role.STATE_COORDINATION))
        assert "bn-state--warning" not in shown

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MINISTRY, None])
    def test_nothing_for_readers_without_a_right(self, alliance, role):
        scope = make_organisation() if role == Role.MEMBER else None
        assert panels.alliance_gaps(alliance, make_user(role, scope)) == ""

    def test_nothing_about_others_alliances_nor_about_dissolved_ones(self, alliance):
        other = make_user(Role.ALLIANCE_COORDINATOR, make_alliance())
        assert panels.alliance_gaps(alliance, other) == ""
        gone = make_alliance()
        change_status(
            alliance=gone, status=AllianceStatus.DISSOLVED, evidence="Brief",
            since=date(2025, 1, 1), actor=None, today=TODAY,
        )  # fmt: skip
        assert panels.alliance_gaps(gone, make_user(Role.STATE_COORDINATION)) == ""

    def test_the_public_page_shows_nothing_of_it(self, alliance):
        text = page_of(Client(), alliance)
        assert "Lücken" not in text
        assert "Schirmherrschaft" not in text

    def test_one_query(self, alliance, office):
        panels.alliance_gaps(alliance, office)
        with CaptureQueriesContext(connection) as queries:
            panels.alliance_gaps(alliance, office)
        assert len(queries) == 1


class TestAMeeting:
    def test_who_was_at_the_table(self, keeper):
        district = make_district("16070", "Ilm-Kreis")
        make_district("16063", "Wartburgkreis")
        meeting = make_meeting(territory=district)
        firm = make_organisation(
            "Kesselbau GmbH", kind=OrganisationKind.COMPANY, territory=district
        )
        attend(meeting, organisation=firm)
        text = text_of(keeper.get(f"/sitzungen/{meeting.public_id}/"))
        for words in ("Am Tisch", "1 von 2", "nicht dabei: Wartburgkreis", "Kesselbau GmbH"):
            assert words in text

    def test_a_meeting_without_a_list_shows_nothing(self, keeper):
        meeting = make_meeting()
        assert "Am Tisch" not in text_of(keeper.get(f"/sitzungen/{meeting.public_id}/"))


class TestAPlace:
    @pytest.fixture
    def place(self, db: None) -> Territory:
        return make_municipality(make_district("16070", "Ilm-Kreis"), "Geratal")

    def page(self, place: Territory, rest: str = "") -> str:
        return f"/gebiete/{place.public_id}/{rest}"

    def test_how_it_is_reached(self, keeper, place):
        assert "Weißer Fleck" in text_of(keeper.get(self.page(place)))
        make_alliance(territory=place.parent)
        make_term(make_post(place, kind=PostKind.CARETAKER))
        text = text_of(keeper.get(self.page(place)))
        assert "Weißer Fleck" not in text
        assert "über den Kreis" in text
        assert "Weißer Fleck" in text_of(keeper.get(self.page(place, "?stand=2009-01-01")))

    def test_who_may_mark_it_finds_the_way(self, as_role, keeper, place):
        button = f"/orte/{place.public_id}/keine/"
        planner = as_role(Role.DISTRICT_PLANNER, place.parent)
        other = as_role(Role.DISTRICT_PLANNER, make_district())
        member = as_role(Role.MEMBER, make_organisation())
        found = [
            button in client.get(self.page(place)).content.decode()
            for client in (keeper, planner, other, member)
        ]
        assert found == [True, True, False, False]

    def test_a_mark_says_who_said_so(self, keeper, place):
        mark = make_mark(place, said_by="Gemeinderat")
        answer = keeper.get(self.page(place))
        assert "Gemeinderat, 01.01.2026" in text_of(answer)
        assert f"/orte/marke/{mark.public_id}/beenden/" in answer.content.decode()

    def test_nothing_for_a_day_on_which_the_place_is_not_there(self, office, place):
        Territory.objects.filter(pk=place.pk).update(valid_from=date(2019, 1, 1))
        shown = [
            panels.place_coverage(place, user=office, on=day)
            for day in (date(2018, 12, 31), date(2019, 1, 1))
        ]
        assert [bool(one) for one in shown] == [False, True]

    def test_nothing_for_the_public_and_for_districts(self, keeper, place):
        make_mark(place, said_by="Gemeinderat")
        assert "Gemeinderat" not in text_of(Client().get(self.page(place)))
        assert "Weißer Fleck" not in text_of(keeper.get(self.page(place.parent)))


class TestTheDashboard:
    def test_the_office_sees_how_many(self, office, alliance):
        make_alliance()
        shown = panels.dashboard(office)
        assert "2 Bündnisse haben Lücken" in shown
        assert "/luecken/?only=gaps" in shown
        assert "/luecken/?warning=NO_CONTACT" in shown

    def test_a_coordination_is_led_to_its_own(self, alliance):
        user = make_user(Role.ALLIANCE_COORDINATOR, alliance)
        make_alliance()
        shown = panels.dashboard(user)
        assert "1 Bündnis hat Lücken" in shown
        assert f"/luecken/{alliance.slug}/" in shown

    def test_if_all_is_well_there_is_no_card(self, alliance):
        complete(alliance)
        assert panels.dashboard(make_user(Role.ALLIANCE_COORDINATOR, alliance)) == ""

    @pytest.mark.parametrize("role", [Role.MINISTRY, Role.MEMBER])
    def test_others_have_no_card(self, alliance, role):
        scope = make_organisation() if role == Role.MEMBER else None
        assert panels.dashboard(make_user(role, scope)) == ""

    def test_asked_once_a_minute(self, office, alliance, settings):
        here = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "probe"}
        settings.CACHES = settings.CACHES | {"process": here}
        panels.dashboard(office)
        with CaptureQueriesContext(connection) as queries:
            panels.dashboard(office)
        assert len(queries) == 0
