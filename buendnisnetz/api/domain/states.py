"""Which state an object belongs to: each state is a body of its own in OParl."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min
from django.db.models.functions import Left

from buendnisnetz.network.models import Alliance, AllianceTerritory
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory


@dataclass(frozen=True)
class States:
    """The states that alliances work in."""

    # By official key.
    names: dict[str, str]
    # The state of each alliance that the public sees, by primary key; of several the first one.
    of_alliance: dict[int, str]

    def of_meeting(self, row: dict[str, Any]) -> str | None:
        """By its alliance, else by its place, else the first one; None if there is none at all."""
        alliance = row["alliance"] or row["working_group__alliance"]
        place = (row["territory__ags"] or "")[:2]
        if alliance in self.of_alliance:
            return self.of_alliance[alliance]
        return place if place in self.names else min(self.names, default=None)


def states_of(today: date) -> States:
    """All bodies; two queries."""
    links = AllianceTerritory.objects.filter(alliance__in=public_alliances())
    rows = links.order_by().values("alliance").annotate(state=Min(Left("territory__ags", 2)))
    of_alliance = dict(rows.values_list("alliance", "state"))
    territories = Territory.objects.filter(level=Level.STATE).as_of(today)
    names = dict(territories.order_by("ags").values_list("ags", "name"))
    used = set(of_alliance.values()) or set(list(names)[:1])
    return States({key: name for key, name in names.items() if key in used}, of_alliance)


def public_alliances() -> Any:
    """Alliances that everybody sees."""
    return Alliance.objects.visible_to(None).order_by()


def network_id(body: str) -> str:
    """The id of the organization that stands for all alliances of a state."""
    return f"land-{body}"
