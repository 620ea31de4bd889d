"""Giving and ending roles."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from buendnisnetz.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from buendnisnetz.accounts.models import Assignment, User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError


class LastAdministratorError(DomainError):
    """Somebody has to be able to give roles."""

    def __init__(self) -> None:
        super().__init__(_("This is the last administrator. Please name another one first."))


class RoleEndedError(DomainError):
    """What has ended keeps its last day."""

    def __init__(self) -> None:
        super().__init__(_("This role has ended already."))


class RoleHeldError(DomainError):
    """The user holds this role for this scope already."""

    def __init__(self) -> None:
        super().__init__(_("This role is already held for this scope."))


def assign_role(
    *, user: User, role: Role, scope_id: int | None, actor: User | None, today: date
) -> Assignment:
    """Give a role from today on. Raises :class:`RoleHeldError`."""
    kind = SCOPE_OF_ROLE[role]
    number = None if kind == ScopeKind.STATE else scope_id
    with recorded(actor=actor, action="accounts.role.assigned"):
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        held = user.assignments.as_of(today).filter(role=role, scope_kind=kind, scope_id=number)
        if held.exists():
            raise RoleHeldError
        return Assignment.objects.create(
            user=user, role=role, scope_kind=kind, scope_id=number, valid_from=today
        )


def end_role(*, assignment: Assignment, actor: User, today: date) -> None:
    """End a role: yesterday was its last day.

    Raises :class:`LastAdministratorError` or :class:`RoleEndedError`.
    """
    with recorded(actor=actor, action="accounts.role.ended"):
        if assignment.role == Role.ADMINISTRATOR:
            _keep_one_administrator(assignment, today)
        assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
        if assignment.valid_to is not None and assignment.valid_to < today:
            raise RoleEndedError
        if assignment.valid_from is not None and assignment.valid_from >= today:
            # Given and taken back on the same day: it never held; the history keeps it.
            assignment.delete()
            return
        assignment.valid_to = today - timedelta(days=1)
        assignment.save()


def _keep_one_administrator(assignment: Assignment, today: date) -> None:
    """Lock all of them, always in the same order, so that two cannot end each other."""
    current = (
        Assignment.objects.as_of(today)
        .filter(role=Role.ADMINISTRATOR, user__is_active=True)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    if [row.pk for row in current] == [assignment.pk]:
        raise LastAdministratorError


def close_account(*, user: User, actor: User, today: date) -> None:
    """Close an account: its roles end, signing in no longer works, nothing is deleted."""
    with recorded(actor=actor, action="accounts.user.closed"):
        for assignment in user.assignments.as_of(today):
            end_role(assignment=assignment, actor=actor, today=today)
        user.is_active = False
        user.save(update_fields=["is_active"])


def reopen_account(*, user: User, actor: User) -> None:
    """Undo :func:`close_account`; roles have to be given again."""
    with recorded(actor=actor, action="accounts.user.reopened"):
        user.is_active = True
        user.save(update_fields=["is_active"])
