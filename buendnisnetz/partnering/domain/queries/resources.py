"""Finding what fits a wish: in the same place first, then in the district, then nearby (S22, S100)."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.conditions import any_of, equal_to_any
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.core.words import words_of
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import Alliance, Organisation, WorkingGroup
from buendnisnetz.partnering.domain.bookings import most_of_each
from buendnisnetz.partnering.domain.places import district_key
from buendnisnetz.partnering.models import Booking, Resource, ResourceWish
from buendnisnetz.territories.domain.queries.neighbours import bordering
from buendnisnetz.territories.models import Territory

MOST_MATCHES = 20


class Match(NamedTuple):
    """A resource that may fit a wish: how much of it is free, and the sentences that say why."""

    public_id: str
    title: str
    whose: str
    place: str
    free: int
    unit: str
    reasons: tuple[str, ...]
    enough: bool


def narrowed(rows: QuerySet[Any], values: dict[str, Any], today: date) -> QuerySet[Any]:
    """Apply the filter of the lists of resources and wishes: what has not ended."""
    if values.get("kind"):
        rows = rows.filter(kind=values["kind"])
    if values.get("district"):
        rows = rows.filter(territory__ags__startswith=values["district"])
    if not values.get("ended"):
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return rows


def matches_for(wish: ResourceWish, today: date) -> list[Match]:
    """What fits a wish, the nearest first, then what has enough. Two queries, and those of a map.

    Only resources of the same kind that are offered on some day of the wish's period.
    """
    first_day = max(wish.valid_from or today, today)
    last_day = max(wish.valid_to or first_day, first_day)
    district = district_key(wish.territory)
    found = _FITTING.rows(
        kind=wish.kind,
        first_day=first_day,
        last_day=last_day,
        territory=wish.territory_id,
        district=district or _NOWHERE,
        beyond=f"{district or _NOWHERE}{_BEYOND}",
        day=today,
    )
    kept = most_of_each([row["pk"] for row in found], first_day, last_day)
    matches = [(row["nearness"], _match(row, wish, kept.get(row["pk"], 0))) for row in found]
    return [match for _nearness, match in sorted(matches, key=_best_first)]


def _best_first(found: tuple[int, Match]) -> tuple[int, bool]:
    nearness, match = found
    return nearness, not match.enough


# No key begins like this.
_NOWHERE = "x"
# Comes after all keys that begin alike.
_BEYOND = "9" * 12


def _fitting() -> QuerySet[Any, Any]:
    key, beyond = Slot("district", CharField()), Slot("beyond", CharField())
    here = Q(territory=Slot("territory"))
    inside = Territory.objects.filter(ags__gte=key, ags__lte=beyond)
    districts = ArraySubquery(bordering(key, Slot("day", planned=True)).values("pk"))
    around = Territory.objects.filter(
        equal_to_any("pk", districts) | equal_to_any("parent", districts)
    )
    nearness = Case(
        When(here, then=Value(0)),
        When(territory__ags__gte=key, territory__ags__lte=beyond, then=Value(1)),
        When(
            equal_to_any("territory", districts) | equal_to_any("territory__parent", districts),
            then=Value(2),
        ),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows: QuerySet[Any] = Resource.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=Slot("last_day", planned=True)),
        Q(valid_to=None) | Q(valid_to__gte=Slot("first_day", planned=True)),
        kind=Slot("kind"),
    )
    # What is farther away is only shown if there is much of it: how near the others are need not be
    # found out, and an index knows the largest.
    largest = rows.order_by("-amount", "pk").values("pk")[:MOST_MATCHES]
    near = any_of("territory", inside.values("pk")) | any_of("territory", around.values("pk"))
    shown: QuerySet[Any, Any] = rows.filter(here | near | any_of("pk", largest))
    shown = shown.annotate(nearness=nearness).order_by("nearness", "-amount", "pk")
    return shown.values(*_SHOWN)[:MOST_MATCHES]


_SHOWN = (
    "pk", "public_id", "title", "kind", "amount", "unit", "conditions", "nearness",
    "organisation__name", "territory__short_name",
)  # fmt: skip
_FITTING = Question(_fitting)

_PLACES = (
    gettext_lazy("In the same place."),
    gettext_lazy("In the same district."),
    gettext_lazy("In a neighbouring district."),
    gettext_lazy("Farther away."),
)


def _match(row: dict[str, Any], wish: ResourceWish, kept: int) -> Match:
    free = row["amount"] - kept
    same_unit = row["unit"].casefold() == wish.unit.casefold()
    enough = free >= wish.amount and same_unit
    kind = words_of(Contribution)[row["kind"]]
    reasons = [str(_PLACES[row["nearness"]]), _("Same kind: %(kind)s.") % {"kind": kind}]
    if enough:
        reasons.append(_("Enough is free."))
    elif same_unit:
        reasons.append(
            _("Only %(free)s of %(amount)s are free.")
            % {"free": max(0, free), "amount": wish.amount}
        )
    else:
        reasons.append(_("Counted in another unit: %(unit)s.") % {"unit": row["unit"] or "–"})
    if row["conditions"]:
        reasons.append(_("Conditions: %(text)s") % {"text": row["conditions"]})
    return Match(
        public_id=row["public_id"],
        title=row["title"],
        whose=row["organisation__name"],
        place=row["territory__short_name"] or "",
        free=max(0, free),
        unit=row["unit"],
        reasons=tuple(reasons),
        enough=enough,
    )


def with_kept(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Adds ``kept``: how much of each resource is in use today."""
    held = Booking.objects.filter(
        resource=OuterRef("pk"), first_day__lte=today, last_day__gte=today
    ).holding()
    amounts = held.order_by().values("resource").annotate(all=Sum("amount")).values("all")
    annotated: QuerySet[Any] = rows.annotate(kept=Coalesce(Subquery(amounts), Value(0)))
    return annotated


def lenders_for(user: Any) -> QuerySet[Organisation]:
    """Organisations for which a user may note what they lend: own ones, and members of own alliances."""
    access = access_of(user)
    rows: QuerySet[Organisation] = Organisation.objects.all()
    if access.sees_whole_state:
        return rows
    members = Q(
        memberships__alliance__in=access.ids(ScopeKind.ALLIANCE), memberships__valid_to=None
    )
    own = Organisation.objects.filter(Q(pk__in=access.ids(ScopeKind.ORGANISATION)) | members)
    return rows.filter(pk__in=own.order_by().values("pk"))


def can_lend(user: Any, organisation: int) -> bool:
    """Whether a user may note what this organisation lends."""
    if access_of(user).sees_whole_state:
        return True
    return _LENDER.one_to(user, organisation=organisation) is not None


_LENDER = Visible(
    lambda user: lenders_for(user).filter(pk=Slot("organisation")).order_by().values("pk")
)


def bookings_of(resource: Resource, user: Any) -> list[Booking]:
    """Who uses a resource when, as far as a user may see it, the latest first."""
    return _BOOKINGS.to(user, resource=resource.pk)


_BOOKINGS = Visible(
    lambda user: (
        Booking.objects.visible_to(user)
        .filter(resource=Slot("resource"))
        .select_related("introduction", "wish__alliance", "wish__working_group")
        .order_by("-first_day", "-pk")
    )
)


def wishing_alliances(user: Any) -> QuerySet[Alliance]:
    """Alliances for which a user may look for something."""
    access = access_of(user)
    rows = Alliance.objects.all()
    if not access.sees_whole_state:
        rows = rows.filter(pk__in=access.ids(ScopeKind.ALLIANCE))
    return rows.order_by("sort_key", "pk")


def wishing_groups(user: Any, today: date) -> QuerySet[WorkingGroup]:
    """Working groups for which a user may look for something."""
    access = access_of(user)
    rows = WorkingGroup.objects.as_of(today)
    if not access.sees_whole_state:
        rows = rows.filter(alliance__in=access.ids(ScopeKind.ALLIANCE))
    return rows.order_by("sort_key", "pk")
