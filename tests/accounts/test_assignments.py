"""Giving and ending roles, closing and opening accounts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buendnisnetz.accounts.access import PUBLIC, access_of
from buendnisnetz.accounts.domain import assignments
from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from buendnisnetz.accounts.models import Assignment, User
from buendnisnetz.audit.history import history_of
from tests.factories.network import make_alliance, make_organisation, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def _assign(user, role=Role.MINISTRY, scope_id=None, today=TODAY):
    return assignments.assign_role(user=user, role=role, scope_id=scope_id, actor=None, today=today)


def _end(assignment, today=TODAY):
    assignments.end_role(assignment=assignment, actor=make_user(), today=today)


def _holder(role):
    user = make_user()
    _assign(user, role, 7, TODAY - 999 * DAY)
    return user


class TestAssign:
    @pytest.mark.parametrize("role", Role)
    def test_every_role_has_its_kind_of_scope(self, role):
        made = _assign(make_user(), role, 7)
        kind = SCOPE_OF_ROLE[role]
        assert (made.role, made.scope_kind, made.valid_from) == (role, kind, TODAY)
        assert made.scope_id == (None if kind == ScopeKind.STATE else 7)

    @pytest.mark.parametrize("role", [Role.MINISTRY, Role.CHAMBER])
    def test_twice_the_same_is_refused(self, role):
        user = make_user()
        _assign(user, role, 7)
        with pytest.raises(assignments.RoleHeldError) as caught:
            _assign(user, role, 7)
        assert str(caught.value) == "Diese Rolle gibt es für diesen Bereich schon."
        assert user.assignments.count() == 1

    def test_the_same_role_for_another_scope_is_fine(self):
        user = make_user()
        _assign(user, Role.CHAMBER, 7)
        _assign(user, Role.CHAMBER, 8)
        assert access_of(user).ids(ScopeKind.ORGANISATION) == {7, 8}

    def test_an_ended_role_can_be_given_again(self):
        user = make_user()
        _end(_assign(user, today=TODAY - 9 * DAY))
        _assign(user)
        periods = user.assignments.order_by("valid_from").values_list("valid_from", "valid_to")
        assert list(periods) == [(TODAY - 9 * DAY, TODAY - DAY), (TODAY, None)]

    @pytest.mark.parametrize(("kind", "number"), [("STATE", 7), ("DISTRICT", None)])
    def test_the_database_wants_a_scope_that_fits(self, kind, number):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(
                user=make_user(), role=Role.MINISTRY, scope_kind=kind, scope_id=number
            )


class TestEnd:
    def test_yesterday_was_the_last_day(self):
        user = make_user()
        made = _assign(user, today=TODAY - DAY)
        _end(made)
        made.refresh_from_db()
        assert made.valid_to == TODAY - DAY
        assert not user.assignments.as_of(TODAY).exists()

    def test_given_and_taken_back_on_one_day_it_never_held(self):
        made = _assign(make_user())
        key = made.pk
        _end(made)
        assert not Assignment.objects.filter(pk=key).exists()

    def test_what_has_ended_keeps_its_last_day(self):
        made = _assign(make_user(), today=TODAY - 99 * DAY)
        _end(made, TODAY - 50 * DAY)
        with pytest.raises(assignments.RoleEndedError) as caught:
            _end(made)
        assert str(caught.value) == "Diese Rolle ist schon beendet."
        made.refresh_from_db()
        assert made.valid_to == TODAY - 51 * DAY

    def test_the_last_administrator_stays(self):
        made = _assign(make_user(), Role.ADMINISTRATOR, today=TODAY - DAY)
        with pytest.raises(assignments.LastAdministratorError) as caught:
            _end(made)
        assert "Bitte bestimmen Sie zuerst eine andere." in str(caught.value)
        _assign(make_user(), Role.ADMINISTRATOR, today=TODAY - DAY)
        _end(made)
        made.refresh_from_db()
        assert made.valid_to == TODAY - DAY

    def test_a_closed_administrator_does_not_count(self):
        made = _assign(make_user(), Role.ADMINISTRATOR, today=TODAY - DAY)
        other = make_user(Role.ADMINISTRATOR)
        User.objects.filter(pk=other.pk).update(is_active=False)
        with pytest.raises(assignments.LastAdministratorError):
            _end(made)


class TestClose:
    def test_roles_end_and_nothing_is_deleted(self):
        actor, user = make_user(), make_user(Role.MINISTRY)
        assignments.close_account(user=user, actor=actor, today=TODAY)
        user.refresh_from_db()
        assert user.is_active is False
        assert list(user.assignments.values_list("valid_to", flat=True)) == [TODAY - DAY]
        assert access_of(user) is PUBLIC
        newest = history_of(user)[0]
        assert (newest.actor, newest.action) == (actor.display_name, "Konto geschlossen")
        assert history_of(user.assignments.get())[0].action == "Rolle beendet"

    def test_the_last_administrator_cannot_be_closed(self):
        user = make_user(Role.ADMINISTRATOR)
        with pytest.raises(assignments.LastAdministratorError):
            assignments.close_account(user=user, actor=user, today=TODAY)
        user.refresh_from_db()
        assert user.is_active is True
        assert user.assignments.as_of(TODAY).count() == 1

    def test_reopening_gives_no_role_back(self):
        user = make_user(Role.MINISTRY)
        assignments.close_account(user=user, actor=user, today=TODAY)
        assignments.reopen_account(user=user, actor=user)
        user.refresh_from_db()
        assert (user.is_active, access_of(user).roles) == (True, frozenset())
        assert history_of(user)[0].action == "Konto wieder geöffnet"


class TestAccess:
    def test_nobody_and_visitors_are_the_public(self):
        assert access_of(None) is PUBLIC
        assert (PUBLIC.is_public, PUBLIC.sees_whole_state, PUBLIC.has(*Role)) == (
            True,
            False,
            False,
        )

    def test_it_sorts_what_rooms_ask_for(self, time_machine):
        time_machine.move_to("2026-11-23T09:00:00+00:00")
        user, alliance, body = make_user(), make_alliance(), make_organisation()
        _assign(user, Role.ALLIANCE_COORDINATOR, alliance.pk)
        _assign(user, Role.MEMBER, body.pk)
        access = access_of(user)
        assert access.roles == {Role.ALLIANCE_COORDINATOR, Role.MEMBER}
        assert access.ids(ScopeKind.ALLIANCE) == {alliance.pk}
        assert access.ids(ScopeKind.DISTRICT) == frozenset()
        assert (access.user_id, access.sees_whole_state) == (user.pk, False)

    @pytest.mark.parametrize("role", Role)
    def test_two_roles_keep_the_whole_state(self, role):
        expected = role in {Role.STATE_COORDINATION, Role.ADMINISTRATOR}
        assert access_of(_holder(role)).sees_whole_state is expected

    def test_it_asks_once(self, django_assert_num_queries):
        user = make_user(Role.MINISTRY)
        with django_assert_num_queries(1):
            assert access_of(user) is access_of(user)

    def test_the_day_changes_at_midnight_in_germany(self, time_machine):
        user = make_user()
        _assign(user, today=TODAY)
        time_machine.move_to("2026-11-22T22:59:00+00:00", tick=False)
        assert access_of(user).is_public
        time_machine.move_to("2026-11-22T23:01:00+00:00", tick=False)
        assert access_of(User.objects.get(pk=user.pk)).roles == {Role.MINISTRY}


class AccessProperties(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=8))
    def test_giving_and_ending_never_overlaps(self, steps: list[tuple[bool, int]]) -> None:
        """Whatever is given and ended on whatever days, one role holds at most once a day."""
        user, today = make_user(), TODAY
        for give, days in steps:
            today += days * DAY
            held = user.assignments.as_of(today).first()
            if give and held is None:
                _assign(user, today=today)
            elif not give and held is not None:
                _end(held, today)
            assert user.assignments.as_of(today).count() <= 1


def _end_alone(assignment: Assignment) -> str:
    try:
        assignments.end_role(assignment=assignment, actor=assignment.user, today=TODAY)
    except assignments.LastAdministratorError:
        return "bleibt"
    finally:
        connection.close()
    return "beendet"


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other():
    held = [_assign(make_user(), Role.ADMINISTRATOR, today=TODAY - DAY) for _who in "ab"]
    with ThreadPoolExecutor(max_workers=2) as threads:
        assert sorted(threads.map(_end_alone, held)) == ["beendet", "bleibt"]
