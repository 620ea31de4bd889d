"""What the page of an alliance shows besides its profile, in one statement."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Compiled, Slot
from buendnisnetz.core.together import together
from buendnisnetz.network.domain.queries.alliances import districts_of_chambers
from buendnisnetz.network.domain.queries.holders import PostOnDay, held_for, with_holders
from buendnisnetz.network.models import (
    Alliance,
    AllianceStatusPeriod,
    AllianceTerritory,
    Membership,
    WorkingGroup,
)
from buendnisnetz.territories.models import ChamberDistrict


class AlliancePage(NamedTuple):
    """Its states, the latest first, and its territories; who is and was a member; posts and chambers
    of the day; groups. Rows have the columns that the page shows."""

    periods: list[AllianceStatusPeriod]
    links: list[AllianceTerritory]
    members: list[Membership]
    posts: list[PostOnDay]
    groups: list[WorkingGroup]
    chambers: list[ChamberDistrict]


def of_alliance(alliance: Alliance, day: date, user: Any) -> AlliancePage:
    """What the user may see of it; one query, and for the public one more for names."""
    number = alliance.pk
    found = _OF_ALLIANCE.one_to(user, alliance=number, subject=number, day=day)
    return AlliancePage(**{**found, "posts": with_holders(found["posts"], user)})


def _of_alliance(user: Any) -> Compiled:
    alliance = Slot("alliance")
    chambers = districts_of_chambers(alliance, Slot("day", planned=True))
    return together(
        periods=AllianceStatusPeriod.objects.filter(alliance=alliance).order_by(
            "-valid_from", "-pk"
        ),
        links=AllianceTerritory.objects.filter(alliance=alliance)
        .select_related("territory")
        .order_by("valid_to", "territory__sort_key", "pk")
        .only("public_id", "valid_from", "valid_to", "territory__name"),
        members=_members(user, alliance),
        posts=held_for(user, "alliance"),
        groups=WorkingGroup.objects.visible_to(user)
        .filter(alliance=alliance)
        .order_by("valid_to", "sort_key", "pk")
        .only("public_id", "name", "valid_from", "valid_to"),
        chambers=chambers.only(
            "kind", "chamber__name", "chamber__organisation__public_id",
            "chamber__organisation__is_public", "territory__short_name",
        ),
    )  # fmt: skip


def _members(user: Any, alliance: Slot) -> QuerySet[Membership]:
    rows = Membership.objects.filter(alliance=alliance).select_related("organisation")
    if access_of(user).is_public:
        rows = rows.filter(organisation__is_public=True)
    return rows.order_by("organisation__sort_key", "valid_from", "pk").only(
        "public_id", "valid_from", "valid_to", "contributions", "note", "end_reason",
        *(f"organisation__{name}" for name in ("public_id", "name", "kind", "sector", "valid_to")),
    )  # fmt: skip


_OF_ALLIANCE = Visible(_of_alliance)
