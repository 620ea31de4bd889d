"""What users may do with their own account."""

import json
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import serializers

from buendnisnetz.accounts.models import Invitation, User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import slots
from buendnisnetz.notifications.models import Message


def rename(*, user: User, display_name: str, actor: User) -> None:
    with recorded(actor=actor, action="accounts.user.renamed"):
        user.display_name = display_name.strip()
        user.save(update_fields=["display_name"])


def export_own_data(*, user: User) -> dict[str, Any]:
    """Everything that is stored about a user, as plain data (GDPR Art. 15).

    Rooms above add theirs through the slot ``accounts.export``, as JSON text. What protects the
    account (password, keys, codes, links) is left out: who reads the file could use it.
    """
    return {
        "account": _plain([user], "password"),
        "roles": _plain(user.assignments.order_by("pk")),
        "invitations": _plain(Invitation.objects.filter(email=user.email), "token_hash"),
        "second_factors": _plain(Authenticator.objects.filter(user=user), "data"),
        "mails": _plain(Message.objects.filter(recipient__iexact=user.email), "text"),
        "other": [json.loads(text) for text in slots.render("accounts.export", user)],
    }


def _plain(rows: Iterable[Any], *left_out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [row["fields"] for row in serializers.serialize("python", rows)]
    return [{key: row[key] for key in row if key not in left_out} for row in found]
