"""Who may write what in this room."""

from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.meetings.models import Meeting


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


def can_see_contents(user: Any) -> bool:
    """Entries, names and tasks are for whoever works in the network; the public sees a redacted page."""
    return not access_of(user).is_public
