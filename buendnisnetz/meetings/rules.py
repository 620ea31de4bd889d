"""Who may write what in this room."""

from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot
from buendnisnetz.meetings.models import (
    DatePoll,
    Meeting,
    MeetingSeries,
    MeetingTemplate,
    StandingItem,
)

# Who brings in minutes, plans and writes.
IMPORTERS = (Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.ALLIANCE_COORDINATOR)
# Who says for a state how minutes are approved.
RULE_KEEPERS = (Role.STATE_COORDINATION, Role.ADMINISTRATOR)


def can_edit_meeting(user: Any, meeting: Meeting) -> bool:
    """The coordination office edits every meeting, an alliance's coordinator those of the alliance."""
    access = access_of(user)
    if access.sees_whole_state:
        return True
    alliances = access.ids(ScopeKind.ALLIANCE)
    group = meeting.working_group
    return meeting.alliance_id in alliances or (
        group is not None and group.alliance_id in alliances
    )


def can_edit_poll(user: Any, poll: DatePoll) -> bool:
    """As for meetings; a poll of the whole state is the coordination office's."""
    access = access_of(user)
    return access.sees_whole_state or poll.alliance_id in access.ids(ScopeKind.ALLIANCE)


def can_edit_standing(user: Any, item: StandingItem) -> bool:
    """An alliance's own is its coordinator's, one for all the coordination office's."""
    access = access_of(user)
    return access.sees_whole_state or item.alliance_id in access.ids(ScopeKind.ALLIANCE)


def can_edit_series(user: Any, series: MeetingSeries) -> bool:
    """As for meetings; a series of the whole state is the coordination office's."""
    access = access_of(user)
    group = series.working_group
    alliance = series.alliance_id or (group.alliance_id if group else None)
    return access.sees_whole_state or alliance in access.ids(ScopeKind.ALLIANCE)


def can_edit_template(user: Any, template: MeetingTemplate) -> bool:
    """An alliance's own is its coordinator's, one for all the coordination office's."""
    access = access_of(user)
    return access.sees_whole_state or template.alliance_id in access.ids(ScopeKind.ALLIANCE)


def can_read_contents(user: Any, meeting: Meeting) -> bool:
    """Entries, names and tasks are for whoever works with the body that met; all others read the
    public copy of published minutes. One query, none for the coordination office."""
    if access_of(user).sees_whole_state:
        return True
    return _READABLE.one_to(user, meeting=meeting.pk) is not None


_READABLE = Visible(
    lambda user: Meeting.objects.inside_for(user).filter(pk=Slot("meeting")).values("pk")
)
