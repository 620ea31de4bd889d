"""Loading one meeting or decision that the user may see; anything else is 404."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot
from buendnisnetz.meetings.domain.queries.page import digest
from buendnisnetz.meetings.models import Decision, Meeting
from buendnisnetz.meetings.rules import can_edit_meeting, can_read_contents
from buendnisnetz.ui import viewkit


def _meeting(user: Any, also: tuple[str, ...]) -> QuerySet[Any]:
    rows = Meeting.objects.visible_to(user).filter(public_id=Slot("public_id"))
    rows = rows.select_related("alliance", "working_group", "edition", *also)
    return rows.defer("edition__content", "edition__text")


_MEETING = Visible(_meeting)
_WITH_DIGEST = Visible(
    lambda user: _meeting(user, ()).annotate(**digest()),
)


def visible_meeting(request: HttpRequest, public_id: str, *also: str) -> Meeting:
    """The meeting with what every page of it asks for; ``also`` names other rows that come along with
    it. Each row more doubles the work of planning the query."""
    found: Meeting | None = _MEETING.one_to(request.user, also, public_id=public_id)
    return viewkit.or_404(found)


def meeting_with_digest(request: HttpRequest, public_id: str) -> Meeting:
    """The meeting with the short lists of its page."""
    found: Meeting | None = _WITH_DIGEST.one_to(request.user, public_id=public_id)
    return viewkit.or_404(found)


_DECISION = Addressed(Decision, "meeting__working_group", "entry", "agenda_item")


def visible_decision(request: HttpRequest, public_id: str) -> Decision:
    """A decision with its meeting, its passage and its agenda item."""
    return _DECISION.found(request, public_id)


def readable_meeting(request: HttpRequest, public_id: str, *also: str) -> Meeting:
    """The meeting, if the user may read its contents; its public copy has a page of its own."""
    meeting = visible_meeting(request, public_id, *also)
    if not can_read_contents(request.user, meeting):
        raise Http404
    return meeting


def editable_meeting(request: HttpRequest, public_id: str, *also: str) -> Meeting:
    """The meeting, if the user may write to it; 404 for who may only read would hide too much."""
    meeting = visible_meeting(request, public_id, *also)
    if not can_edit_meeting(request.user, meeting):
        raise Http404
    return meeting
