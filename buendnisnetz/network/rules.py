"""Who may change what. What somebody may see, ``visible_to`` of the models decides."""

from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.gate import KEEPERS
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance, Handover, Organisation, Person, Post, WorkingGroup
from buendnisnetz.territories.models import Territory

# Who may open any form of this room at all; the object decides the rest.
EDITORS: tuple[Role, ...] = (
    *KEEPERS,
    Role.ALLIANCE_COORDINATOR,
    Role.DISTRICT_PLANNER,
    Role.CHAMBER,
)
ALLIANCE_EDITORS: tuple[Role, ...] = (*KEEPERS, Role.ALLIANCE_COORDINATOR)


def is_keeper(user: Any) -> bool:
    """The coordination office and the administrator may change everything."""
    return access_of(user).has(*KEEPERS)


def can_see_people(user: Any) -> bool:
    """Lists and pages of people are for those who work in the network."""
    return not access_of(user).is_public


def can_see_history(user: Any) -> bool:
    """Who changed what names people, so the public does not see it."""
    return not access_of(user).is_public


def can_create(user: Any) -> bool:
    """Add organisations and people: also whoever coordinates an alliance meets new ones."""
    return access_of(user).has(*ALLIANCE_EDITORS)


def can_edit_alliance(user: Any, alliance: Alliance) -> bool:
    """Keepers, and the coordination of this alliance; covers members, groups and posts too."""
    access = access_of(user)
    return access.has(*KEEPERS) or (
        access.has(Role.ALLIANCE_COORDINATOR) and alliance.pk in access.ids(ScopeKind.ALLIANCE)
    )


def can_edit_group(user: Any, group: WorkingGroup) -> bool:
    """As the group's alliance; groups of the whole state only by keepers."""
    if group.alliance is None:
        return is_keeper(user)
    return can_edit_alliance(user, group.alliance)


def can_edit_organisation(user: Any, organisation: Organisation) -> bool:
    """Keepers, and a chamber its own house."""
    access = access_of(user)
    return access.has(*KEEPERS) or (
        access.has(Role.CHAMBER)
        and organisation.kind == OrganisationKind.CHAMBER
        and organisation.pk in access.ids(ScopeKind.ORGANISATION)
    )


def can_edit_address(user: Any, organisation: Organisation) -> bool:
    """Whoever holds a role for an organisation keeps its address right."""
    own = organisation.pk in access_of(user).ids(ScopeKind.ORGANISATION)
    return own or can_edit_organisation(user, organisation)


def can_edit_territory_posts(user: Any, territory: Territory) -> bool:
    """Keepers, and the planning of the district that the territory is or lies in."""
    access = access_of(user)
    inside = {territory.pk, territory.parent_id} & access.ids(ScopeKind.DISTRICT)
    return access.has(*KEEPERS) or (access.has(Role.DISTRICT_PLANNER) and bool(inside))


def can_edit_posts_of(user: Any, scope: Any) -> bool:
    """May add posts to this scope and change those that it has."""
    if isinstance(scope, Alliance):
        return can_edit_alliance(user, scope)
    if isinstance(scope, WorkingGroup):
        return can_edit_group(user, scope)
    if isinstance(scope, Territory):
        return can_edit_territory_posts(user, scope)
    return can_edit_organisation(user, scope) or _is_own_administration(user, scope)


def can_edit_post(user: Any, post: Post) -> bool:
    """As the posts of its scope."""
    scope = post.organisation or post.alliance or post.working_group or post.territory
    return can_edit_posts_of(user, scope)


def can_edit_handover(user: Any, handover: Handover) -> bool:
    """As the post that is handed over."""
    return can_edit_post(user, handover.term.post)


def can_note_handover(user: Any, handover: Handover) -> bool:
    """Also whoever leaves, and the mentor, write down what the successor has to know."""
    number = access_of(user).user_id
    own = {handover.term.person.user_id, handover.mentor.user_id if handover.mentor else None}
    return (number is not None and number in own) or can_edit_handover(user, handover)


def can_export_person(user: Any, person: Person) -> bool:
    """Everything that is stored about a person: for keepers, and for the person (GDPR Art. 15)."""
    own = person.user_id is not None and person.user_id == access_of(user).user_id
    return own or is_keeper(user)


def _is_own_administration(user: Any, organisation: Organisation) -> bool:
    """A district's planner keeps the posts of the district's own administration."""
    access = access_of(user)
    return (
        access.has(Role.DISTRICT_PLANNER)
        and organisation.kind == OrganisationKind.DISTRICT_ADMINISTRATION
        and organisation.territory_id in access.ids(ScopeKind.DISTRICT)
    )
