"""Building the demonstration's data, room by room."""

from datetime import date

from django.db import transaction

from buendnisnetz.accounts.domain.assignments import assign_role
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.core.models import Installation


@transaction.atomic
def seed() -> None:
    """Fill an empty database. Deterministic: the same day gives the same data."""
    today = Installation.objects.get().made_at.date()
    seed_accounts(today)


def seed_accounts(today: date) -> None:
    """The sign-ins listed on the sign-in page."""
    user = User.objects.create_user(
        "koordination@demo.example", "demo", display_name="Katrin Ostermann"
    )
    assign_role(user=user, role=Role.STATE_COORDINATION, scope_id=None, actor=None, today=today)
