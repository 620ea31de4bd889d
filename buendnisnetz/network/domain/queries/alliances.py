"""Reading alliances: the list, the profile, the balance of partners."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from buendnisnetz.network.enums import AllianceStatus, OrganisationKind, Sector
from buendnisnetz.network.models import (
    Alliance,
    AllianceStatusPeriod,
    AllianceTerritory,
    Membership,
)
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import ChamberDistrict


class Status(NamedTuple):
    """An alliance's state on a day; ``unconfirmed`` if nobody asked for twelve months (S01)."""

    status: AllianceStatus
    evidence: str
    since: date | None
    confirmed_on: date
    unconfirmed: bool


class Balance(NamedTuple):
    """An alliance's members on a day by kind, and how many of them speak for business (S18)."""

    by_kind: list[tuple[OrganisationKind, int]]
    total: int
    business: int

    @property
    def business_share(self) -> float:
        """Between 0 and 1; 0 without members."""
        return self.business / self.total if self.total else 0.0


def twelve_months_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def is_unconfirmed(confirmed_on: date, day: date) -> bool:
    return confirmed_on < twelve_months_before(day)


def status_on(alliance: Alliance, day: date) -> Status | None:
    """The state on a day; None before the alliance's first state."""
    period = alliance.status_periods.as_of(day).first()
    if period is None:
        return None
    return Status(
        AllianceStatus(period.status),
        period.evidence,
        period.valid_from,
        period.confirmed_on,
        is_unconfirmed(period.confirmed_on, day),
    )


def with_status(alliances: QuerySet[Alliance], day: date) -> QuerySet[Any]:
    """Adds status, confirmed_on and member_count as of a day."""
    period = AllianceStatusPeriod.objects.as_of(day).filter(alliance=OuterRef("pk"))
    members = members_on_day(day).filter(alliance=OuterRef("pk")).order_by()
    count = members.values("alliance").annotate(count=Count("pk")).values("count")
    return alliances.annotate(
        status=Subquery(period.values("status")[:1]),
        confirmed_on=Subquery(period.values("confirmed_on")[:1]),
        member_count=Coalesce(Subquery(count), 0),
    )


def narrowed(
    alliances: QuerySet[Alliance], values: dict[str, Any], day: date
) -> QuerySet[Alliance]:
    """Apply the filter of the list."""
    rows: QuerySet[Any] = with_status(alliances, day)
    wanted = values.get("status")
    if wanted == "UNCONFIRMED":
        rows = rows.filter(confirmed_on__lt=twelve_months_before(day))
    elif wanted == "ALL":
        pass
    elif wanted:
        rows = rows.filter(status=wanted)
    else:
        rows = rows.exclude(status=AllianceStatus.DISSOLVED)
    if values.get("district"):
        links = AllianceTerritory.objects.as_of(day).filter(
            territory__ags__startswith=values["district"]
        )
        rows = rows.filter(pk__in=links.values("alliance"))
    return rows


def members_on_day(day: date) -> QuerySet[Membership]:
    """Memberships that hold on a day, of organisations that exist on it."""
    return Membership.objects.as_of(day).filter(
        Q(organisation__valid_to=None) | Q(organisation__valid_to__gte=day)
    )


def members_on(alliance: Alliance, day: date) -> QuerySet[Membership]:
    """An alliance's members on a day with their organisations, in the order of a list."""
    rows = members_on_day(day).filter(alliance=alliance)
    return rows.select_related("organisation").order_by("organisation__sort_key", "pk")


def balance_on(alliance: Alliance, day: date) -> Balance:
    """Members by kind and the share of business, on a day."""
    rows = members_on_day(day).filter(alliance=alliance).order_by()
    counts = dict.fromkeys(OrganisationKind, 0)
    business = 0
    pairs = rows.values_list("organisation__kind", "organisation__sector")
    for kind, sector, count in pairs.annotate(count=Count("pk")):
        counts[OrganisationKind(kind)] += count
        business += count if sector == Sector.BUSINESS else 0
    by_kind = [(kind, count) for kind, count in counts.items() if count]
    by_kind.sort(key=lambda entry: (-entry[1], str(entry[0].label)))
    return Balance(by_kind, sum(counts.values()), business)


def territory_names(alliances: Iterable[int], day: date) -> dict[int, str]:
    """The territories of each alliance on a day, as text; one query for a page of a list."""
    names: dict[int, list[str]] = {}
    links = AllianceTerritory.objects.as_of(day).filter(alliance__in=list(alliances))
    pairs = links.order_by("territory__sort_key", "pk").values_list(
        "alliance", "territory__short_name"
    )
    for alliance, name in pairs:
        names.setdefault(alliance, []).append(name)
    return {alliance: ", ".join(found) for alliance, found in names.items()}


def chambers_of(alliance: Alliance, day: date) -> list[ChamberDistrict]:
    """The chambers whose districts an alliance works in, on a day (S113)."""
    links = alliance.territory_links.as_of(day).select_related("territory")
    keys = {link.territory.ags[:5] for link in links if link.territory.level != Level.STATE}
    rows = ChamberDistrict.objects.as_of(day).filter(territory__ags__in=keys)
    return list(
        rows.select_related("chamber", "chamber__organisation", "territory").order_by(
            "kind", "chamber__name", "territory__sort_key"
        )
    )
