"""Who is signed in: as allauth says, asked by a query that is compiled once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from buendnisnetz.accounts.access import access_by, given_access, held_assignments
from buendnisnetz.accounts.models import User
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.core.together import together

_SIGNED_IN = Question(
    lambda: together(
        users=User.objects.filter(pk=Slot("user")).order_by(), assignments=held_assignments()
    )
)


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Every request of somebody who is signed in asks for the user, and hardly one does not ask what
    the user may see: both are read at once."""

    def get_user(self, user_id: Any) -> User | None:
        found = _SIGNED_IN.row(user=user_id, day=timezone.localdate())
        user: User | None = next(iter(found["users"]), None)
        if user is None or not self.user_can_authenticate(user):
            return None
        given_access(user, access_by(found["assignments"], user.pk))
        return user
