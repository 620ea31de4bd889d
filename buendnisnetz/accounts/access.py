"""What a user may see and do, resolved once per request.

Every ``visible_to(user)`` of the rooms above starts from :func:`access_of`.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.models import Assignment
from buendnisnetz.core import prepared


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
    """The user's access; one query the first time it is asked in a request."""
    # Asked some twenty times for each page.
    cached: Access | None = getattr(user, "_access", None)
    if cached is not None:
        return cached
    if user is None or not user.is_authenticated or not user.is_active:
        return PUBLIC
    user._access = cached = _load(user)  # noqa: SLF001 -- nobody else knows of it
    return cached


# Asked in every request of everybody who is signed in: building it anew each time would cost more
# than running it.
_ASSIGNMENTS = f"""
SELECT role, scope_kind, scope_id FROM {Assignment._meta.db_table}
WHERE user_id = %(user)s AND (valid_from IS NULL OR valid_from <= %(day)s)
  AND (valid_to IS NULL OR valid_to >= %(day)s)
"""  # noqa: S608 -- the name of the table is ours


def _load(user: Any) -> Access:
    with prepared.cursor() as cursor:
        cursor.execute(_ASSIGNMENTS, {"user": user.pk, "day": timezone.localdate()})
        rows = cursor.fetchall()
    scopes: dict[ScopeKind, set[int]] = {}
    for _role, kind, number in rows:
        if number is not None:
            scopes.setdefault(ScopeKind(kind), set()).add(number)
    return Access(
        roles=frozenset(Role(role) for role, _kind, _number in rows),
        scopes={kind: frozenset(numbers) for kind, numbers in scopes.items()},
        user_id=user.pk,
    )
