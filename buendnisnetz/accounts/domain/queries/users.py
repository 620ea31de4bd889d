"""Reading users."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import Assignment, Invitation, User
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.core.words import words_of


def users_visible_to(user: Any) -> QuerySet[User]:
    """Whoever keeps the whole state sees all users; everybody sees themselves."""
    if access_of(user).sees_whole_state:
        return User.objects.all()
    return User.objects.filter(pk=user.pk)


def user_at(public_id: str, user: Any) -> User | None:
    """The user behind an address, None if there is none to see."""
    found: User | None = _USER.one_to(user, public_id=public_id)
    return found


_USER = Visible(lambda user: users_visible_to(user).filter(public_id=Slot("public_id")))


def assignments_of(user: User) -> list[Assignment]:
    """All roles that a user holds or held, present ones last."""
    return _ASSIGNMENTS.rows(user=user.pk)


_ASSIGNMENTS = Question(
    lambda: Assignment.objects.filter(user=Slot("user")).order_by("valid_to", "role")
)


def invitations_visible_to(user: Any) -> QuerySet[Invitation]:
    if access_of(user).sees_whole_state:
        return Invitation.objects.all()
    return Invitation.objects.none()


def last_invitations(user: Any) -> list[Invitation]:
    """The invitations of late, each with who sent it."""
    return _INVITATIONS.to(user)


_INVITATIONS = Visible(
    lambda user: (
        invitations_visible_to(user).select_related("invited_by").order_by("-invited_at")[:100]
    )
)


def narrowed(rows: QuerySet[User], values: dict[str, Any], *, today: date) -> QuerySet[User]:
    """Apply the filter of the user list."""
    if values.get("role"):
        holders = Assignment.objects.as_of(today).filter(role=values["role"]).values("user")
        rows = rows.filter(pk__in=holders)
    if values.get("state") != "all":
        rows = rows.filter(is_active=values.get("state") != "closed")
    return rows


def named_like(rows: QuerySet[User], typed: str) -> QuerySet[User]:
    """Users whose name or address holds every typed word."""
    for word in typed.split():
        rows = rows.filter(Q(display_name__icontains=word) | Q(email__icontains=word))
    return rows


def role_labels(users: Iterable[int], *, today: date) -> dict[int, str]:
    """Each user's current roles, as text."""
    labels: dict[int, list[str]] = {}
    words = words_of(Role)
    for row in _ROLES.rows(users=list(users), today=today):
        label = words[row["role"]]
        if label not in labels.setdefault(row["user"], []):
            labels[row["user"]].append(label)
    return {user: ", ".join(found) for user, found in labels.items()}


_ROLES = Question(
    lambda: (
        Assignment.objects.as_of(Slot("today", planned=True))
        .filter(one_of("user", "users"))
        .order_by("role")
        .values("user", "role")
    )
)
