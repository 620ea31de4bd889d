"""From the answers to the list of those present."""

from typing import Any

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.text import fold
from buendnisnetz.meetings.domain.editions.guard import check_writable
from buendnisnetz.meetings.domain.meetings import AlreadyThereError, add_attendance
from buendnisnetz.meetings.domain.queries.missed import Holders
from buendnisnetz.meetings.enums import AttendanceStatus, Reply
from buendnisnetz.meetings.models import Meeting, MeetingInvitation
from buendnisnetz.network.models import Person, Post

_STATUS = {
    Reply.YES: AttendanceStatus.PRESENT,
    Reply.DEPUTY: AttendanceStatus.PRESENT,
    Reply.NO: AttendanceStatus.EXCUSED,
}


def prefill(*, meeting: Meeting, actor: Any) -> int:
    """Put everyone who answered on the list, with function and organisation as on that day (S06).

    Who stands there already stays as they are. Returns how many were added. Raises FrozenError.
    """
    with recorded(actor=actor, action="meetings.attendance.prefilled"):
        check_writable(meeting=meeting)
        answered = meeting.invitations.exclude(reply=Reply.OPEN).select_related(
            "post__organisation", "post__alliance", "person"
        )
        rows = list(answered.order_by("name", "pk"))
        holders = Holders({row.post_id for row in rows if row.post_id}).on(meeting.held_on)
        there = {fold(name) for name in meeting.attendances.values_list("name", flat=True)}
        return sum(_added(meeting, row, holders, there, actor) for row in rows)


def _added(
    meeting: Meeting,
    row: MeetingInvitation,
    holders: dict[int, Person],
    there: set[str],
    actor: Any,
) -> bool:
    reply = Reply(row.reply)
    person = None if reply == Reply.DEPUTY else row.person or holders.get(row.post_id or 0)
    name = row.deputy_name if reply == Reply.DEPUTY else person.full_name() if person else row.name
    if fold(name) in there:
        return False
    try:
        add_attendance(
            meeting=meeting,
            actor=actor,
            person=person,
            name=name,
            status=_STATUS[reply],
            **(_as_of_post(row.post) if row.post else {"organisation_words": ""}),
        )
    except AlreadyThereError:
        return False
    there.add(fold(name))
    return True


def _as_of_post(post: Post) -> dict[str, Any]:
    return {
        "function": post.title,
        "organisation": post.organisation,
        "alliance": post.alliance,
        "organisation_words": post.scope_name,
    }
