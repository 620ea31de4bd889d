"""How a state wants the minutes of its bodies approved; read and set here."""

from dataclasses import dataclass
from typing import Any

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.meetings.enums import ApprovalMode
from buendnisnetz.meetings.models import Meeting, MinutesRules
from buendnisnetz.network.domain.saving import edited, locked, saved
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory

DEFAULT_DAYS = 30


@dataclass(frozen=True)
class Rules:
    """How a state wants approvals. ``version`` is 0 as long as nothing was set."""

    mode: ApprovalMode = ApprovalMode.SIGN_IN
    remind_after_days: int = DEFAULT_DAYS
    version: int = 0


def _read(row: MinutesRules | None) -> Rules:
    if row is None:
        return Rules()
    return Rules(ApprovalMode(row.approval_mode), row.remind_after_days, row.version)


def rules_for(meeting: Meeting) -> Rules:
    """The rules of the state that the meeting belongs to; the defaults where none are written."""
    rows = MinutesRules.objects.filter(state__level=Level.STATE)
    place = meeting.territory
    if place is not None:
        rows = rows.filter(state__ags=place.ags[:2])
    return _read(rows.order_by("pk").first())


def rules_of(state: Territory) -> Rules:
    return _read(MinutesRules.objects.filter(state=state).first())


def set_rules(
    *, state: Territory, mode: ApprovalMode, remind_after_days: int, version: int, actor: Any
) -> MinutesRules:
    """Say how a state's approvals by mail link work and when a late one is reminded of.

    Raises EditConflictError, RuleBrokenError.
    """
    values = {"approval_mode": mode, "remind_after_days": remind_after_days}
    with recorded(actor=actor, action="meetings.rules.edited"):
        locked(state)
        present = MinutesRules.objects.filter(state=state).first()
        if present is None:
            return saved(MinutesRules(state=state, **values))
        return edited(present, version, values)
