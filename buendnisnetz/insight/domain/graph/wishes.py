"""What of the network somebody wants to see: period, kinds of tie, kind of picture, filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.models.care import own_alliances

# How long a meeting or an introduction counts as a tie when the network is asked for on one day.
MONTHS_AS_OF = 24
STEPS_AROUND = 2


class Projection(models.TextChoices):
    """What the nodes are tied through."""

    TOGETHER = "TOGETHER", _("who works with whom")
    BODIES = "BODIES", _("who belongs to which body")


@dataclass(frozen=True)
class Period:
    """Ties count that happened or held between the first and the last day.

    With ``on`` those that last have to hold on that day; what happened counts for
    ``MONTHS_AS_OF`` months before it.
    """

    first: date
    last: date
    on: date | None = None


@dataclass(frozen=True)
class Wish:
    """``kinds`` empty: all. ``sector`` narrows organisations; ``territory`` is the beginning of a key."""

    period: Period
    kinds: tuple[str, ...] = ()
    projection: Projection = Projection.TOGETHER
    sector: str = ""
    territory: str = ""

    def told(self) -> dict[str, Any]:
        """The same for a job: see :meth:`heard`."""
        period = self.period
        return {
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "on": period.on and period.on.isoformat(),
            "kinds": list(self.kinds),
            "projection": str(self.projection),
            "sector": self.sector,
            "territory": self.territory,
        }

    @classmethod
    def heard(cls, told: Mapping[str, Any]) -> "Wish":
        """What a job was told."""
        first, last = date.fromisoformat(told["first"]), date.fromisoformat(told["last"])
        return cls(
            Period(first, last, date.fromisoformat(told["on"]) if told["on"] else None),
            tuple(told["kinds"]),
            Projection(told["projection"]),
            told["sector"],
            told["territory"],
        )


@dataclass(frozen=True)
class Reach:
    """How far a user sees: the whole state, or so many steps around own alliances.

    What was reckoned for one reach may be shown to the same again, never to another.
    """

    user_id: int | None
    roles: frozenset[Role]
    everything: bool
    alliances: frozenset[int] = frozenset()
    # All that the roles are held for: each may let somebody see more, or less.
    scopes: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def told(self) -> dict[str, Any]:
        """The same as plain data; equal reaches tell the same."""
        return {
            "user": self.user_id,
            "roles": sorted(self.roles),
            "everything": self.everything,
            "alliances": sorted(self.alliances),
            "scopes": self.scopes,
        }


def reach_of(user: Any) -> Reach:
    access = access_of(user)
    scopes = tuple(sorted((str(kind), tuple(sorted(ids))) for kind, ids in access.scopes.items()))
    everything = access.sees_whole_state or access.has(Role.MINISTRY)
    own = frozenset() if everything else own_alliances(user) or frozenset()
    return Reach(access.user_id, access.roles, everything, own, scopes)
