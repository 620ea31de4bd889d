"""The role of an account that goes with a post: it ends with the term and goes to the successor."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network.domain import handovers, people, post_roles
from buendnisnetz.network.enums import OrganisationKind, PostKind
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.succession import (
    FIRST_DAY,
    LAST_DAY,
    finish,
    make_handover,
    make_office,
    undo,
)
from tests.factories.territories import make_district

pytestmark = pytest.mark.django_db


def roles(user, day: date) -> list[str]:
    return sorted(user.assignments.as_of(day).values_list("role", flat=True))


@pytest.fixture
def alliance():
    return make_alliance()


@pytest.fixture
def leaver(alliance):
    user = make_user(Role.ALLIANCE_COORDINATOR, alliance)
    person = make_person("Sorgsam", "Ada")
    return people.link_user(person=person, user=user, actor=None)


@pytest.fixture
def successor():
    return people.link_user(person=make_person("Neu", "Nina"), user=make_user(), actor=None)


@pytest.fixture
def term(alliance, leaver):
    return make_term(make_post(alliance, "Koordination"), leaver)


class TestWhichRole:
    def test_by_kind_and_scope(self, alliance):
        district = make_district()
        chamber = make_organisation(kind=OrganisationKind.CHAMBER)
        company = make_organisation(kind=OrganisationKind.COMPANY)
        expected = [
            (
                make_post(alliance, kind=PostKind.COORDINATOR),
                Role.ALLIANCE_COORDINATOR,
                alliance.pk,
            ),
            (make_post(district, kind=PostKind.SOCIAL_PLANNER), Role.DISTRICT_PLANNER, district.pk),
            (make_post(chamber, is_contact=True), Role.CHAMBER, chamber.pk),
            (make_post(company, is_contact=True), Role.MEMBER, company.pk),
        ]
        for post, role, number in expected:
            assert post_roles.role_of(post) == (role, number)

    def test_none_for_what_is_given_by_hand(self, alliance):
        office = make_organisation(kind=OrganisationKind.COORDINATION_OFFICE)
        company = make_organisation(kind=OrganisationKind.COMPANY)
        for post in (
            make_post(office, is_contact=True), make_post(alliance, kind=PostKind.SPEAKER),
            make_post(company, is_contact=False),
        ):  # fmt: skip
            assert post_roles.role_of(post) is None


def test_the_successors_account_can_work_from_the_first_day(term, leaver, successor):
    finish(make_handover(term, successor=successor))
    assert roles(leaver.user, LAST_DAY) == [Role.ALLIANCE_COORDINATOR]
    assert roles(leaver.user, FIRST_DAY) == []
    assert roles(successor.user, LAST_DAY) == []
    assert roles(successor.user, FIRST_DAY) == [Role.ALLIANCE_COORDINATOR]


def test_whoever_may_not_give_roles_leaves_that_to_the_office(term, leaver, successor):
    done = finish(make_handover(term, successor=successor), may_give_roles=False)
    assert roles(leaver.user, FIRST_DAY) == []
    assert roles(successor.user, FIRST_DAY) == []
    assert done.new_term is not None
    assert post_roles.lacks_role(done.new_term, FIRST_DAY)
    assert handovers.give_role(handover=done, actor=None, today=date(2026, 11, 23)) is True
    assert roles(successor.user, FIRST_DAY) == [Role.ALLIANCE_COORDINATOR]
    assert not post_roles.lacks_role(done.new_term, FIRST_DAY)
    assert handovers.give_role(handover=done, actor=None, today=date(2026, 11, 23)) is False


def test_there_is_nothing_to_give_without_a_successor(term):
    make_office()
    done = finish(make_handover(term))
    assert handovers.give_role(handover=done, actor=None, today=FIRST_DAY) is False


def test_undo_gives_the_role_back(term, leaver, successor):
    undo(finish(make_handover(term, successor=successor)))
    assert roles(leaver.user, FIRST_DAY) == [Role.ALLIANCE_COORDINATOR]
    assert roles(successor.user, FIRST_DAY) == []


def test_who_holds_a_second_post_of_the_alliance_keeps_the_role(alliance, term, leaver):
    make_office()
    make_term(make_post(alliance, "Zweite Koordination"), leaver)
    finish(make_handover(term))
    assert roles(leaver.user, FIRST_DAY) == [Role.ALLIANCE_COORDINATOR]


def test_people_without_an_account_change_nothing(alliance):
    make_office()
    term = make_term(make_post(alliance, "Koordination"))
    done = finish(make_handover(term, successor=make_person()))
    assert (done.roles_ended, done.roles_given) == ([], [])
    assert done.new_term is not None
    assert not post_roles.lacks_role(done.new_term, FIRST_DAY)


def test_a_role_that_is_held_already_is_not_given_twice(term, successor, alliance):
    from buendnisnetz.accounts.domain.assignments import assign_role  # noqa: PLC0415

    assign_role(
        user=successor.user, role=Role.ALLIANCE_COORDINATOR, scope_id=alliance.pk, actor=None,
        today=date(2026, 1, 1),
    )  # fmt: skip
    done = finish(make_handover(term, successor=successor))
    assert done.roles_given == []
    undo(done)
    assert roles(successor.user, FIRST_DAY) == [Role.ALLIANCE_COORDINATOR]
