"""What waits for somebody in this room."""

from dataclasses import dataclass
from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.counts import counting
from buendnisnetz.core.questions import Compiled
from buendnisnetz.upkeep.domain.queries.corrections import waiting_corrections
from buendnisnetz.upkeep.domain.queries.doubles import waiting_doubles
from buendnisnetz.upkeep.domain.queries.lists import waiting_lists
from buendnisnetz.upkeep.enums import DoubleStatus


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
    """One query; none for whoever keeps nothing here."""
    if access_of(user).is_public:
        return Waiting()
    return Waiting(**_WAITING.one_to(user) or {})


def _waiting(user: Any) -> Compiled | None:
    access = access_of(user)
    wanted: dict[str, Any] = {"corrections": waiting_corrections(user)}
    if access.has(Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.ALLIANCE_COORDINATOR):
        doubles = waiting_doubles(user)
        wanted |= {"lists": waiting_lists(user), "doubles": doubles}
        # Proposals wait for the coordination office, not for whoever made them.
        if access.sees_whole_state:
            wanted["proposed"] = doubles.filter(status=DoubleStatus.PROPOSED)
    return counting(**wanted)


_WAITING = Visible(_waiting)
