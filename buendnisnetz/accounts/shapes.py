"""What a query may depend on besides its values: who asks, and on which day.

For :class:`buendnisnetz.core.questions.Question`, which keeps a query for everyone of one shape.
"""

from collections.abc import Hashable
from typing import Any

from django.utils import timezone

from buendnisnetz.accounts.access import access_of


def shape_of(user: Any) -> Hashable:
    """Equal where ``visible_to(user)`` builds the same condition."""
    access = access_of(user)
    scopes = frozenset(access.scopes.items())
    return access.user_id, access.roles, scopes, timezone.localdate()
