"""Writing stakeholders: their marks, and invitations with answers (S82, S90, S111)."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.domain.saving import edited, locked, saved
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.partnering.enums import InvitationAnswer
from buendnisnetz.partnering.models import Stakeholder, StakeholderInvitation


class StakeholderFacts(TypedDict, total=False):
    """What is thought of a stakeholder."""

    interest: int
    influence: int
    position: str
    holder: Post | None


class InvitationInFutureError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This day lies in the future. Please give the day of the invitation."))


def add_stakeholder(
    *,
    organisation: Organisation,
    alliance: Alliance | None,
    actor: Any,
    **facts: Unpack[StakeholderFacts],
) -> Stakeholder:
    """Put a body on the list of an alliance or of the coordination office. Raises RuleBrokenError."""
    with recorded(actor=actor, action="partnering.stakeholder.added"):
        return saved(Stakeholder(organisation=organisation, alliance=alliance, **facts))


def edit_stakeholder(
    *, stakeholder: Stakeholder, version: int, actor: Any, **facts: Unpack[StakeholderFacts]
) -> Stakeholder:
    """Change what is thought of a stakeholder. Raises EditConflictError."""
    with recorded(actor=actor, action="partnering.stakeholder.edited"):
        return edited(stakeholder, version, facts)


def invite(
    *,
    stakeholder: Stakeholder,
    invited_on: date,
    actor: Any,
    today: date,
    meeting: Meeting | None = None,
    occasion: str = "",
) -> StakeholderInvitation:
    """Note that a body was invited to a meeting or an occasion.

    Raises InvitationInFutureError, RuleBrokenError.
    """
    if invited_on > today:
        raise InvitationInFutureError
    with recorded(actor=actor, action="partnering.invitation.sent"):
        return saved(
            StakeholderInvitation(
                stakeholder=stakeholder,
                meeting=meeting,
                occasion=occasion.strip()[:200],
                invited_on=invited_on,
            )
        )


def note_answer(
    *,
    invitation: StakeholderInvitation,
    answer: InvitationAnswer,
    answered_on: date | None,
    words: str,
    actor: Any,
) -> StakeholderInvitation:
    """Note what a body answered; "no answer yet" takes a wrong answer back. Raises RuleBrokenError."""
    with recorded(actor=actor, action="partnering.invitation.answered"):
        row = locked(invitation)
        row.answer, row.words = answer, words.strip()[:300]
        row.answered_on = None if answer == InvitationAnswer.OPEN else answered_on
        return saved(row)
