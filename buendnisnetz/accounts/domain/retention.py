"""When personal data of accounts goes."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from buendnisnetz.accounts.models import Invitation, User
from buendnisnetz.audit.tracking import recorded

UNUSED_FOR = timedelta(days=3 * 365)
KEEP_INVITATIONS = timedelta(days=180)


def end_unused_accounts(*, now: datetime) -> int:
    """Close accounts that nobody signed in to for three years and that hold no role."""
    unused = (
        User.objects.filter(is_active=True)
        .filter(
            Q(last_login__lt=now - UNUSED_FOR) | Q(last_login=None, joined_at__lt=now - UNUSED_FOR)
        )
        .exclude(pk__in=_with_current_role(now))
    )
    with recorded(actor=None, action="accounts.user.unused"):
        return unused.update(is_active=False)


def _with_current_role(now: datetime) -> list[int]:
    return list(
        User.objects.filter(
            Q(assignments__valid_to=None) | Q(assignments__valid_to__gte=timezone.localdate(now)),
            assignments__isnull=False,
        ).values_list("pk", flat=True)
    )


def forget_old_invitations(*, now: datetime) -> int:
    """Delete invitations that were never accepted, half a year after they ran out."""
    with recorded(actor=None, action="accounts.invitation.forgotten"):
        deleted, _ = Invitation.objects.filter(
            accepted_at=None, expires_at__lt=now - KEEP_INVITATIONS
        ).delete()
    return deleted
