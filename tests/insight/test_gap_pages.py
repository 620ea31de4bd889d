"""The pages of the gap report: what stands there, who reads what, what it costs."""

from datetime import date

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.enums import TopicStatus
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory
from tests.factories.insight import join, make_sponsor, make_talk, make_topic
from tests.factories.meetings import make_meeting
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_post,
    make_term,
    make_user,
)
from tests.factories.territories import make_chamber, make_district, make_municipality
from tests.insight.worlds import add_more, fill
from tests.network.views.reading import csv_of, rows_of, text_of, xlsx_of

pytestmark = pytest.mark.django_db
LIST = "/luecken/"
COMPANY = OrganisationKind.COMPANY


@pytest.fixture
def district(db: None) -> Territory:
    return make_district("16070", "Ilm-Kreis")


@pytest.fixture
def alliance(district: Territory) -> Alliance:
    return make_alliance("Bündnis Ilmtal", territory=district)


def page(alliance: Alliance) -> str:
    return f"/luecken/{alliance.slug}/"


def names(client: Client, query: str = "") -> list[str]:
    return [row[0] for row in rows_of(client.get(LIST + query))]


class TestTheList:
    def test_an_alliance_with_what_it_lacks(self, keeper, alliance):
        join(alliance, OrganisationKind.CHAMBER, date(2024, 5, 1))
        (row,) = rows_of(keeper.get(LIST))
        assert row[:3] == ["Bündnis Ilmtal", "ein Landkreis", "5"]
        assert "Unternehmen" in row[3]
        assert row[5:7] == ["1", "100 %"]
        assert "keine Ansprechperson" in row[7]

    def test_the_oldest_gap_and_the_last_sign_of_life(self, keeper, alliance):
        Alliance.objects.filter(pk=alliance.pk).update(founded_on=date(2012, 3, 4))
        make_meeting(alliance=alliance, held_on=date(2026, 11, 20))
        (row,) = rows_of(keeper.get(LIST))
        assert row[4] == "04.03.2012"
        assert row[8] == "22.11.2026"

    def test_as_of_an_earlier_day(self, keeper, alliance):
        join(alliance, COMPANY, date(2020, 1, 1), date(2022, 12, 31))
        assert rows_of(keeper.get(LIST))[0][2] == "6"
        assert rows_of(keeper.get(LIST + "?stand=2021-06-01"))[0][2] == "5"
        make_alliance("Bündnis Neu", since=date(2026, 1, 1))
        assert names(keeper, "?stand=2021-06-01") == ["Bündnis Ilmtal"]
        answer = keeper.get(LIST + "?stand=2021-06-01").content.decode()
        assert "/luecken/bundnis-ilmtal/?stand=2021-06-01" in answer.replace("buendnis", "bundnis")

    def test_filters_search_and_order(self, keeper, alliance, district):
        full = make_alliance("Bündnis Werratal", territory=make_district("16063", "Wartburgkreis"))
        for kind in (COMPANY, OrganisationKind.CHAMBER):
            join(full, kind)
        make_term(make_post(full))
        both = ["Bündnis Ilmtal", "Bündnis Werratal"]
        assert names(keeper) == both
        assert names(keeper, "?sort=gaps") == both[::-1]
        assert names(keeper, "?sort=-name") == both[::-1]
        assert names(keeper, "?district=16063") == both[1:]
        assert names(keeper, "?missing=company") == both[:1]
        assert names(keeper, "?warning=NO_CONTACT") == both[:1]
        assert names(keeper, "?q=WERRA") == both[1:]
        assert names(keeper, "?q=nirgends") == []

    def test_exports_hold_the_same_with_the_state(self, keeper, alliance):
        make_alliance("Bündnis Zell")
        as_csv = csv_of(keeper.get(LIST + "?format=csv"))
        assert as_csv == xlsx_of(keeper.get(LIST + "?format=xlsx"))
        assert as_csv[0][-1] == "Stand"
        assert [row[0] for row in as_csv[1:]] == ["Bündnis Ilmtal", "Bündnis Zell"]
        assert as_csv[1][-1] == "aktiv"

    def test_nothing_to_show_says_so(self, as_role):
        client = as_role(Role.ALLIANCE_COORDINATOR, make_alliance())
        Alliance.objects.all().update(name="Eigenes")
        assert names(client) == ["Eigenes"]
        planner = as_role(Role.DISTRICT_PLANNER, make_district())
        assert "Hier ist kein Bündnis zu sehen" in text_of(planner.get(LIST))
        assert "diesen Filtern" in text_of(planner.get(LIST + "?only=gaps"))

    @pytest.mark.parametrize("number", [1, 3])
    def test_five_queries_whatever_there_is(self, keeper, number, django_assert_num_queries):
        for _number in range(number):
            fill(make_alliance(), make_district())
        keeper.get(LIST)
        with django_assert_num_queries(LIST_QUERIES):
            keeper.get(LIST)


LIST_QUERIES = 5
DETAIL_QUERIES = 9


class TestOneAlliance:
    def test_gaps_since_when_and_who_could_close_them(self, keeper, alliance, district):
        Alliance.objects.filter(pk=alliance.pk).update(founded_on=date(2012, 3, 4))
        join(alliance, COMPANY, until=date(2024, 6, 30), name="Weg GmbH")
        fill(alliance, district)
        text = text_of(keeper.get(page(alliance)))
        assert "Unternehmen: seit 01.07.2024" in text
        assert "nie seit der Gründung am 04.03.2012" in text
        assert "sitzt im selben Kreis" in text
        assert "1 gemeinsame Sitzung" in text

    def test_a_day_in_the_past_shows_what_was(self, keeper, alliance):
        join(alliance, COMPANY, until=date(2024, 6, 30))
        before = text_of(keeper.get(page(alliance) + "?stand=2024-06-30"))
        assert "Unternehmen: seit" not in before
        assert "Am 30.06.2024" in before or "am 30.06.2024" in before

    def test_what_can_be_mended_has_a_link(self, keeper, alliance):
        answer = keeper.get(page(alliance)).content.decode()
        assert f"/netz/stellen/neu/buendnis/{alliance.public_id}/" in answer
        assert "Schirmherrschaft" in answer

    def test_without_gaps_it_says_so(self, keeper, alliance):
        for kind in (
            "COMPANY", "CHAMBER", "MUNICIPALITY", "FAMILY_ORGANISATION", "SENIORS_BODY",
            "DISTRICT_ADMINISTRATION",
        ):  # fmt: skip
            join(alliance, OrganisationKind(kind))
        assert "Keine Lücke" in text_of(keeper.get(page(alliance)))

    def test_closed_topics_can_be_planned_again(self, keeper, alliance):
        topic = make_topic(alliance, "Pflege", make_post(alliance), TopicStatus.CLOSED)
        answer = keeper.get(page(alliance))
        assert "Abgeschlossene Themen" in text_of(answer)
        keeper.post(f"/luecken/thema/{topic.public_id}/stand/", {"status": "PLANNED"})
        assert "Abgeschlossene Themen" not in text_of(keeper.get(page(alliance)))

    @pytest.mark.parametrize("number", [1, 3])
    def test_as_many_queries_whatever_there_is(
        self, keeper, alliance, district, number, django_assert_num_queries
    ):
        for _number in range(number):
            fill(alliance, district) if not _number else add_more(alliance, district)
        keeper.get(page(alliance))
        with django_assert_num_queries(DETAIL_QUERIES):
            keeper.get(page(alliance))

    def test_no_such_alliance(self, keeper):
        assert keeper.get("/luecken/gibt-es-nicht/").status_code == 404


class TestWhoReadsWhat:
    @pytest.fixture
    def told(self, alliance: Alliance, district: Territory) -> Alliance:
        fill(alliance, district)
        make_talk(make_sponsor(alliance), date(2026, 10, 1), "Bleibt unter uns")
        return alliance

    def test_the_own_coordination_reads_and_writes(self, as_role, told):
        answer = as_role(Role.ALLIANCE_COORDINATOR, told).get(page(told))
        assert "Bleibt unter uns" in text_of(answer)
        assert "/thema/" in answer.content.decode()

    def test_another_alliances_coordination_gets_404(self, as_role, told):
        other = make_alliance()
        client = as_role(Role.ALLIANCE_COORDINATOR, other)
        assert client.get(page(told)).status_code == 404
        assert client.get(page(other)).status_code == 200
        assert names(client) == [other.name]

    def test_a_planner_reads_the_districts_alliances_without_notes_or_buttons(
        self, as_role, told, district
    ):
        in_town = make_alliance("Bündnis Stadt", territory=make_municipality(district))
        far = make_alliance("Bündnis Fern")
        client = as_role(Role.DISTRICT_PLANNER, district)
        answer = client.get(page(told))
        assert "Bleibt unter uns" not in text_of(answer)
        assert "<form" not in answer.content.decode().split("<main")[1].replace(
            '<form class="bn-filter"', ""
        )
        assert client.get(page(in_town)).status_code == 200
        assert client.get(page(far)).status_code == 404

    def test_a_chamber_reads_of_companies_and_chambers_only(self, as_role, told, district):
        house = make_organisation(kind=OrganisationKind.CHAMBER, chamber=make_chamber(district))
        far = make_alliance("Bündnis Fern")
        client = as_role(Role.CHAMBER, house)
        text = text_of(client.get(page(told)))
        assert "Unternehmen" in text
        for hidden in ("Bleibt unter uns", "Seniorenvertretung", "Themen", "Ausgewogenheit"):
            assert hidden not in text
        (row,) = [row for row in rows_of(client.get(LIST)) if row[0] == told.name]
        assert (row[2], row[5:9]) == ("2", ["–", "–", "–", "–"])
        assert client.get(page(far)).status_code == 404
        assert client.get("/luecken/kreise/").status_code == 403

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MINISTRY])
    def test_others_get_no_list_of_alliances(self, client_of, told, role):
        scope = make_organisation() if role == Role.MEMBER else None
        client = client_of(make_user(role, scope))
        assert client.get(LIST).status_code == 403
        assert client.get(page(told)).status_code == 403

    def test_not_public(self, told):
        assert Client().get(LIST).headers["Location"].startswith("/konto/anmelden/")
