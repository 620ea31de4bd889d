"""Putting people on a meeting's list, with what they were on that day (S06)."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.meetings.domain import meetings as domain
from tests.factories.meetings import make_meeting
from tests.factories.network import (
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.network.views.reading import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)


@pytest.fixture
def office():
    return make_user(Role.STATE_COORDINATION)


@pytest.fixture
def meeting():
    return make_meeting(held_on=DAY)


@pytest.fixture
def carla():
    """Was head of a school until the end of March, and then of another."""
    person = make_person("Quendel", "Carla")
    before = make_post(make_organisation("Waldschule"), title="Schulleiterin")
    after = make_post(make_organisation("Seeschule"), title="Rektorin")
    make_term(before, person, valid_from=date(2020, 1, 1), valid_to=date(2026, 3, 31))
    make_term(after, person, valid_from=date(2026, 4, 1))
    return person


def add(meeting, office, **values):
    return domain.add_attendance(meeting=meeting, actor=office, status="PRESENT", **values)


def test_what_somebody_was_on_that_day_comes_from_the_directory(meeting, office, carla):
    row = add(meeting, office, person=carla)
    assert (row.name, row.function) == ("Carla Quendel", "Schulleiterin")
    assert row.organisation_words == "Waldschule"
    assert row.organisation.name == "Waldschule"


def test_what_was_typed_stays(meeting, office, carla):
    row = add(meeting, office, person=carla, name="C. Quendel", function="Elternvertreterin")
    assert (row.name, row.function, row.organisation_words) == (
        "C. Quendel",
        "Elternvertreterin",
        "",
    )
    assert row.organisation is None


def test_somebody_without_a_post_stands_with_the_name_alone(meeting, office):
    row = add(meeting, office, person=make_person("Amsel", "Ada"))
    assert (row.name, row.function) == ("Ada Amsel", "")


class TestPage:
    def test_a_person_is_chosen_by_name(self, meeting, office, carla, as_user):
        where = f"/sitzungen/{meeting.public_id}/teilnahme/neu/"
        answer = as_user(office).post(where, {"person": "Carla Quendel", "status": "PRESENT"})
        assert answer.status_code == 302
        assert meeting.attendances.get().person == carla

    def test_a_name_that_is_not_in_the_directory_is_enough(self, meeting, office, as_user):
        where = f"/sitzungen/{meeting.public_id}/teilnahme/neu/"
        as_user(office).post(where, {"name": "Zoe Zunder", "status": "GUEST"})
        assert meeting.attendances.get().person is None

    def test_nobody_at_all_is_asked_about(self, meeting, office, as_user):
        where = f"/sitzungen/{meeting.public_id}/teilnahme/neu/"
        answer = as_user(office).post(where, {"status": "PRESENT"})
        assert answer.status_code == 422
        assert "Bitte wählen Sie eine Person" in text_of(answer)
        assert not meeting.attendances.exists()
