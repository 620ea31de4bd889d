"""Who is signed in: as allauth says, asked by a query that is compiled once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from buendnisnetz.accounts.models import User
from buendnisnetz.core.questions import Question, Slot

_USER = Question(lambda: User.objects.filter(pk=Slot("pk")).order_by())


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Every request of somebody who is signed in asks for the user."""

    def get_user(self, user_id: Any) -> User | None:
        user = _USER.row(pk=user_id)
        return user if self.user_can_authenticate(user) else None
