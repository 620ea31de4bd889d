"""What users may do with their own account."""

from typing import Any

from django.core import serializers

from buendnisnetz.accounts.models import User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import slots


def rename(*, user: User, display_name: str, actor: User) -> None:
    with recorded(actor=actor, action="accounts.user.renamed"):
        user.display_name = display_name.strip()
        user.save(update_fields=["display_name"])


def export_own_data(*, user: User) -> dict[str, Any]:
    """Everything that is stored about a user, as plain data (GDPR Art. 15).

    Rooms above add theirs through the slot ``accounts.export``, as JSON text.
    """
    own = serializers.serialize("python", [user, *user.assignments.all()])
    for row in own:
        row["fields"].pop("password", None)
    return {"account": own, "other": slots.render("accounts.export", user)}
