"""What the pages of alliances and organisations show besides their profile, each in one statement."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

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
    Organisation,
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


class OrganisationPage(NamedTuple):
    """Whose place it took; its posts on the day; where it is or was a member, present ones first; the
    alliances it is the carrier of. Rows have the columns that the page shows."""

    predecessors: list[Organisation]
    posts: list[PostOnDay]
    memberships: list[Membership]
    carried: list[Alliance]


def of_organisation(organisation: Organisation, day: date, user: Any) -> OrganisationPage:
    """What the user may see of it; one query, and for the public one more for names."""
    number = organisation.pk
    found = _OF_ORGANISATION.one_to(user, organisation=number, subject=number, day=day)
    return OrganisationPage(**{**found, "posts": with_holders(found["posts"], user)})


def _of_organisation(user: Any) -> Compiled:
    organisation = Slot("organisation")
    alliances = Alliance.objects.visible_to(user)
    latest = F("valid_to").desc(nulls_first=True)
    return together(
        predecessors=Organisation.objects.visible_to(user)
        .filter(successor=organisation)
        .order_by("sort_key")
        .only("public_id", "name"),
        posts=held_for(user, "organisation"),
        memberships=Membership.objects.filter(
            organisation=organisation, alliance__in=alliances.order_by().values("pk")
        )
        .select_related("alliance")
        .order_by(latest, "alliance__sort_key", "pk")
        .only(
            "valid_from", "valid_to", "contributions", "end_reason", "alliance__slug", "alliance__name",
        ),
        carried=alliances.filter(carrier=organisation).order_by("sort_key").only("slug", "name"),
    )  # fmt: skip


_OF_ORGANISATION = Visible(_of_organisation)
