"""Writing working groups and who takes part in them."""

from datetime import date
from typing import Any, TypedDict, Unpack

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.network.domain.memberships import AlreadyMemberError
from buendnisnetz.network.domain.saving import edited, ended, locked, reopened, saved
from buendnisnetz.network.domain.scopes import rename_scope
from buendnisnetz.network.models import Alliance, GroupMembership, Organisation, WorkingGroup


class GroupFacts(TypedDict, total=False):
    """What may be said of a working group besides its name."""

    topic: str
    mandate: str
    results: str
    valid_from: date | None


class GroupChanges(GroupFacts, total=False):
    name: str


def create_group(
    *, name: str, alliance: Alliance | None, actor: Any, **facts: Unpack[GroupFacts]
) -> WorkingGroup:
    """Add a working group of an alliance or, without one, of the whole state."""
    with recorded(actor=actor, action="network.workinggroup.created"):
        return saved(WorkingGroup(name=name, alliance=alliance, **facts))


def edit_group(
    *, group: WorkingGroup, version: int, actor: Any, **changes: Unpack[GroupChanges]
) -> WorkingGroup:
    """Change a working group. Raises EditConflictError."""
    with recorded(actor=actor, action="network.workinggroup.edited"):
        row = edited(group, version, changes)
        rename_scope(row)
        return row


def end_group(*, group: WorkingGroup, last_day: date, results: str, actor: Any) -> WorkingGroup:
    """End a working group; what came of it stays findable (S37). Raises AlreadyEndedError."""
    with recorded(actor=actor, action="network.workinggroup.ended"):
        return ended(group, last_day, results=results or group.results)


def reopen_group(*, group: WorkingGroup, actor: Any) -> WorkingGroup:
    """Undo :func:`end_group`; results that were noted stay."""
    with recorded(actor=actor, action="network.workinggroup.reopened"):
        return reopened(group)


def add_group_member(
    *, group: WorkingGroup, organisation: Organisation, since: date | None, actor: Any
) -> GroupMembership:
    """Let an organisation take part. Raises AlreadyMemberError."""
    with recorded(actor=actor, action="network.groupmembership.begun"):
        locked(group)
        later = GroupMembership.objects.filter(working_group=group, organisation=organisation)
        if since is not None:
            later = later.exclude(valid_to__lt=since)
        if later.exists():
            raise AlreadyMemberError(organisation.name)
        return saved(
            GroupMembership(working_group=group, organisation=organisation, valid_from=since)
        )


def end_group_member(*, member: GroupMembership, last_day: date, actor: Any) -> GroupMembership:
    with recorded(actor=actor, action="network.groupmembership.ended"):
        return ended(member, last_day)


def reopen_group_member(*, member: GroupMembership, actor: Any) -> GroupMembership:
    """Undo :func:`end_group_member`."""
    with recorded(actor=actor, action="network.groupmembership.reopened"):
        return reopened(member)
