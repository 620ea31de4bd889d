"""What a user may see and do, resolved once per request.

Every ``visible_to(user)`` of the rooms above starts from :func:`access_of`.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.models import Assignment
from buendnisnetz.core.questions import Question, Slot


@dataclass(frozen=True)
class Access:
    """A user's current assignments, sorted by what rooms ask for."""

    roles: frozenset[Role] = frozenset()
    scopes: dict[ScopeKind, frozenset[int]] = field(default_factory=dict)
    user_id: int | None = None

    @property
    def is_public(self) -> bool:
        """Nobody is signed in, or no role has been assigned (yet, or any more)."""
        return not self.roles

    @property
    def sees_whole_state(self) -> bool:
        """The coordination office keeps the network; the administrator keeps the system."""
        return bool(self.roles & {Role.STATE_COORDINATION, Role.ADMINISTRATOR})

    def has(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))

    def ids(self, kind: ScopeKind) -> frozenset[int]:
        """The numbers of the districts, alliances or organisations the user has a role for."""
        return self.scopes.get(kind, frozenset())


PUBLIC = Access()


def access_of(user: Any) -> Access:
    """The user's access; who is signed in was read with it, for others it is one query the first time."""
    # Asked some twenty times for each page.
    cached: Access | None = getattr(user, "_access", None)
    if cached is not None:
        return cached
    if user is None or not user.is_authenticated or not user.is_active:
        return PUBLIC
    return given_access(user, _load(user))


def given_access(user: Any, access: Access) -> Access:
    """What is known of a user need not be asked again while this object lives."""
    user._access = access  # noqa: SLF001 -- nobody else knows of it
    return access


def held_assignments() -> QuerySet[Any]:
    """The assignments of one user on one day, with slots for both."""
    rows = Assignment.objects.filter(user=Slot("user")).as_of(Slot("day")).order_by()
    return rows.values("role", "scope_kind", "scope_id")


_HELD = Question(held_assignments)


def _load(user: Any) -> Access:
    return access_by(_HELD.rows(user=user.pk, day=timezone.localdate()), user.pk)


def access_by(assignments: list[dict[str, Any]], user_id: int) -> Access:
    """What these assignments give a user."""
    scopes: dict[ScopeKind, set[int]] = {}
    for row in assignments:
        if row["scope_id"] is not None:
            scopes.setdefault(ScopeKind(row["scope_kind"]), set()).add(row["scope_id"])
    return Access(
        roles=frozenset(Role(row["role"]) for row in assignments),
        scopes={kind: frozenset(numbers) for kind, numbers in scopes.items()},
        user_id=user_id,
    )
