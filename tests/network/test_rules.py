"""Who may change what, asked directly."""

import pytest
from django.contrib.auth.models import AnonymousUser

from buendnisnetz.accounts.enums import Role
from buendnisnetz.network import rules
from buendnisnetz.network.domain.people import link_user
from buendnisnetz.network.domain.queries import posts
from buendnisnetz.network.enums import OrganisationKind
from tests.factories.network import (
    make_alliance,
    make_group,
    make_organisation,
    make_person,
    make_post,
    make_user,
)
from tests.factories.territories import make_district, make_municipality

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
KEEPERS = {Role.STATE_COORDINATION, Role.ADMINISTRATOR}


def _who(check, *, scopes=None):
    """The roles for which a check says yes; each held for its scope."""
    own = scopes or {}
    default = {
        Role.DISTRICT_PLANNER: make_district(), Role.ALLIANCE_COORDINATOR: make_alliance(),
        Role.CHAMBER: make_organisation(kind=OrganisationKind.CHAMBER),
        Role.MEMBER: make_organisation(),
    }  # fmt: skip
    found = set()
    for role in Role:
        user = make_user(role, own.get(role) or default.get(role))
        if check(user):
            found.add(role)
    return found


def test_the_public_changes_and_sees_nothing_personal():
    body, alliance = make_organisation(), make_alliance()
    for user in (NOBODY, make_user()):
        assert not rules.can_see_people(user)
        assert not rules.can_see_history(user)
        assert not rules.can_create(user)
        assert not rules.can_edit_alliance(user, alliance)
        assert not rules.can_edit_address(user, body)
        assert not rules.can_export_person(user, make_person())


def test_every_role_sees_people():
    assert _who(rules.can_see_people) == set(Role)


def test_who_adds_organisations_and_people():
    assert _who(rules.can_create) == KEEPERS | {Role.ALLIANCE_COORDINATOR}


def test_only_the_own_alliance():
    alliance = make_alliance()
    own = {Role.ALLIANCE_COORDINATOR: alliance}
    assert _who(lambda user: rules.can_edit_alliance(user, alliance)) == KEEPERS
    assert _who(lambda user: rules.can_edit_alliance(user, alliance), scopes=own) == KEEPERS | {
        Role.ALLIANCE_COORDINATOR
    }


def test_groups_of_the_state_are_for_keepers():
    alliance = make_alliance()
    own = {Role.ALLIANCE_COORDINATOR: alliance}
    state, group = make_group(), make_group(alliance=alliance)
    assert _who(lambda user: rules.can_edit_group(user, state), scopes=own) == KEEPERS
    assert _who(lambda user: rules.can_edit_group(user, group), scopes=own) == KEEPERS | {
        Role.ALLIANCE_COORDINATOR
    }


def test_a_chamber_changes_its_house_a_member_its_address():
    house = make_organisation(kind=OrganisationKind.CHAMBER)
    own = {Role.CHAMBER: house, Role.MEMBER: house}
    assert _who(lambda user: rules.can_edit_organisation(user, house), scopes=own) == KEEPERS | {
        Role.CHAMBER
    }
    assert _who(lambda user: rules.can_edit_address(user, house), scopes=own) == KEEPERS | {
        Role.CHAMBER, Role.MEMBER,
    }  # fmt: skip


def test_the_role_of_a_chamber_is_no_key_to_a_company():
    company = make_organisation(kind=OrganisationKind.COMPANY)
    own = {Role.CHAMBER: company}
    assert _who(lambda user: rules.can_edit_organisation(user, company), scopes=own) == KEEPERS


@pytest.mark.parametrize("place", ["district", "town", "administration"])
def test_a_planner_keeps_the_posts_of_the_district(place):
    district = make_district()
    scope = {
        "district": district,
        "town": make_municipality(district),
        "administration": make_organisation(
            kind=OrganisationKind.DISTRICT_ADMINISTRATION, territory=district
        ),
    }[place]
    post = make_post(scope)
    own = {Role.DISTRICT_PLANNER: district}
    assert _who(lambda user: rules.can_edit_post(user, post), scopes=own) == KEEPERS | {
        Role.DISTRICT_PLANNER
    }
    assert _who(lambda user: rules.can_edit_post(user, post)) == KEEPERS


def test_a_planner_leaves_other_houses_of_the_district_alone():
    district = make_district()
    company = make_organisation(kind=OrganisationKind.COMPANY, territory=district)
    own = {Role.DISTRICT_PLANNER: district}
    assert _who(lambda user: rules.can_edit_posts_of(user, company), scopes=own) == KEEPERS


def test_posts_of_alliances_and_groups_go_with_the_alliance():
    alliance = make_alliance()
    own = {Role.ALLIANCE_COORDINATOR: alliance}
    for scope in (alliance, make_group(alliance=alliance)):
        post = make_post(scope)
        assert _who(lambda user, post=post: rules.can_edit_post(user, post), scopes=own) == (
            KEEPERS | {Role.ALLIANCE_COORDINATOR}
        )


def test_own_data_for_the_person():
    person, user = make_person(), make_user(Role.MEMBER, make_organisation())
    assert not rules.can_export_person(user, person)
    person = link_user(person=person, user=user, actor=None)
    assert rules.can_export_person(user, person)


@pytest.mark.parametrize("role", [None, *Role])
def test_posts_of_a_list_are_asked_for_at_once(role, django_assert_max_num_queries):
    district = make_district()
    alliance = make_alliance()
    chamber = make_organisation(kind=OrganisationKind.CHAMBER)
    office = make_organisation(kind=OrganisationKind.DISTRICT_ADMINISTRATION, territory=district)
    scopes = (
        alliance, make_alliance(), make_group(alliance=alliance), make_group(), chamber, office,
        make_organisation(), district, make_municipality(district), make_district(),
    )  # fmt: skip
    made = [make_post(scope) for scope in scopes]
    own = {
        Role.DISTRICT_PLANNER: district, Role.ALLIANCE_COORDINATOR: alliance,
        Role.CHAMBER: chamber, Role.MEMBER: chamber,
    }  # fmt: skip
    user = make_user(role, own.get(role)) if role else NOBODY
    one_by_one = {post.public_id for post in made if rules.can_edit_post(user, post)}
    with django_assert_max_num_queries(1):
        assert posts.editable_among([post.public_id for post in made], user) == one_by_one
