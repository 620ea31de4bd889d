"""What waits for somebody in this room."""

from dataclasses import dataclass
from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.upkeep.domain.queries.corrections import waiting_corrections
from buendnisnetz.upkeep.domain.queries.doubles import waiting_doubles
from buendnisnetz.upkeep.domain.queries.lists import waiting_lists


@dataclass(frozen=True)
class Waiting:
    """Numbers for the overview and the start page."""

    lists: int = 0
    doubles: int = 0
    proposed: int = 0
    corrections: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.lists or self.proposed or self.corrections)


def waiting_for(user: Any) -> Waiting:
    """Three queries at most; none for whoever keeps nothing here."""
    access = access_of(user)
    if access.is_public:
        return Waiting()
    corrections = waiting_corrections(user)
    keepers = (Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.ALLIANCE_COORDINATOR)
    if not access.has(*keepers):
        return Waiting(corrections=corrections)
    doubles, proposed = waiting_doubles(user)
    # Proposals wait for the coordination office, not for whoever made them.
    shown = proposed if access.sees_whole_state else 0
    return Waiting(waiting_lists(user), doubles, shown, corrections)
