"""Who sees which task, and who may work on it: written down by hand."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.network.enums import PostKind
from buendnisnetz.tasks.models import Task
from buendnisnetz.tasks.rules import can_work_on
from tests.factories.network import (
    make_alliance,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.tasks import make_task
from tests.factories.territories import make_district

pytestmark = pytest.mark.django_db

STATE = {"state"}
EVERYTHING = {
    "state", "for all", "own alliance", "other alliance", "alliance post", "organisation post",
    "district post", "held", "deputised",
}  # fmt: skip
VISIBLE = {
    "coordination": EVERYTHING,
    "administrator": EVERYTHING,
    # Never what belongs to an alliance (S72).
    "ministry": EVERYTHING - {"own alliance", "other alliance"},
    "alliance": {"own alliance", "alliance post", "for all"},
    "planner": {"district post"},
    "chamber": {"organisation post"},
    "member": {"organisation post"},
    "holder": {"held"},
    "deputy": {"deputised"},
    "nobody": set(),
    "visitor": set(),
}
WORKABLE = VISIBLE | {"ministry": set(), "alliance": {"own alliance", "alliance post"}}


@dataclass
class World:
    users: dict[str, User | AnonymousUser]
    tasks: dict[str, Task]

    def named(self, rows) -> set[str]:
        names = {task.pk: name for name, task in self.tasks.items()}
        return {names[row.pk] for row in rows}


def _member(role: Role = Role.MEMBER, post=None) -> User:
    """A user with a role at an organisation of no interest, who may hold a post."""
    user = make_user(role, make_organisation())
    if post is not None:
        make_term(post, make_person(user=user))
    return user


@pytest.fixture
def world() -> World:
    alliance, body, district = make_alliance(), make_organisation(), make_district()
    held = make_post(make_organisation())
    stand_in = make_post(make_organisation())
    deputised = make_post(make_organisation(), deputy=stand_in)
    planner = {"kind": PostKind.SOCIAL_PLANNER}
    tasks = {
        "state": make_task(),
        "for all": make_task(for_all_alliances=True),
        "own alliance": make_task(alliance=alliance),
        "other alliance": make_task(alliance=make_alliance()),
        "alliance post": make_task(holder=make_post(alliance)),
        "organisation post": make_task(holder=make_post(body)),
        "district post": make_task(holder=make_post(district, "Sozialplanung", **planner)),
        "held": make_task(holder=held),
        "deputised": make_task(holder=deputised),
    }
    users = {
        "coordination": make_user(Role.STATE_COORDINATION),
        "administrator": make_user(Role.ADMINISTRATOR),
        "ministry": make_user(Role.MINISTRY),
        "alliance": make_user(Role.ALLIANCE_COORDINATOR, alliance),
        "planner": make_user(Role.DISTRICT_PLANNER, district),
        "chamber": make_user(Role.CHAMBER, body),
        "member": make_user(Role.MEMBER, body),
        "holder": _member(post=held),
        "deputy": _member(post=stand_in),
        "nobody": make_user(),
        "visitor": AnonymousUser(),
    }
    return World(users, tasks)


@pytest.mark.parametrize("who", sorted(VISIBLE))
def test_visible_to(world, who):
    assert world.named(Task.objects.visible_to(world.users[who])) == VISIBLE[who]


@pytest.mark.parametrize("who", sorted(WORKABLE))
def test_can_work_on(world, who):
    user = world.users[who]
    assert {name for name, task in world.tasks.items() if can_work_on(user, task)} == WORKABLE[who]


@pytest.mark.parametrize("who", sorted(VISIBLE))
def test_nobody_works_on_what_they_do_not_see(world, who):
    user = world.users[who]
    visible = set(Task.objects.visible_to(user).values_list("pk", flat=True))
    assert set(Task.objects.workable_by(user).values_list("pk", flat=True)) <= visible


def test_a_successor_has_the_tasks_on_the_first_day(time_machine):
    post = make_post(make_organisation())
    before, after = _member(), _member()
    make_term(post, make_person(user=before), valid_to=date(2026, 11, 30))
    make_term(post, make_person(user=after), valid_from=date(2026, 12, 1))
    task = make_task(holder=post)
    assert [can_work_on(user, task) for user in (before, after)] == [True, False]
    time_machine.move_to("2026-12-01T09:00:00+00:00")
    fresh = [User.objects.get(pk=user.pk) for user in (before, after)]
    assert [can_work_on(user, task) for user in fresh] == [False, True]
    assert list(Task.objects.visible_to(fresh[1])) == [task]


def test_a_former_role_shows_nothing():
    alliance = make_alliance()
    make_task(alliance=alliance)
    user = make_user(Role.ALLIANCE_COORDINATOR, alliance)
    user.assignments.update(valid_to=date(2026, 11, 22))
    assert not Task.objects.visible_to(user).exists()


def test_a_closed_account_shows_nothing():
    user = make_user(Role.STATE_COORDINATION)
    user.is_active = False
    make_task()
    assert not Task.objects.visible_to(user).exists()


@pytest.mark.parametrize("who", ["ministry", "alliance", "holder"])
def test_visible_to_costs_two_queries(world, who, django_assert_num_queries):
    user = world.users[who]
    with django_assert_num_queries(2):
        list(Task.objects.visible_to(user))
