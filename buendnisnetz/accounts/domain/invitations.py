"""Accounts by invitation: the only way in."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from buendnisnetz.accounts.models import Assignment, Invitation, User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.notifications.outbox import queue_mail

VALID_FOR = timedelta(days=14)


class InvitationClosedError(DomainError):
    """The link was used, withdrawn or is too old."""

    def __init__(self) -> None:
        super().__init__(_("This invitation is no longer valid. Please ask for a new one."))


class AddressTakenError(DomainError):
    """There is an account with this address already."""

    def __init__(self) -> None:
        super().__init__(
            _("There is already an account with this address. You can give it another role there.")
        )


def invite(
    *,
    email: str,
    display_name: str,
    role: Role,
    scope_id: int | None,
    site: str,
    actor: User,
    now: datetime,
) -> Invitation:
    """Invite somebody and queue the mail with the link, in one transaction.

    ``site`` is the address of this installation, for the link. Raises :class:`AddressTakenError`.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise AddressTakenError
    token = secrets.token_urlsafe(32)
    with recorded(actor=actor, action="accounts.invitation.sent"):
        invitation = Invitation.objects.create(
            email=email,
            display_name=display_name.strip(),
            role=role,
            scope_kind=SCOPE_OF_ROLE[role],
            scope_id=None if SCOPE_OF_ROLE[role] == ScopeKind.STATE else scope_id,
            token_hash=_hash(token),
            invited_by=actor,
            invited_at=now,
            expires_at=now + VALID_FOR,
        )
        queue_mail(
            to=email,
            subject=_("Your invitation to Bündnisnetz"),
            text=_letter(
                invitation, site.rstrip("/") + reverse("accounts:invitation_accept", args=[token])
            ),
            kind="accounts.invitation",
            now=now,
        )
    return invitation


def _letter(invitation: Invitation, link: str) -> str:
    return _(
        "Good day %(name)s,\n\n%(inviter)s invites you to work in Bündnisnetz (role: %(role)s).\n"
        "Please choose a password here, within 14 days:\n\n%(link)s\n\n"
        "If you do not expect this mail, you need do nothing.\n"
    ) % {
        "name": invitation.display_name,
        "inviter": invitation.invited_by.display_name,
        "role": invitation.get_role_display(),
        "link": link,
    }


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(*, token: str, now: datetime) -> Invitation:
    """The invitation behind a link. Raises :class:`InvitationClosedError`."""
    found = Invitation.objects.filter(token_hash=_hash(token)).first()
    if found is None or not found.is_open(now):
        raise InvitationClosedError
    return found


def accept(*, token: str, password: str, now: datetime) -> User:
    """Make the account and its role. Raises :class:`InvitationClosedError`, :class:`AddressTakenError`
    or Django's ``ValidationError`` for a weak password."""
    with recorded(actor=None, action="accounts.invitation.accepted"):
        open_invitation(token=token, now=now)
        invitation = Invitation.objects.select_for_update(of=("self",)).get(token_hash=_hash(token))
        if not invitation.is_open(now):
            raise InvitationClosedError
        user = User(email=invitation.email, display_name=invitation.display_name, joined_at=now)
        validate_password(password, user)
        user.set_password(password)
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError:
            raise AddressTakenError from None
        Assignment.objects.create(
            user=user,
            role=invitation.role,
            scope_kind=invitation.scope_kind,
            scope_id=invitation.scope_id,
            valid_from=timezone.localdate(now),
        )
        invitation.accepted_at, invitation.accepted_by = now, user
        invitation.save()
    return user


def withdraw(*, invitation: Invitation, actor: Any, now: datetime) -> None:
    """Make an open invitation's link useless. Raises :class:`InvitationClosedError`."""
    with recorded(actor=actor, action="accounts.invitation.withdrawn"):
        locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if not locked.is_open(now):
            raise InvitationClosedError
        locked.withdrawn_at = now
        locked.save()
