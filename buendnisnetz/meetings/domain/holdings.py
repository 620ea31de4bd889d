"""Meetings to chair as something that a person holds, and the last minutes for the successor's file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.meetings.enums import AttendanceStatus, MeetingStatus
from buendnisnetz.meetings.models import Attendance, Meeting
from buendnisnetz.meetings.models.meeting import of_no_alliance
from buendnisnetz.network.domain import holdings
from buendnisnetz.network.domain.holdings import Holder, Piece, Transfer
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Person, Post, Term

_MOST_MINUTES = 5


def find_chaired(holder: Holder, day: date) -> list[Piece]:
    """Planned meetings that the person is to chair; if other posts remain, only those of this one."""
    if holder.person is None:
        return []
    planned = Meeting.objects.filter(
        status=MeetingStatus.PLANNED,
        held_on__gte=day,
        attendances__in=Attendance.objects.filter(person=holder.person, is_chair=True),
    )
    others = Term.objects.as_of(day).filter(person=holder.person).exclude(post=holder.post)
    if others.exists():
        planned = planned.filter(_of_post(holder.post))
    return [_piece(meeting) for meeting in planned.order_by("held_on", "pk")]


def still_chaired(keys: Sequence[str], holder: Holder, day: date) -> set[str]:
    """Those that the person is still to chair, whatever other posts that person has."""
    rows = Attendance.objects.filter(
        meeting__in=[int(key) for key in keys], meeting__status=MeetingStatus.PLANNED, meeting__held_on__gte=day,
        person=holder.person, is_chair=True,
    )  # fmt: skip
    return {str(key) for key in rows.values_list("meeting", flat=True)}


def _of_post(post: Post) -> Q:
    """Meetings of what a post belongs to."""
    if post.alliance_id:
        return Q(alliance=post.alliance_id)
    if post.working_group_id:
        return Q(working_group=post.working_group_id)
    office = post.organisation and post.organisation.kind == OrganisationKind.COORDINATION_OFFICE
    return of_no_alliance() if office else Q(pk=None)


def _piece(meeting: Meeting) -> Piece:
    return Piece(
        key=str(meeting.pk),
        label=meeting.title,
        url=reverse("meetings:meeting_detail", args=[meeting.public_id]),
        note=meeting.place,
        due_on=meeting.held_on,
    )


def move_chair(key: str, transfer: Transfer) -> None:
    """Somebody else is to chair; whoever was only on the list for that is no longer on it."""
    with recorded(actor=transfer.actor, action="meetings.attendance.chair_changed"):
        meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=key)
        _step_down(meeting, transfer.source.person)
        _take_the_chair(meeting, transfer.target)


def _step_down(meeting: Meeting, person: Person | None) -> None:
    for row in meeting.attendances.filter(person=person, is_chair=True):
        row.is_chair = False
        row.save()


def _take_the_chair(meeting: Meeting, holder: Holder) -> None:
    row = meeting.attendances.filter(person=holder.person).first()
    if row is None:
        row = Attendance(
            meeting=meeting,
            position=meeting.attendances.count() + 1,
            person=holder.person,
            organisation=holder.post.organisation,
            name=str(holder.person),
            function=holder.post.title,
            organisation_words=holder.post.scope_name,
            status=AttendanceStatus.PRESENT,
        )
    row.is_chair = True
    row.save()


def find_minutes(holder: Holder, day: date) -> list[Piece]:
    """The last minutes of what the post belongs to: what a successor reads first."""
    held: QuerySet[Any] = Meeting.objects.filter(_of_post(holder.post), status=MeetingStatus.HELD)
    rows = held.filter(held_on__lt=day).order_by("-held_on", "-pk")[:_MOST_MINUTES]
    return [_piece(meeting) for meeting in rows]


def register_own() -> None:
    holdings.register(
        "meetings.chair", _("Meetings to chair"),
        find=find_chaired, move=move_chair, still=still_chaired, personal=True, order=60,
    )  # fmt: skip
    holdings.register("meetings.minutes", _("Last meetings"), find=find_minutes, order=200)
