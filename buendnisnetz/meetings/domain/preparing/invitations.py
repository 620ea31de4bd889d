"""Invitations to posts, not to people: the deputy may come; answered by link (feature 19, S111)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.editions.guard import locked_meeting
from buendnisnetz.meetings.domain.preparing import letters
from buendnisnetz.meetings.domain.preparing.calendar import begins
from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import MeetingStatus, PapersSent, Reply
from buendnisnetz.meetings.models import Meeting, MeetingInvitation
from buendnisnetz.notifications.outbox import queue_mail

SALT = "meetings.invitation"
# So many days before the meeting, whoever was silent is reminded, if the invitation had time to arrive.
REMIND_BEFORE = timedelta(days=7)
GRACE = timedelta(days=2)


class NotAheadError(DomainError):
    """Only to a meeting that is planned and lies ahead can somebody be invited."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This meeting is over or cancelled. Please correct day and state of the meeting first."
            )
        )


class DeputyNameMissingError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please say who comes instead."))


def answers_until(meeting: Meeting) -> datetime:
    """Answers may be changed until the meeting begins."""
    return begins(meeting) if meeting.starts_at else links.end_of(meeting.held_on)


def is_ahead(meeting: Meeting, now: datetime) -> bool:
    return meeting.status == MeetingStatus.PLANNED and answers_until(meeting) > now


def invite(
    *,
    meeting: Meeting,
    recipients: Sequence[Recipient],
    words: str,
    papers: PapersSent,
    actor: Any,
    now: datetime,
) -> int:
    """Mail everyone who was not invited yet: agenda, place, papers, a calendar entry, a link to answer.

    Returns how many were invited. Raises NotAheadError, letters.PapersTooLargeError.
    """
    with recorded(actor=actor, action="meetings.invitation.sent"):
        row = _ahead(meeting, now)
        known = {email.lower() for email in row.invitations.values_list("email", flat=True)}
        fresh = [person for person in recipients if person.email.lower() not in known]
        letter = letters.Letter(row, user=actor, words=words, papers=papers, now=now)
        for person in fresh:
            invitation = MeetingInvitation(
                meeting=row,
                post=person.post,
                person=person.person,
                name=person.name,
                email=person.email,
                sent_at=now,
            )
            _mail(invitation, letter.subject(), letter, now)
        return len(fresh)


def remind(*, meeting: Meeting, actor: Any, now: datetime) -> int:
    """Remind once whoever has not answered; the new link takes the old one's place.

    Returns how many were reminded. Raises NotAheadError.
    """
    with recorded(actor=actor, action="meetings.invitation.reminded"):
        row = _ahead(meeting, now)
        letter = letters.Letter(row, user=actor, words="", papers=PapersSent.LINK, now=now)
        silent = list(_silent(row).select_for_update(of=("self",)).order_by("pk"))
        for invitation in silent:
            invitation.reminded_at = now
            _mail(invitation, letter.subject(reminder=True), letter, now)
        return len(silent)


def meetings_to_remind(*, now: datetime) -> QuerySet[Meeting]:
    """Planned meetings of the next days with somebody who is silent though the invitation had time."""
    today = timezone.localdate(now)
    rows: QuerySet[Meeting] = Meeting.objects.filter(
        status=MeetingStatus.PLANNED,
        held_on__gt=today,
        held_on__lte=today + REMIND_BEFORE,
        invitations__reply=Reply.OPEN,
        invitations__reminded_at=None,
        invitations__sent_at__lt=now - GRACE,
    )
    return rows.distinct()


def remind_late(*, meeting: int, now: datetime) -> int:
    """The reminder of the nightly job; does nothing if it went out meanwhile."""
    row = meetings_to_remind(now=now).filter(pk=meeting).first()
    return remind(meeting=row, actor=None, now=now) if row is not None else 0


def invitation_behind(*, token: str, now: datetime) -> MeetingInvitation:
    """The invitation of a link, until the meeting begins. Raises LinkClosedError."""
    rows = MeetingInvitation.objects.select_related("meeting__edition", "meeting__alliance", "post")
    found = links.behind(rows, token, salt=SALT, now=now, again=True)
    if not is_ahead(found.meeting, now):
        raise links.LinkClosedError
    return found


def answer(
    *, invitation: MeetingInvitation, reply: Reply, deputy_name: str, words: str, now: datetime
) -> None:
    """Keep who comes, in place of an earlier answer. Raises DeputyNameMissingError."""
    with recorded(actor=None, action="meetings.invitation.answered"):
        row = MeetingInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        row.deputy_name = deputy_name.strip() if reply == Reply.DEPUTY else ""
        if reply == Reply.DEPUTY and not row.deputy_name:
            raise DeputyNameMissingError
        row.reply, row.words, row.answered_at = reply, words.strip(), now
        row.save()


def tell_changes(*, before: Meeting, after: Meeting, actor: Any, now: datetime) -> int:
    """Mail all who were invited what changed about day, time or place, or that the meeting is off.

    Called inside the transaction that changes the meeting, so each change is told once. Returns how
    many were told. Whoever declined hears it too: another day may fit.
    """
    was_ahead = before.status == MeetingStatus.PLANNED and answers_until(before) > now
    lines = letters.change_lines(before, after)
    if not was_ahead or not lines or after.status == MeetingStatus.HELD:
        return 0
    invitations = list(after.invitations.select_for_update(of=("self",)).order_by("pk"))
    letter = letters.Letter(after, user=actor, words="", papers=PapersSent.LINK, now=now)
    for invitation in invitations:
        letters.queue_change(invitation, letter, lines, link=_link(invitation, after, now), now=now)
    return len(invitations)


def _link(invitation: MeetingInvitation, meeting: Meeting, now: datetime) -> str:
    if not is_ahead(meeting, now):
        return ""
    return links.issued(
        invitation,
        salt=SALT,
        view="meetings:invitation_answer",
        now=now,
        valid_for=answers_until(meeting) - now,
    )


def _mail(
    invitation: MeetingInvitation, subject: str, letter: "letters.Letter", now: datetime
) -> None:
    address = _link(invitation, letter.meeting, now)
    queue_mail(
        to=invitation.email,
        subject=subject,
        text=letter.text(invitation, address),
        kind="meetings.invitation",
        now=now,
        reply_to=letter.reply_to,
        files=letter.files(invitation),
    )


def _silent(meeting: Meeting) -> Any:
    return meeting.invitations.filter(reply=Reply.OPEN, reminded_at=None)


def _ahead(meeting: Meeting, now: datetime) -> Meeting:
    row = locked_meeting(meeting)
    if not is_ahead(row, now):
        raise NotAheadError
    return row
