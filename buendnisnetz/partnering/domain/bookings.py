"""Using what somebody lends: never more than there is on any day, and only after both agree (S100)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.network.domain.saving import check_order, locked, saved
from buendnisnetz.partnering.domain.introductions import introduce, withdraw_introduction
from buendnisnetz.partnering.domain.letters import Letter
from buendnisnetz.partnering.domain.posts import contact_of
from buendnisnetz.partnering.enums import OPEN_INTRODUCTIONS
from buendnisnetz.partnering.models import Booking, Resource, ResourceWish


class TooMuchError(DomainError):
    """On some day of the period there is less left than was asked for."""

    def __init__(self, resource: Resource, left: int) -> None:
        super().__init__(
            _("Of “%(title)s” only %(left)s %(unit)s are free in this period.")
            % {"title": resource.title, "left": max(0, left), "unit": resource.unit}
        )


class OutsidePeriodError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("It is not offered in the whole of this period."))


class ClosedWishError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This wish is closed. Reopen it first."))


class NobodyToAskError(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s has no post that could be written to. Please add one first.")
            % {"name": name}
        )


class CancelledAlreadyError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This booking was cancelled already."))


def most_at_once(resource: Resource, first_day: date, last_day: date) -> int:
    """How much of a resource is kept on the fullest day of a period."""
    return most_of_each([resource.pk], first_day, last_day).get(resource.pk, 0)


def most_of_each(resources: list[int], first_day: date, last_day: date) -> dict[int, int]:
    """How much of each of these resources is kept on its fullest day of a period; none where no
    booking lies in it. One query."""
    periods: dict[int, list[tuple[int, date, date]]] = {}
    for row in _KEPT.rows(resources=resources, first_day=first_day, last_day=last_day):
        period = (row["amount"], row["first_day"], row["last_day"])
        periods.setdefault(row["resource"], []).append(period)
    return {pk: fullest(found) for pk, found in periods.items()}


_KEPT = Question(
    lambda: (
        Booking.objects.filter(
            one_of("resource", "resources"),
            first_day__lte=Slot("last_day", planned=True),
            last_day__gte=Slot("first_day", planned=True),
        )
        .holding()
        .order_by()
        .values("resource", "amount", "first_day", "last_day")
    )
)


def fullest(periods: Iterable[tuple[int, date, date]]) -> int:
    """The largest sum of amounts that overlap on one day; days are included on both ends."""
    changes: dict[date, int] = {}
    for amount, first_day, last_day in periods:
        changes[first_day] = changes.get(first_day, 0) + amount
        after = last_day + timedelta(days=1)
        changes[after] = changes.get(after, 0) - amount
    level = most = 0
    for day in sorted(changes):
        level += changes[day]
        most = max(most, level)
    return most


def book(
    *,
    resource: Resource,
    wish: ResourceWish,
    amount: int,
    first_day: date,
    last_day: date,
    letter: Letter,
    actor: Any,
    now: datetime,
) -> Booking:
    """Ask for part of a resource by an introduction of the two sides; it is kept until they answer.

    The resource stays locked while its free amount is counted, so that two who ask at the same
    moment cannot both get the last of it. Raises TooMuchError, OutsidePeriodError, ClosedWishError,
    NobodyToAskError, and what :func:`introduce` raises.
    """
    check_order(first_day, last_day)
    with recorded(actor=actor, action="partnering.booking.asked"):
        row = locked(resource)
        if locked(wish).closed_on is not None:
            raise ClosedWishError
        if not (row.holds_on(first_day) and row.holds_on(last_day)):
            raise OutsidePeriodError
        left = row.amount - most_at_once(row, first_day, last_day)
        if amount > left:
            raise TooMuchError(row, left)
        introduction = _introduce(row, wish, letter, actor, now)
        return saved(
            Booking(
                resource=row, wish=wish, introduction=introduction, amount=amount,
                first_day=first_day, last_day=last_day,
            )
        )  # fmt: skip


def _introduce(row: Resource, wish: ResourceWish, letter: Letter, actor: Any, now: datetime) -> Any:
    today = timezone.localdate(now)
    side = wish.working_group or wish.alliance
    lender = contact_of(row.organisation, today)
    borrower = contact_of(side, today) if side else None
    if lender is None:
        raise NobodyToAskError(row.organisation.name)
    if borrower is None:
        raise NobodyToAskError(str(side))
    alliance = wish.alliance or (wish.working_group.alliance if wish.working_group else None)
    return introduce(
        first=borrower, second=lender, alliance=alliance, letter=letter, actor=actor, now=now,
        reason=_("“%(wish)s” and “%(resource)s” fit together") % {"wish": wish.title, "resource": row.title},
    )  # fmt: skip


def cancel_booking(*, booking: Booking, actor: Any, now: datetime) -> Booking:
    """Give a booking back; its question is withdrawn while it is open. Raises CancelledAlreadyError."""
    with recorded(actor=actor, action="partnering.booking.cancelled"):
        row = locked(booking)
        if row.cancelled_on is not None:
            raise CancelledAlreadyError
        row.cancelled_on = timezone.localdate(now)
        saved(row)
        if locked(row.introduction).status in OPEN_INTRODUCTIONS:
            withdraw_introduction(introduction=row.introduction, actor=actor, now=now)
    return row
