"""The first administrator, and the way back in when nobody can sign in any more."""

from contextlib import suppress
from datetime import datetime

from django.contrib.auth.password_validation import validate_password

from buendnisnetz.accounts.domain.assignments import RoleHeldError, assign_role
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.audit.tracking import recorded


def appoint_administrator(*, email: str, display_name: str, password: str, now: datetime) -> User:
    """Give an account, new or old, this password and the administrator's role.

    Only for whoever may run commands on the server; no actor therefore. Raises Django's
    ``ValidationError`` for a weak password.
    """
    with recorded(actor=None, action="accounts.administrator.appointed"):
        user = User.objects.select_for_update(of=("self",)).filter(email__iexact=email).first()
        user = user or User(email=email.strip().lower(), joined_at=now)
        user.display_name = display_name.strip() or user.display_name or user.email
        validate_password(password, user)
        user.set_password(password)
        user.is_active = True
        user.save()
        with suppress(RoleHeldError):
            assign_role(
                user=user, role=Role.ADMINISTRATOR, scope_id=None, actor=None, today=now.date()
            )
    return user
