"""Writing memberships of organisations in alliances."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import edited, ended, locked, reopened, saved
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import Alliance, Membership, Organisation


class AlreadyMemberError(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s is a member in that period already. Please look at its membership.")
            % {"name": name}
        )


def begin_membership(
    *,
    alliance: Alliance,
    organisation: Organisation,
    since: date | None,
    contributions: Sequence[Contribution],
    note: str,
    actor: Any,
) -> Membership:
    """Let an organisation join. Raises AlreadyMemberError."""
    with recorded(actor=actor, action="network.membership.begun"):
        locked(alliance)
        later = Membership.objects.filter(alliance=alliance, organisation=organisation)
        if since is not None:
            later = later.exclude(valid_to__lt=since)
        if later.exists():
            raise AlreadyMemberError(organisation.name)
        return saved(
            Membership(
                alliance=alliance,
                organisation=organisation,
                valid_from=since,
                contributions=list(contributions),
                note=note,
            )
        )


def edit_membership(
    *,
    membership: Membership,
    version: int,
    since: date | None,
    contributions: Sequence[Contribution],
    note: str,
    actor: Any,
) -> Membership:
    """Change since when, with what and how an organisation takes part. Raises EditConflictError."""
    with recorded(actor=actor, action="network.membership.edited"):
        values = {"valid_from": since, "contributions": list(contributions), "note": note}
        return edited(membership, version, values)


def end_membership(
    *, membership: Membership, last_day: date, reason: str, actor: Any
) -> Membership:
    """Let an organisation leave, with the reason. Raises AlreadyEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="network.membership.ended"):
        return ended(membership, last_day, end_reason=reason)


def reopen_membership(*, membership: Membership, actor: Any) -> Membership:
    """Undo :func:`end_membership`."""
    with recorded(actor=actor, action="network.membership.reopened"):
        return reopened(membership, end_reason="")
