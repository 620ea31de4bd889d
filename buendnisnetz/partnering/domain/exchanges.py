"""Arranging that two working groups learn from each other, and keeping what came of it (S116)."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.enums import MeetingKind, MeetingStatus
from buendnisnetz.meetings.models import DatePoll, Meeting
from buendnisnetz.network.domain.queries.alliances import twelve_months_before
from buendnisnetz.network.domain.saving import edited, locked, saved
from buendnisnetz.network.models import WorkingGroup
from buendnisnetz.partnering.models import Exchange


class SameGroupError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please choose two different working groups."))


class PairTooSoonError(DomainError):
    """The two had an exchange within the last twelve months, and nobody said that they want another."""

    def __init__(self, last: Exchange) -> None:
        super().__init__(
            _(
                "These two arranged an exchange on %(day)s. If both want another one, tick that it is wanted."
            )
            % {"day": f"{last.agreed_on:%d.%m.%Y}"}
        )


def in_order(one: WorkingGroup, other: WorkingGroup) -> tuple[WorkingGroup, WorkingGroup]:
    """A pair as it is stored: the group with the smaller number first."""
    return (one, other) if one.pk < other.pk else (other, one)


def arrange_exchange(
    *,
    one: WorkingGroup,
    other: WorkingGroup,
    reasons: str,
    actor: Any,
    today: date,
    wanted: bool = False,
) -> Exchange:
    """Note that two groups are to meet. Raises SameGroupError, PairTooSoonError unless ``wanted``."""
    if one.pk == other.pk:
        raise SameGroupError
    first, second = in_order(one, other)
    with recorded(actor=actor, action="partnering.exchange.arranged"):
        locked(first)
        recent = Exchange.objects.filter(
            first_group=first, second_group=second, agreed_on__gt=twelve_months_before(today)
        )
        last = recent.order_by("-agreed_on", "-pk").first()
        if last is not None and not wanted:
            raise PairTooSoonError(last)
        return saved(
            Exchange(first_group=first, second_group=second, agreed_on=today, reasons=reasons)
        )


def meet_at(*, poll: DatePoll, meeting: Meeting, actor: Any) -> Exchange | None:
    """Two groups found a date: the exchange they arranged last and that has no meeting yet gets it.

    None if they arranged none, or if the poll was for something else.
    """
    one, other = poll.working_group, poll.second_group
    if one is None or other is None or poll.kind != MeetingKind.EXCHANGE:
        return None
    first, second = in_order(one, other)
    rows = Exchange.objects.filter(first_group=first, second_group=second, held_on=None)
    waiting = rows.filter(Q(meeting=None) | Q(meeting__status=MeetingStatus.CANCELLED))
    with recorded(actor=actor, action="partnering.exchange.dated"):
        row: Exchange | None = (
            waiting.select_for_update(of=("self",)).order_by("-agreed_on", "-pk").first()
        )
        if row is None:
            return None
        row.meeting = meeting
        return saved(row)


def note_exchange(
    *,
    exchange: Exchange,
    version: int,
    held_on: date | None,
    result: str,
    meeting: Meeting | None,
    actor: Any,
) -> Exchange:
    """Note when they met, in which meeting, and what came of it. Raises EditConflictError."""
    with recorded(actor=actor, action="partnering.exchange.noted"):
        return edited(exchange, version, {"held_on": held_on, "result": result, "meeting": meeting})
