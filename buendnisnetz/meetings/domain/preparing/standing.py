"""Items that every meeting of a body has by itself, and leaving one out with a reason (S109)."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.editions.guard import check_writable
from buendnisnetz.meetings.domain.preparing.agenda import add_item, close_gap
from buendnisnetz.meetings.models import AgendaItem, Meeting, StandingItem, StandingOmission


class ReasonMissingError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please say why the item is left out."))


class EndedAlreadyError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This standing item has ended already."))


def standing_for(meeting: Meeting) -> QuerySet[StandingItem]:
    """What belongs on a meeting's agenda on its day: the state's items and those of its alliance."""
    group = meeting.working_group
    alliance = meeting.alliance_id or (group.alliance_id if group else None)
    rows: QuerySet[StandingItem] = StandingItem.objects.as_of(meeting.held_on).filter(
        Q(alliance=None) | Q(alliance=alliance), meeting_kind__in=("", meeting.kind)
    )
    return rows.order_by("pk")


def put_standing_items(*, meeting: Meeting, actor: Any) -> int:
    """Add what belongs on the agenda and is neither there nor left out. Raises FrozenError."""
    there = meeting.agenda.exclude(standing=None).values("standing")
    left_out = meeting.omissions.values("item")
    rows = list(standing_for(meeting).exclude(pk__in=there).exclude(pk__in=left_out))
    for row in rows:
        add_item(
            meeting=meeting,
            actor=actor,
            title=row.title,
            kind=row.kind,
            duration=row.duration,
            standing=row,
        )
    return len(rows)


def leave_out(*, item: AgendaItem, reason: str, actor: Any) -> StandingOmission:
    """Take a standing item off a meeting's agenda. Raises ReasonMissingError, FrozenError."""
    with recorded(actor=actor, action="meetings.standing.left_out"):
        check_writable(meeting=item.meeting)
        if not reason.strip():
            raise ReasonMissingError
        omission, _made = StandingOmission.objects.update_or_create(
            meeting=item.meeting, item=item.standing, defaults={"reason": reason.strip()}
        )
        item.delete()
        close_gap(item.meeting)
        return omission


def take_back(*, omission: StandingOmission, actor: Any) -> AgendaItem:
    """Put an item that was left out back on the agenda. Raises FrozenError."""
    with recorded(actor=actor, action="meetings.standing.put_back"):
        check_writable(meeting=omission.meeting)
        row = omission.item
        omission.delete()
        return add_item(
            meeting=omission.meeting,
            actor=actor,
            title=row.title,
            kind=row.kind,
            duration=row.duration,
            standing=row,
        )


def create_standing_item(*, actor: Any, **values: Any) -> StandingItem:
    """From now on new meetings have it; ``values`` are its fields."""
    with recorded(actor=actor, action="meetings.standing.created"):
        row = StandingItem(**values)
        row.full_clean()
        row.save()
        return row


def end_standing_item(*, item: StandingItem, last_day: date, actor: Any) -> StandingItem:
    """New meetings after this day do without; agendas that hold it keep it. Raises EndedAlreadyError."""
    with recorded(actor=actor, action="meetings.standing.ended"):
        row: StandingItem = StandingItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if row.valid_to is not None:
            raise EndedAlreadyError
        row.valid_to = last_day
        row.version += 1
        row.save()
        return row
