"""Reading alliances: the list, the profile, the balance of partners."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Left

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.network.enums import AllianceStatus, OrganisationKind, Sector
from buendnisnetz.network.models import (
    Alliance,
    AllianceStatusPeriod,
    AllianceTerritory,
    Membership,
    Organisation,
    Post,
)
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import ChamberDistrict, Territory


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
    return status_among(alliance.status_periods.as_of(day), day)


def status_among(periods: Iterable[AllianceStatusPeriod], day: date) -> Status | None:
    """The state on a day among periods that were read already."""
    period = next((period for period in periods if period.holds_on(day)), None)
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
    members = members_on_day(day).filter(alliance=OuterRef("pk")).order_by()
    count = members.values("alliance").annotate(count=Count("pk")).values("count")
    # No two states hold on the same day, so there is one row for each alliance.
    holds = Q(status_periods__valid_from=None) | Q(status_periods__valid_from__lte=day)
    holds &= Q(status_periods__valid_to=None) | Q(status_periods__valid_to__gte=day)
    return alliances.annotate(
        period=FilteredRelation("status_periods", condition=holds),
        status=F("period__status"),
        confirmed_on=F("period__confirmed_on"),
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
    elif wanted and wanted != "ALL":
        rows = rows.filter(status=wanted)
    elif not wanted:
        rows = rows.filter(status__in=_LIVING)
    if values.get("district"):
        links = AllianceTerritory.objects.as_of(day).filter(
            territory__ags__startswith=values["district"]
        )
        rows = rows.filter(pk__in=links.values("alliance"))
    return rows


_LIVING = [status for status in AllianceStatus if status != AllianceStatus.DISSOLVED]


def members_on_day(day: date | Combinable) -> QuerySet[Membership]:
    """Memberships that hold on a day, of organisations that exist on it."""
    ended = Organisation.objects.filter(pk=OuterRef("organisation"), valid_to__lt=day)
    return Membership.objects.as_of(day).filter(~Exists(ended))


def members_on(alliance: Alliance, day: date) -> QuerySet[Membership]:
    """An alliance's members on a day with their organisations, in the order of a list."""
    rows = members_on_day(day).filter(alliance=alliance)
    return rows.select_related("organisation").order_by("organisation__sort_key", "pk")


def split_by_day(
    members: Iterable[Membership], day: date
) -> tuple[list[Membership], list[Membership]]:
    """Those who are members on a day, and those who left before it."""
    rows = list(members)
    present = [row for row in rows if row.holds_on(day) and _exists(row.organisation, day)]
    former = [row for row in rows if row.valid_to is not None and row.valid_to < day]
    return present, former


def _exists(organisation: Organisation, day: date) -> bool:
    return organisation.valid_to is None or organisation.valid_to >= day


def balance_on(alliance: Alliance, day: date) -> Balance:
    """Members by kind and the share of business, on a day."""
    return balance_of(members_on(alliance, day))


def balance_of(members: Iterable[Membership]) -> Balance:
    """The balance of members that were read already, with their organisations."""
    bodies = [member.organisation for member in members]
    counts = Counter(OrganisationKind(body.kind) for body in bodies)
    by_kind = sorted(counts.items(), key=lambda entry: (-entry[1], str(entry[0].label)))
    business = sum(body.sector == Sector.BUSINESS for body in bodies)
    return Balance(by_kind, len(bodies), business)


def territory_links(alliance: Alliance) -> list[AllianceTerritory]:
    """Where an alliance works or worked, with the territories."""
    return _LINKS.rows(alliance=alliance.pk)


_LINKS = Question(
    lambda: (
        AllianceTerritory.objects.filter(alliance=Slot("alliance"))
        .select_related("territory__parent")
        .order_by("valid_to", "territory__sort_key", "pk")
    )
)


def parts_of(alliance: Alliance, user: Any) -> list[Any]:
    """Everything that belongs to an alliance's history, each row with its number alone; one query."""
    rows = _PARTS.to(user, alliance=alliance.pk)
    return [_KINDS_OF_PARTS[row["part"]](pk=row["pk"]) for row in rows]


_KINDS_OF_PARTS: tuple[Any, ...] = (AllianceStatusPeriod, AllianceTerritory, Membership, Post)


def _parts(user: Any) -> QuerySet[Any, Any]:
    alliance = Slot("alliance")
    kinds: list[QuerySet[Any, Any]] = [
        (Post.objects.visible_to(user) if kind is Post else kind._default_manager)
        .filter(alliance=alliance)
        .order_by()
        .annotate(part=Value(number))
        .values("part", "pk")
        for number, kind in enumerate(_KINDS_OF_PARTS)
    ]
    return kinds[0].union(*kinds[1:], all=True)


_PARTS = Visible(_parts)


def chambers_of(alliance: Alliance, day: date) -> list[ChamberDistrict]:
    """The chambers whose districts an alliance works in, on a day (S113)."""
    return _CHAMBERS.rows(alliance=alliance.pk, day=day)


def districts_of_chambers(alliance: Any, day: Any) -> QuerySet[ChamberDistrict]:
    """The same as a queryset, for a number of an alliance or a slot."""
    links = AllianceTerritory.objects.as_of(day).filter(alliance=alliance)
    districts = links.exclude(territory__level=Level.STATE).values(
        district=Left("territory__ags", 5)
    )
    places = Territory.objects.filter(any_of("ags", districts)).values("pk")
    rows: QuerySet[ChamberDistrict] = ChamberDistrict.objects.as_of(day)
    return (
        rows.filter(any_of("territory", places))
        .select_related("chamber__organisation", "territory")
        .order_by("kind", "chamber__name", "territory__sort_key")
    )


_CHAMBERS = Question(lambda: districts_of_chambers(Slot("alliance"), Slot("day", planned=True)))
