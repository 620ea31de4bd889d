"""Examples for this room's addresses."""

from typing import Any

from buendnisnetz.accounts.models import Assignment, Invitation, User
from buendnisnetz.core.examples import register


def _user() -> dict[str, Any] | None:
    user = User.objects.order_by("pk").first()
    return {"public_id": user.public_id} if user else None


def _role() -> dict[str, Any] | None:
    row = Assignment.objects.select_related("user").order_by("pk").first()
    return {"public_id": row.user.public_id, "pk": row.pk} if row else None


def _invitation() -> dict[str, Any] | None:
    row = Invitation.objects.order_by("pk").first()
    return {"public_id": row.public_id} if row else None


register("accounts:user_", _user)
register("accounts:role_", _role)
register("accounts:invitation_withdraw", _invitation)
register("accounts:invitation_accept", lambda: {"token": "abgelaufen"})
register("account_reset_password_from_key", lambda: {"uidb36": "1", "key": "abgelaufen"})
register("mfa_edit_webauthn", lambda: {"pk": 1})
register("mfa_remove_webauthn", lambda: {"pk": 1})
register("openid_connect_", lambda: {"provider_id": "oidc"})
