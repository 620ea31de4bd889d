"""Writing what members can lend and what alliances look for, and what members want to hear of (S22, S100, S102)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import compared, edited, ended, locked, reopened, saved
from buendnisnetz.network.models import Alliance, Organisation, WorkingGroup
from buendnisnetz.partnering.domain.bookings import TooMuchError, most_at_once
from buendnisnetz.partnering.enums import Topic
from buendnisnetz.partnering.models import GroupInterest, InterestProfile, Resource, ResourceWish
from buendnisnetz.territories.models import Territory


class LendableFacts(TypedDict, total=False):
    kind: str
    title: str
    amount: int
    unit: str
    conditions: str
    valid_from: date | None
    valid_to: date | None


class ResourceFacts(LendableFacts, total=False):
    territory: Territory | None


class WishFacts(LendableFacts, total=False):
    territory: Territory


class ClosedWishError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This wish is closed already."))


def offer_resource(
    *, organisation: Organisation, actor: Any, **facts: Unpack[ResourceFacts]
) -> Resource:
    """Note what an organisation can lend; without a place it is where the organisation is."""
    with recorded(actor=actor, action="partnering.resource.offered"):
        place = facts.pop("territory", None) or organisation.territory
        return saved(Resource(organisation=organisation, territory=place, **facts))


def edit_resource(
    *, resource: Resource, version: int, actor: Any, **facts: Unpack[ResourceFacts]
) -> Resource:
    """Change a resource, never below what is booked. Raises EditConflictError, TooMuchError."""
    with recorded(actor=actor, action="partnering.resource.edited"):
        row = compared(resource, version, facts)
        booked = most_at_once(row, date.min, date.max)
        if booked > row.amount:
            raise TooMuchError(row, row.amount - booked)
        return saved(row)


def end_resource(*, resource: Resource, last_day: date, actor: Any) -> Resource:
    """Raises AlreadyEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="partnering.resource.ended"):
        return ended(resource, last_day)


def reopen_resource(*, resource: Resource, actor: Any) -> Resource:
    """Undo :func:`end_resource`."""
    with recorded(actor=actor, action="partnering.resource.reopened"):
        return reopened(resource)


def wish_for(
    *,
    alliance: Alliance | None,
    working_group: WorkingGroup | None,
    actor: Any,
    **facts: Unpack[WishFacts],
) -> ResourceWish:
    """Note what an alliance or a working group looks for. Raises RuleBrokenError."""
    with recorded(actor=actor, action="partnering.resourcewish.created"):
        return saved(ResourceWish(alliance=alliance, working_group=working_group, **facts))


def edit_wish(
    *, wish: ResourceWish, version: int, actor: Any, **facts: Unpack[WishFacts]
) -> ResourceWish:
    """Raises EditConflictError, RuleBrokenError."""
    with recorded(actor=actor, action="partnering.resourcewish.edited"):
        return edited(wish, version, facts)


def close_wish(*, wish: ResourceWish, result: str, actor: Any, today: date) -> ResourceWish:
    """Nobody looks any more; what came of it stays. Raises ClosedWishError."""
    with recorded(actor=actor, action="partnering.resourcewish.closed"):
        row = locked(wish)
        if row.closed_on is not None:
            raise ClosedWishError
        row.closed_on, row.result = today, result.strip()[:300]
        return saved(row)


def reopen_wish(*, wish: ResourceWish, actor: Any) -> ResourceWish:
    """Undo :func:`close_wish`."""
    with recorded(actor=actor, action="partnering.resourcewish.reopened"):
        row = locked(wish)
        row.closed_on, row.result = None, ""
        return saved(row)


def save_profile(
    *,
    organisation: Organisation,
    topics: Sequence[Topic],
    groups: Collection[WorkingGroup],
    actor: Any,
    today: date,
) -> InterestProfile:
    """Note what an organisation wants to hear of: topics, working groups and committees (S102)."""
    with recorded(actor=actor, action="partnering.interestprofile.changed"):
        locked(organisation)
        row = InterestProfile.objects.filter(organisation=organisation).first()
        row = row or InterestProfile(organisation=organisation)
        row.topics, row.changed_on = list(topics), today
        own = GroupInterest.objects.filter(organisation=organisation)
        own.exclude(working_group__in=groups).delete()
        known = set(own.values_list("working_group", flat=True))
        GroupInterest.objects.bulk_create(
            GroupInterest(organisation=organisation, working_group=group, since=today)
            for group in groups
            if group.pk not in known
        )
        return saved(row)
