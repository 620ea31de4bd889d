"""How a state wants its minutes approved."""

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.core.errors import EditConflictError
from buendnisnetz.meetings.domain.editions.rules import Rules, rules_of, set_rules
from buendnisnetz.meetings.models import MinutesRules
from buendnisnetz.network.domain.saving import RuleBrokenError
from tests.factories.network import make_district, make_user
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
WHERE = "/sitzungen/regeln/"


@pytest.fixture
def state():
    return make_district().parent


@pytest.fixture
def office():
    return make_user(Role.STATE_COORDINATION)


@pytest.fixture
def client(office, as_user) -> Client:
    return as_user(office)


def test_without_a_row_the_defaults_hold(state):
    assert rules_of(state) == Rules()


def test_the_first_setting_makes_a_row_and_the_next_changes_it(state, office):
    set_rules(state=state, mode="SECOND_FACTOR", remind_after_days=20, version=0, actor=office)
    first = rules_of(state)
    assert (first.mode, first.remind_after_days) == ("SECOND_FACTOR", 20)
    set_rules(
        state=state, mode="SIGN_IN", remind_after_days=45, version=first.version, actor=office
    )
    assert MinutesRules.objects.get().remind_after_days == 45


def test_what_somebody_else_set_meanwhile_is_not_lost(state, office):
    set_rules(state=state, mode="SECOND_FACTOR", remind_after_days=20, version=0, actor=office)
    with pytest.raises(EditConflictError):
        set_rules(state=state, mode="SIGN_IN", remind_after_days=45, version=0, actor=office)
    assert rules_of(state).remind_after_days == 20


def test_the_database_refuses_days_that_are_none(state, office):
    with pytest.raises(RuleBrokenError):
        set_rules(state=state, mode="SIGN_IN", remind_after_days=0, version=0, actor=office)
    assert not MinutesRules.objects.exists()


class TestPage:
    def test_it_shows_what_holds_and_saves(self, state, client):
        assert 'value="30"' in client.get(WHERE).content.decode()
        values = {"version": 0, "mode": "SECOND_FACTOR", "remind_after_days": 14}
        assert client.post(WHERE, values)["Location"] == "/sitzungen/"
        assert rules_of(state).remind_after_days == 14

    def test_wrong_days_are_named(self, state, client):
        values = {"version": 0, "mode": "SIGN_IN", "remind_after_days": 0}
        answer = client.post(WHERE, values)
        assert answer.status_code == 422
        assert rules_of(state) == Rules()

    def test_a_conflict_is_said(self, state, client, office):
        set_rules(state=state, mode="SIGN_IN", remind_after_days=20, version=0, actor=office)
        values = {"version": 0, "mode": "SIGN_IN", "remind_after_days": 14}
        answer = client.post(WHERE, values)
        assert answer.status_code == 422
        assert "Jemand anders ha" in text_of(answer)

    def test_another_state_is_asked_for_by_its_key(self, state, client):
        assert client.get(f"{WHERE}?land={state.ags}").status_code == 200
        assert client.get(f"{WHERE}?land=99").status_code == 404

    def test_the_office_finds_it_from_the_list(self, state, client):
        assert WHERE in client.get("/sitzungen/").content.decode()
