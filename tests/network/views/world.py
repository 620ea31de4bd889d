"""A small network that page tests walk through."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import (
    Alliance,
    Charge,
    GroupMembership,
    Handover,
    Membership,
    Organisation,
    Person,
    Post,
    Term,
    WorkingGroup,
)
from buendnisnetz.territories.models import Territory
from tests.factories.network import (
    make_alliance,
    make_group,
    make_group_member,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.succession import make_charge, make_handover
from tests.factories.territories import make_district


@dataclass
class World:
    """One of each, and a user for each role."""

    district: Territory
    organisation: Organisation
    alliance: Alliance
    membership: Membership
    group: WorkingGroup
    group_member: GroupMembership
    post: Post
    person: Person
    term: Term
    users: dict[Role, User]

    @cached_property
    def other_term(self) -> Term:
        """A second post of the alliance, with its holder."""
        return make_term(make_post(self.alliance, "Sprecherkreis", kind=PostKind.SPEAKER))

    @cached_property
    def charge(self) -> Charge:
        return make_charge(self.other_term.post, make_alliance("Bündnis Nebenan", self.district))

    @cached_property
    def handover(self) -> Handover:
        """One that is being prepared."""
        return make_handover(self.other_term)

    def address(self, name: str) -> str:
        """The address of any page of this room, with this world's rows."""
        return reverse(f"network:{name}", kwargs=self._arguments(name))

    def _arguments(self, name: str) -> dict[str, Any]:
        if name in {f"{noun}_{page}" for noun in NOUNS for page in ("list", "create")} - {
            "post_create"
        }:
            return {}
        if name in {"term_list", "vacancy_list", "slot_list", "tenure", "handover_list"}:
            return {}
        special: dict[str, dict[str, Any]] = {
            "contact_answer": {"token": "abgelaufen"},
            "handover_start": {"public_id": self.term.public_id},
            "choices": {"kind": "organisationen"},
            "post_create": {"scope": "buendnis", "public_id": self.alliance.public_id},
            "person_consent_withdraw": {"public_id": self.person.public_id, "kind": "PUBLIC_NAME"},
            "group_member_end": {"public_id": self.group_member.public_id},
            "group_member_reopen": {"public_id": self.group_member.public_id},
        }
        if name in special:
            return special[name]
        if name.startswith("alliance_"):
            return {"slug": self.alliance.slug}
        if name.startswith("territory_link_"):
            return {"public_id": self.alliance.territory_links.get().public_id}
        return {"public_id": getattr(self, name.split("_")[0]).public_id}


NOUNS = ("alliance", "organisation", "person", "post", "group")


def make_world() -> World:
    district = make_district("16051", "Musterkreis")
    organisation = make_organisation(
        "Musterkammer", kind=OrganisationKind.CHAMBER, territory=district, city="Musterstadt",
        email="info@musterkammer.example",
    )  # fmt: skip
    alliance = make_alliance("Bündnis Musterstadt", district, email="post@buendnis.example")
    group = make_group("Arbeitskreis Pflege", alliance=alliance)
    post = make_post(
        alliance, "Koordination", kind=PostKind.COORDINATOR, is_contact=True,
        email="koordination@buendnis.example",
    )  # fmt: skip
    person = make_person("Sorgsam", "Ada")
    scopes = {
        Role.DISTRICT_PLANNER: district, Role.ALLIANCE_COORDINATOR: alliance,
        Role.CHAMBER: organisation, Role.MEMBER: organisation,
    }  # fmt: skip
    return World(
        district=district, organisation=organisation, alliance=alliance,
        membership=make_membership(alliance, organisation), group=group,
        group_member=make_group_member(group, organisation), post=post, person=person,
        term=make_term(post, person, date(2020, 1, 1)),
        users={role: make_user(role, scopes.get(role)) for role in Role},
    )  # fmt: skip
