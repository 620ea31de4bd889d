"""Rows of the network room, made through its own functions, so that every rule held."""

from datetime import date
from itertools import count
from typing import Any

from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role
from buendnisnetz.accounts.models import Assignment, User
from buendnisnetz.network.domain import (
    alliances,
    memberships,
    organisations,
    people,
    posts,
    terms,
    working_groups,
)
from buendnisnetz.network.domain.scopes import Scope
from buendnisnetz.network.enums import AllianceStatus, ConsentKind, OrganisationKind, PostKind
from buendnisnetz.network.models import (
    Alliance,
    GroupMembership,
    Membership,
    Organisation,
    Person,
    Post,
    Term,
    WorkingGroup,
)
from buendnisnetz.territories.models import Territory
from tests.factories.territories import make_district

TODAY = date(2026, 11, 22)
_numbers = count(1)


def make_user(role: Role | None = None, scope: Any = None, email: str = "") -> User:
    """A user who holds a role, for a scope's row where the role needs one."""
    number = next(_numbers)
    user = User.objects.create_user(
        email or f"user{number}@example.org", "geheim-geheim", display_name=f"Konto {number}"
    )
    if role is not None:
        Assignment.objects.create(
            user=user,
            role=role,
            scope_kind=SCOPE_OF_ROLE[role],
            scope_id=scope.pk if scope else None,
            valid_from=date(2020, 1, 1),
        )
    return user


def make_organisation(name: str | None = None, **facts: Any) -> Organisation:
    return organisations.create_organisation(
        name=name or f"Musterverein {next(_numbers)}",
        kind=facts.pop("kind", OrganisationKind.ASSOCIATION),
        actor=None,
        **facts,
    )


def make_person(family_name: str | None = None, given_name: str = "Erika", **facts: Any) -> Person:
    family = family_name or f"Beispielfrau{next(_numbers)}"
    return people.create_person(family_name=family, given_name=given_name, actor=None, **facts)


def make_post(scope: Scope | None = None, title: str = "Koordination", **facts: Any) -> Post:
    return posts.create_post(
        kind=facts.pop("kind", PostKind.COORDINATOR),
        title=title,
        scope=scope or make_organisation(),
        actor=None,
        **facts,
    )


def make_term(
    post: Post | None = None,
    person: Person | None = None,
    valid_from: date | None = date(2020, 1, 1),
    **facts: Any,
) -> Term:
    return terms.begin_term(
        post=post or make_post(),
        person=person or make_person(),
        valid_from=valid_from,
        actor=None,
        **facts,
    )


def make_alliance(
    name: str | None = None,
    territory: Territory | None = None,
    status: AllianceStatus = AllianceStatus.ACTIVE,
    since: date = date(2010, 1, 1),
    confirmed_on: date = TODAY,
    **facts: Any,
) -> Alliance:
    return alliances.create_alliance(
        name=name or f"Bündnis Musterort {next(_numbers)}",
        territories=[territory or make_district()],
        status=status,
        evidence="Anruf",
        since=since,
        actor=None,
        today=confirmed_on,
        **facts,
    )


def make_membership(
    alliance: Alliance | None = None,
    organisation: Organisation | None = None,
    since: date | None = date(2015, 1, 1),
    **facts: Any,
) -> Membership:
    return memberships.begin_membership(
        alliance=alliance or make_alliance(),
        organisation=organisation or make_organisation(),
        since=since,
        contributions=facts.pop("contributions", []),
        note=facts.pop("note", ""),
        actor=None,
    )


def make_group(name: str = "Arbeitskreis Pflege", **facts: Any) -> WorkingGroup:
    return working_groups.create_group(
        name=name, alliance=facts.pop("alliance", None), actor=None, **facts
    )


def make_group_member(
    group: WorkingGroup, organisation: Organisation | None = None, since: date | None = None
) -> GroupMembership:
    return working_groups.add_group_member(
        group=group, organisation=organisation or make_organisation(), since=since, actor=None
    )


def agree(person: Person, kind: ConsentKind = ConsentKind.PUBLIC_NAME) -> None:
    people.give_consent(
        person=person,
        kind=kind,
        text="Mein Name darf öffentlich stehen.",
        evidence="Formular",
        on=date(2020, 1, 1),
        actor=None,
    )
