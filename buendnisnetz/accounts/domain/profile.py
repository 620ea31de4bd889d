"""What users may do with their own account."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import serializers
from django.db.models import QuerySet

from buendnisnetz.accounts.models import Invitation, User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import slots
from buendnisnetz.core.gathering import gathered
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
    account = serializers.serialize("python", [user])[0]["fields"]
    return {
        "account": [{key: account[key] for key in account if key != "password"}],
        **gathered(
            roles=_plain(user.assignments.order_by("pk")),
            invitations=_plain(Invitation.objects.filter(email=user.email), "token_hash"),
            second_factors=_plain(Authenticator.objects.filter(user=user), "data"),
            mails=_plain(Message.objects.filter(recipient__iexact=user.email), "text"),
        ),
        "other": [json.loads(text) for text in slots.render("accounts.export", user)],
    }


def _plain(rows: QuerySet[Any], *left_out: str) -> QuerySet[Any, dict[str, Any]]:
    """All columns but the row's own number and what is to be left out."""
    fields = [field for field in rows.model._meta.local_fields if field.serialize]
    return rows.values(*(field.name for field in fields if field.name not in left_out))
