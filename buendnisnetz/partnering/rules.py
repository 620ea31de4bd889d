"""Who may do what in this room. What somebody sees, ``visible_to`` of the models decides."""

from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.gate import KEEPERS
from buendnisnetz.network.models import Alliance, Post
from buendnisnetz.network.rules import can_edit_organisation
from buendnisnetz.partnering.enums import ContactPointKind
from buendnisnetz.partnering.models import Booking, ContactPoint, Exchange, Introduction, Prospect

# Who wins partners, and who also sees what was handed over to them.
WINNERS: tuple[Role, ...] = (*KEEPERS, Role.ALLIANCE_COORDINATOR)
WITH_CHAMBERS: tuple[Role, ...] = (*WINNERS, Role.CHAMBER)
# Who sees introductions and the inventory: everyone who works here but the ministry.
WORKERS: tuple[Role, ...] = tuple(role for role in Role if role != Role.MINISTRY)
LENDERS: tuple[Role, ...] = (*WINNERS, Role.CHAMBER, Role.MEMBER)


def is_keeper(user: Any) -> bool:
    return access_of(user).has(*KEEPERS)


def wins_partners(user: Any) -> bool:
    return access_of(user).has(*WINNERS)


def can_work_for(user: Any, alliance: Alliance | None) -> bool:
    """The coordination office for every alliance and itself, a coordination for its own alliance."""
    access = access_of(user)
    if access.has(*KEEPERS):
        return True
    own = alliance is not None and alliance.pk in access.ids(ScopeKind.ALLIANCE)
    return own and access.has(Role.ALLIANCE_COORDINATOR)


def can_work_on(user: Any, prospect: Prospect) -> bool:
    """Whoever is on the holder's side reads its notes and moves it on; a chamber never is."""
    return can_work_for(user, prospect.alliance)


def can_edit_contact_points(user: Any, post: Post) -> bool:
    """The coordination office, and a chamber those of its own house."""
    if post.organisation is None:
        return is_keeper(user)
    return can_edit_organisation(user, post.organisation)


def can_edit_contact_point(user: Any, point: ContactPoint) -> bool:
    return can_edit_contact_points(user, point.post)


def contact_kinds(user: Any) -> list[tuple[str, Any]]:
    """Which kinds of contact points a user may add: a chamber only its own."""
    kinds = ContactPointKind.choices
    return list(kinds) if is_keeper(user) else [kinds[0]]


def can_steer(user: Any, introduction: Introduction) -> bool:
    """Whoever asked for an introduction may take it back and note what came of it."""
    return can_work_for(user, introduction.alliance)


def can_note(user: Any, exchange: Exchange) -> bool:
    """The coordination of either group's alliance."""
    sides = (exchange.first_group.alliance, exchange.second_group.alliance)
    return any(can_work_for(user, side) for side in sides)


def can_cancel(user: Any, booking: Booking) -> bool:
    """Whoever asked for it, and whose it is."""
    own = booking.resource.organisation_id in access_of(user).ids(ScopeKind.ORGANISATION)
    return own or can_steer(user, booking.introduction)
