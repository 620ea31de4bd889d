"""From the answers to the list of those present, and who was invited but did not come (S82)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.text import fold
from buendnisnetz.meetings.domain.editions.guard import check_writable
from buendnisnetz.meetings.domain.meetings import AlreadyThereError, add_attendance
from buendnisnetz.meetings.enums import AttendanceStatus, Reply
from buendnisnetz.meetings.models import Attendance, Meeting, MeetingInvitation
from buendnisnetz.network.models import Person, Post, Term

_CAME = (AttendanceStatus.PRESENT, AttendanceStatus.GUEST)
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
        holders = _holders({row.post_id for row in rows if row.post_id}, meeting.held_on)
        there = {fold(name) for name in meeting.attendances.values_list("name", flat=True)}
        return sum(_added(meeting, row, holders, there, actor) for row in rows)


def _holders(posts: set[int], day: date) -> dict[int, Person]:
    """Who holds each post on a day, the regular holder before an acting one; one query."""
    terms = Term.objects.as_of(day).filter(post__in=posts).select_related("person")
    found: dict[int, Person] = {}
    for term in terms.order_by("is_acting", "pk"):
        found.setdefault(term.post_id, term.person)
    return found


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


@dataclass(frozen=True)
class Missed:
    """Somebody who was invited and of whose house nobody is on the list as present."""

    invitation: MeetingInvitation
    had_agreed: bool


def invited_but_absent(meeting: Meeting) -> list[Missed]:
    """Invited, but neither they nor anybody for their organisation was there; three queries.

    Empty as long as nobody is on the list: then nothing is known.
    """
    came = list(Attendance.objects.filter(meeting=meeting, status__in=_CAME))
    if not came:
        return []
    names = {fold(row.name) for row in came}
    people = {row.person_id for row in came if row.person_id}
    houses = {row.organisation_id for row in came} | {row.also_for_id for row in came}
    alliances = {row.alliance_id for row in came}
    rows = list(meeting.invitations.select_related("post").order_by("name", "pk"))
    holders = _holders({row.post_id for row in rows if row.post_id}, meeting.held_on)
    return [
        Missed(row, row.reply in (Reply.YES, Reply.DEPUTY))
        for row in rows
        if not _was_there(row, holders, names, people, houses, alliances)
    ]


def _was_there(
    row: MeetingInvitation,
    holders: dict[int, Person],
    names: set[str],
    people: set[int],
    houses: set[int | None],
    alliances: set[int | None],
) -> bool:
    holder = holders.get(row.post_id or 0)
    if {row.person_id, holder.pk if holder else None} & people:
        return True
    if {fold(row.name), fold(row.deputy_name)} & names:
        return True
    post = row.post
    return post is not None and (
        (post.organisation_id is not None and post.organisation_id in houses)
        or (post.alliance_id is not None and post.alliance_id in alliances)
    )
