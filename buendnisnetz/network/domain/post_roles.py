"""The role of an account that goes with a post: it ends with the term and goes to the successor."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from buendnisnetz.accounts.domain.assignments import RoleHeldError, assign_role, end_role
from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role
from buendnisnetz.accounts.models import Assignment
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Post, Term


class PostRole(NamedTuple):
    """A role and the number of what it is held for."""

    role: Role
    scope_id: int


def role_of(post: Post) -> PostRole | None:
    """The role that comes with a post. Those for the whole state are given by hand, never by this."""
    if post.alliance_id and post.kind == PostKind.COORDINATOR:
        return PostRole(Role.ALLIANCE_COORDINATOR, post.alliance_id)
    if post.territory_id and post.kind == PostKind.SOCIAL_PLANNER:
        return PostRole(Role.DISTRICT_PLANNER, post.territory_id)
    if post.organisation is None or not post.is_contact:
        return None
    if post.organisation.kind == OrganisationKind.CHAMBER:
        return PostRole(Role.CHAMBER, post.organisation.pk)
    if post.organisation.kind == OrganisationKind.COMPANY:
        return PostRole(Role.MEMBER, post.organisation.pk)
    return None


def lacks_role(term: Term, day: date) -> bool:
    """Whether the holder has an account that does not have the post's role on a day."""
    wanted, user = role_of(term.post), term.person.user
    return wanted is not None and user is not None and not _held(user, wanted, day).exists()


def end_roles(term: Term, last_day: date, actor: Any) -> list[int]:
    """End what came with the post; the numbers of the assignments, for taking it back."""
    wanted, user = role_of(term.post), term.person.user
    first = last_day + timedelta(days=1)
    if wanted is None or user is None or _has_another_term(term, first):
        return []
    ended = []
    for assignment in _held(user, wanted, first).filter(valid_to=None):
        end_role(assignment=assignment, actor=actor, today=first)
        ended.append(assignment.pk)
    return ended


def give_roles(term: Term, first_day: date, actor: Any) -> list[int]:
    """Give the holder's account what comes with the post; the numbers of new assignments."""
    wanted, user = role_of(term.post), term.person.user
    if wanted is None or user is None:
        return []
    try:
        given = assign_role(
            user=user, role=wanted.role, scope_id=wanted.scope_id, actor=actor, today=first_day
        )
    except RoleHeldError:
        return []
    return [given.pk]


def take_back(
    term: Term, ended: Iterable[int], given: Iterable[int], first_day: date, actor: Any
) -> None:
    """The leaver has the role again, the successor no longer."""
    for assignment in Assignment.objects.filter(pk__in=list(given)):
        end_role(assignment=assignment, actor=actor, today=first_day)
    wanted, user = role_of(term.post), term.person.user
    if list(ended) and wanted is not None and user is not None:
        assign_role(
            user=user, role=wanted.role, scope_id=wanted.scope_id, actor=actor, today=first_day
        )


def _held(user: Any, wanted: PostRole, day: date) -> Any:
    return user.assignments.as_of(day).filter(
        role=wanted.role, scope_kind=SCOPE_OF_ROLE[wanted.role], scope_id=wanted.scope_id
    )


def _has_another_term(term: Term, day: date) -> bool:
    """Somebody who holds a second post with the same role keeps it."""
    wanted = role_of(term.post)
    others = Term.objects.as_of(day).filter(person=term.person).exclude(pk=term.pk)
    return any(
        role_of(other.post) == wanted for other in others.select_related("post__organisation")
    )
