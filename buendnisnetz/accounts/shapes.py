"""Questions whose rows depend on who asks."""

from collections.abc import Hashable
from typing import Any

from django.utils import timezone

from buendnisnetz.accounts.access import access_of
from buendnisnetz.core.questions import Question


def shape_of(user: Any) -> Hashable:
    """Equal where ``visible_to(user)`` builds the same condition, which may name the day."""
    access = access_of(user)
    scopes = frozenset(access.scopes.items())
    return access.user_id, access.roles, scopes, timezone.localdate()


class Visible(Question):
    """A question that is built from a user, and from whatever else decides its shape."""

    def to(self, user: Any, *given: Hashable, **values: Any) -> list[Any]:
        """The rows that the user may see."""
        return self.rows(user, *given, shape=(shape_of(user), given), **values)

    def one_to(self, user: Any, *given: Hashable, **values: Any) -> Any:
        """The first of them, None if there is none."""
        return self.row(user, *given, shape=(shape_of(user), given), **values)
