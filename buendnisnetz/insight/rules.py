"""Who sees and who may change what in this room; not visible is 404."""

from dataclasses import dataclass
from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.gate import KEEPERS
from buendnisnetz.insight.models.care import own_alliances
from buendnisnetz.network.models import Alliance
from buendnisnetz.network.rules import can_edit_territory_posts
from buendnisnetz.territories.models import Territory

# Who may open lists of gaps at all; the list itself shows only what is theirs.
GAP_READERS: tuple[Role, ...] = (
    *KEEPERS,
    Role.ALLIANCE_COORDINATOR,
    Role.DISTRICT_PLANNER,
    Role.CHAMBER,
)
# Figures per district, without names or notes.
DISTRICT_READERS: tuple[Role, ...] = (*KEEPERS, Role.DISTRICT_PLANNER, Role.MINISTRY)
ALLIANCE_KEEPERS: tuple[Role, ...] = (*KEEPERS, Role.ALLIANCE_COORDINATOR)
# The network seen: the whole state, or what lies around an own alliance.
NETWORK_READERS: tuple[Role, ...] = (*KEEPERS, Role.MINISTRY, Role.ALLIANCE_COORDINATOR)
MARKERS: tuple[Role, ...] = (*KEEPERS, Role.DISTRICT_PLANNER)
# What a chamber is shown: the gaps that it can help to close.
CHAMBERS_KEYS: tuple[str, ...] = ("company", "chamber")


@dataclass(frozen=True)
class View:
    """Which alliances' gaps a user sees: all, those named, those in districts, or a chamber's.

    Of what a chamber sees only the gaps in ``CHAMBERS_KEYS`` are shown, and nothing else of the alliance.
    """

    everything: bool = False
    alliances: frozenset[int] = frozenset()
    districts: frozenset[int] = frozenset()
    chambers_of: frozenset[int] = frozenset()

    @property
    def nothing(self) -> bool:
        return not (self.everything or self.alliances or self.districts or self.chambers_of)


def view_of(user: Any) -> View:
    """What of the gap report is a user's to see."""
    access = access_of(user)
    if access.sees_whole_state:
        return View(everything=True)
    planner, chamber = access.has(Role.DISTRICT_PLANNER), access.has(Role.CHAMBER)
    return View(
        alliances=own_alliances(user) or frozenset(),
        districts=access.ids(ScopeKind.DISTRICT) if planner else frozenset(),
        chambers_of=access.ids(ScopeKind.ORGANISATION) if chamber else frozenset(),
    )


def can_keep(user: Any, alliance: Alliance) -> bool:
    """May look into an alliance's inner matters and write them: talks, topics, self-checks, rules."""
    own = own_alliances(user)
    return own is None or alliance.pk in own


def can_set_state_rules(user: Any) -> bool:
    return access_of(user).has(*KEEPERS)


def can_mark(user: Any, territory: Territory) -> bool:
    """May note that a municipality has no contact: whoever keeps the posts there."""
    return can_edit_territory_posts(user, territory)
