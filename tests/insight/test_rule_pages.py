"""Pages where the required composition is read and changed."""

from datetime import date

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.domain import requirements
from buendnisnetz.insight.models import Requirement, StateSettings
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory
from tests.factories.insight import require
from tests.factories.network import TODAY, make_alliance
from tests.factories.territories import make_district, make_state
from tests.network.views.reading import hidden, rows_of, text_of

pytestmark = pytest.mark.django_db
RULES = "/luecken/regeln/"
NEW = {"label": "Betriebe", "kinds": ["COMPANY"], "at_least": "2", "since": "2026-11-01"}


@pytest.fixture
def state(db: None) -> Territory:
    make_district("16070", "Ilm-Kreis")
    return make_state()


@pytest.fixture
def alliance(state: Territory) -> Alliance:
    return make_alliance("Bündnis Ilmtal", territory=Territory.objects.get(ags="16070"))


def own(alliance: Alliance, rest: str = "") -> str:
    return f"/luecken/{alliance.slug}/regeln/{rest}"


class TestAState:
    def test_what_holds_is_listed_with_who_says_so(self, keeper, state):
        require(state, "Firmen", at_least=3, key="company", since=date(2024, 1, 1))
        rows = rows_of(keeper.get(RULES))
        assert [row[0] for row in rows][:2] == ["Firmen", "Kammer"]
        assert rows[0][2:5] == ["3", "alle", "seit 01.01.2024"]
        assert rows[1][4] == "Vorschlag des Programms"

    def test_as_of_an_earlier_day(self, keeper, state):
        require(state, "Firmen", at_least=3, key="company", since=date(2024, 1, 1))
        assert rows_of(keeper.get(RULES + "?stand=2023-12-31"))[0][2] == "1"

    def test_a_new_one(self, keeper, state):
        values = {**NEW, "label": "Schule", "kinds": ["SCHOOL"], "alliance_kinds": ["TOWN"]}
        answer = keeper.post(RULES + "neu/?land=16", values)
        assert answer.headers["Location"] == "/luecken/regeln/?land=16"
        row = Requirement.objects.get()
        assert (row.state, row.label, row.kinds) == (state, "Schule", ["SCHOOL"])
        assert (row.alliance_kinds, row.valid_from) == (["TOWN"], date(2026, 11, 1))

    def test_changing_begins_with_what_holds(self, keeper, state):
        page = keeper.get(RULES + "company/").content.decode()
        assert 'value="Unternehmen"' in page
        keeper.post(RULES + "company/", NEW)
        assert Requirement.objects.get().key == "company"
        assert keeper.get(RULES + "unbekannt/").status_code == 404

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"label": ""}, "Dieses Feld"),
            ({"kinds": []}, "Dieses Feld"),
            ({"kinds": ["QUATSCH"]}, "QUATSCH"),
            ({"at_least": "-1"}, "0"),
            ({"since": "gestern"}, "24.08.2017"),
            ({"since": "2023-01-01"}, "01.01.2024"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, keeper, state, change, sentence):
        require(state, "Firmen", key="company", since=date(2024, 1, 1))
        answer = keeper.post(RULES + "company/", {**NEW, **change})
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        if "label" not in change:
            assert 'value="Betriebe"' in answer.content.decode()
        assert Requirement.objects.get().label == "Firmen"

    def test_ending_and_taking_the_end_back(self, keeper, state):
        row = require(state, "Firmen", at_least=3, key="company", since=date(2024, 1, 1))
        keeper.post(f"/luecken/regel/{row.public_id}/beenden/", {"last_day": "2026-11-01"})
        page = keeper.get(RULES)
        assert rows_of(page)[0][2] == "1"
        assert "Frühere Regeln" in text_of(page)
        assert f"/luecken/regel/{row.public_id}/wieder/" in page.content.decode()
        keeper.post(f"/luecken/regel/{row.public_id}/wieder/")
        assert rows_of(keeper.get(RULES))[0][2] == "3"

    def test_what_cannot_be_ended_says_why(self, keeper, state):
        row = require(state, "Firmen", key="company", since=date(2024, 1, 1))
        address = f"/luecken/regel/{row.public_id}/"
        answer = keeper.post(address + "beenden/", {"last_day": "2023-01-01"})
        assert (answer.status_code, "01.01.2024" in text_of(answer)) == (422, True)
        text = text_of(keeper.post(address + "wieder/", follow=True))
        assert "nichts" in text

    def test_the_end_of_a_replaced_row_is_not_offered_back(self, keeper, state):
        old = require(state, "Firmen", key="company", since=date(2020, 1, 1))
        require(state, "Firmen", at_least=2, key="company", since=date(2024, 1, 1))
        page = keeper.get(RULES).content.decode()
        assert "01.01.2020 bis 31.12.2023" in page
        assert f"/luecken/regel/{old.public_id}/wieder/" not in page

    def test_each_state_has_its_own(self, keeper, state):
        make_district("09001")
        other = make_state("09")
        keeper.post(RULES + "company/?land=09", NEW)
        assert Requirement.objects.get().state == other
        assert rows_of(keeper.get(RULES + "?land=16"))[0][2] == "1"
        assert rows_of(keeper.get(RULES + "?land=09"))[0][2] == "2"
        assert keeper.get(RULES + "?land=99").status_code == 404

    def test_without_territories_it_says_what_to_do(self, keeper):
        assert "load_territories" in text_of(keeper.get(RULES))
        assert keeper.get(RULES + "neu/").status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs(self, keeper, state, number, django_assert_num_queries):
        for _number in range(number):
            require(state, "Firmen")
        keeper.get(RULES)
        with django_assert_num_queries(6):
            keeper.get(RULES)


class TestLimits:
    def test_they_are_kept_for_the_state(self, keeper, state):
        page = keeper.get(RULES + "grenzen/")
        assert hidden(page, "version") == "0"
        values = {"version": "0", "quiet_months": "9", "business_percent": "30"}
        answer = keeper.post(RULES + "grenzen/", values)
        assert answer.headers["Location"] == "/luecken/regeln/?land=16"
        assert StateSettings.objects.get().quiet_months == 9
        assert "9 Monaten ohne Lebenszeichen" in text_of(keeper.get(RULES))

    def test_who_was_slower_sees_both(self, keeper, state):
        for months in (9, 10):
            requirements.set_state_settings(
                state=state, quiet_months=months, business_percent=20, version=1, actor=None
            )
        values = {"version": "1", "quiet_months": "11", "business_percent": "20"}
        answer = keeper.post(RULES + "grenzen/", values)
        assert answer.status_code == 409
        assert hidden(answer, "version") == "2"
        assert keeper.post(RULES + "grenzen/", {**values, "version": "2"}).status_code == 302
        assert StateSettings.objects.get().quiet_months == 11

    def test_outside_the_limits(self, keeper, state):
        values = {"version": "0", "quiet_months": "0", "business_percent": "101"}
        assert keeper.post(RULES + "grenzen/", values).status_code == 422
        assert not StateSettings.objects.exists()


class TestAnAlliance:
    def test_the_own_coordination_adjusts_and_leaves_out(self, as_role, alliance):
        client = as_role(Role.ALLIANCE_COORDINATOR, alliance)
        values = {**NEW, "label": "Senioren", "kinds": ["SENIORS_BODY"], "at_least": "0"}
        answer = client.post(own(alliance, "seniors/"), values)
        assert answer.headers["Location"] == own(alliance)
        rows = {row[0]: row for row in rows_of(client.get(own(alliance)))}
        assert rows["Senioren"][2] == "entfällt"
        assert rows["Senioren"][4].startswith("vom Bündnis")
        assert rows["Kammer"][4] == "vom Programm"
        assert "Senioren" not in text_of(client.get(f"/luecken/{alliance.slug}/"))

    def test_what_it_left_out_can_be_taken_back(self, keeper, alliance):
        row = require(
            alliance, "Senioren", OrganisationKind.SENIORS_BODY, at_least=0, key="seniors"
        )
        page = keeper.get(own(alliance)).content.decode()
        assert f"/luecken/regel/{row.public_id}/beenden/" in page
        keeper.post(f"/luecken/regel/{row.public_id}/beenden/", {"last_day": "2026-11-01"})
        rows = {cells[0]: cells for cells in rows_of(keeper.get(own(alliance)))}
        assert rows["Seniorenvertretung"][2] == "1"
        keeper.post(f"/luecken/regel/{row.public_id}/wieder/")
        assert Requirement.objects.get().valid_to is None

    def test_for_which_alliances_is_not_asked(self, keeper, alliance):
        page = keeper.get(own(alliance, "neu/")).content.decode()
        assert "alliance_kinds" not in page
        assert "alliance_kinds" in keeper.get(RULES + "neu/").content.decode()
        keeper.post(own(alliance, "neu/"), NEW)
        assert Requirement.objects.get().alliance == alliance

    def test_others_do_not_write_here(self, as_role, alliance):
        other = make_alliance()
        row = require(alliance, "Firmen")
        client = as_role(Role.ALLIANCE_COORDINATOR, other)
        assert client.get(own(alliance)).status_code == 403
        assert client.post(own(alliance, "neu/"), NEW).status_code == 403
        assert client.get(f"/luecken/regel/{row.public_id}/beenden/").status_code == 404
        assert client.get(RULES).status_code == 403
        assert Requirement.objects.count() == 1

    def test_nor_does_an_alliance_end_its_states_rule(self, as_role, alliance, state):
        row = require(state, "Firmen")
        client = as_role(Role.ALLIANCE_COORDINATOR, alliance)
        answer = client.post(f"/luecken/regel/{row.public_id}/beenden/", {"last_day": "2026-11-01"})
        assert answer.status_code == 404
        row.refresh_from_db()
        assert row.valid_to is None

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs(self, keeper, alliance, number, django_assert_num_queries):
        for _number in range(number):
            require(alliance, "Firmen")
        keeper.get(own(alliance))
        with django_assert_num_queries(8):
            keeper.get(own(alliance))


def test_only_the_office_sets_a_states_rules(as_role):
    for role, scope in ((Role.DISTRICT_PLANNER, make_district()), (Role.MINISTRY, None)):
        assert as_role(role, scope).get(RULES).status_code == 403
    assert Client().get(RULES).status_code == 302
    assert date(2026, 11, 22) == TODAY
