"""What stands in a mail to those invited: agenda, what is open, papers, the calendar entry."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.files.scan import check_deliverable
from buendnisnetz.files.store import MEGABYTE
from buendnisnetz.meetings.domain.preparing.calendar import calendar, weekday
from buendnisnetz.meetings.domain.preparing.timing import timetable
from buendnisnetz.meetings.domain.queries.earlier import left_open
from buendnisnetz.meetings.enums import MeetingStatus, PapersSent
from buendnisnetz.meetings.models import Attachment, Meeting, MeetingInvitation
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Post
from buendnisnetz.notifications.outbox import Enclosure, queue_mail

LARGEST_MAIL = 15 * MEGABYTE
_MOST_OPEN = 20


class PapersTooLargeError(DomainError):
    """Mail servers refuse what is larger."""

    def __init__(self) -> None:
        super().__init__(
            _("The papers together are larger than %(limit)s MB. Please send them as links.")
            % {"limit": LARGEST_MAIL // MEGABYTE}
        )


def reply_address(meeting: Meeting, today: date) -> str:
    """The contact post of the body that meets: answers to the mail go to its office, not to a person."""
    group, alliance = meeting.working_group, meeting.alliance
    scopes: list[dict[str, Any]] = [{"organisation__kind": OrganisationKind.COORDINATION_OFFICE}]
    if alliance or (group and group.alliance_id):
        scopes.insert(0, {"alliance": alliance or (group and group.alliance)})
    if group:
        scopes.insert(0, {"working_group": group})
    for scope in scopes:
        posts = Post.objects.as_of(today).filter(is_contact=True, **scope).exclude(email="")
        found = posts.order_by("pk").values_list("email", flat=True).first()
        if found:
            return str(found)
    return ""


class Letter:
    """The parts of one round of mails about a meeting, each read once.

    Items, papers and open tasks that are not for the public go to posts only, not to addresses that
    somebody wrote by hand.
    """

    def __init__(
        self, meeting: Meeting, *, user: Any, words: str, papers: PapersSent, now: datetime
    ) -> None:
        self.meeting, self.now = meeting, now
        self.words, self.papers = words.strip(), papers
        self.reply_to = reply_address(meeting, timezone.localdate(now))
        self.agenda = timetable(meeting, meeting.agenda.order_by("position")).rows
        self.attachments = list(
            meeting.attachments.filter(file__isnull=False).select_related("file").order_by("number")
        )
        self.open_tasks = left_open(meeting, user, _MOST_OPEN) if user is not None else []
        self._contents = self._read() if papers == PapersSent.FILE else {}

    def _read(self) -> dict[int, Enclosure]:
        found, size = {}, 0
        for row in self.attachments:
            stored = row.file
            if stored is None or stored.is_gone:
                continue
            check_deliverable(stored, to_public=True)
            size += stored.size
            if size > LARGEST_MAIL:
                raise PapersTooLargeError
            with stored.content.open("rb") as opened:
                found[row.pk] = Enclosure(stored.name, stored.media_type, opened.read())
        return found

    def subject(self, *, reminder: bool = False) -> str:
        words = (
            _("Reminder: do you come on %(day)s? %(title)s")
            if reminder
            else _("Invitation for %(day)s: %(title)s")
        )
        return words % {
            "day": f"{self.meeting.held_on:%d.%m.%Y}",
            "title": self.meeting.title[:120],
        }

    def text(self, invitation: MeetingInvitation, link: str) -> str:
        return _(
            "Good day,\n\nyou are invited: %(title)s\n\n%(facts)s\n\n%(words)s%(open)s%(agenda)s%(papers)s"
            "Do you come? Please answer here; the link needs no sign-in, somebody may come instead of you, "
            "and you may change the answer until the meeting begins:\n\n%(link)s\n"
        ) % {
            "title": self.meeting.title,
            "facts": "\n".join(facts_of(self.meeting)),
            "words": f"{self.words}\n\n" if self.words else "",
            "open": self._open(invitation),
            "agenda": _block(_("Agenda"), self._agenda(invitation)),
            "papers": _block(_("Papers"), self._papers(invitation)),
            "link": link,
        }

    def _open(self, invitation: MeetingInvitation) -> str:
        if invitation.post_id is None:
            return ""
        return _block(
            _("Still open from last time"), [f"- {task.title}" for task in self.open_tasks]
        )

    def _agenda(self, invitation: MeetingInvitation) -> list[str]:
        return [
            f"{row.starts_at:%H:%M}  {row.item}" if row.starts_at else str(row.item)
            for row in self.agenda
            if invitation.post_id or not row.item.is_internal
        ]

    def _papers(self, invitation: MeetingInvitation) -> list[str]:
        if self.papers == PapersSent.NONE:
            return []
        lines = [f"- {row.title}" for row in papers_for(invitation, self.attachments)]
        return (
            [*lines, _("You find them behind the link below.")]
            if lines and self.papers == PapersSent.LINK
            else lines
        )

    def files(self, invitation: MeetingInvitation) -> list[Enclosure]:
        own = [
            self._contents[row.pk]
            for row in papers_for(invitation, self.attachments)
            if row.pk in self._contents
        ]
        return [entry_of(self.meeting, self.now), *own]


def papers_for(invitation: MeetingInvitation, papers: Sequence[Attachment]) -> list[Attachment]:
    """Of these papers those that an invitation brings along."""
    return [row for row in papers if invitation.post_id or not row.is_internal]


def entry_of(meeting: Meeting, now: datetime) -> Enclosure:
    """The meeting for a calendar program."""
    content = calendar([meeting], name=meeting.title, made_at=now)
    return Enclosure("sitzung.ics", "text/calendar", content)


def facts_of(meeting: Meeting) -> list[str]:
    """Day, time and place in lines."""
    times = " – ".join(f"{at:%H:%M}" for at in (meeting.starts_at, meeting.ends_at) if at)
    day = f"{weekday(meeting.held_on)}, {meeting.held_on:%d.%m.%Y}"
    lines = [f"{day}, {times}" if times else day]
    return [*lines, meeting.place] if meeting.place else lines


def change_lines(before: Meeting, after: Meeting) -> list[str]:
    """What changed for those who want to come; empty if nothing did."""
    if after.status == MeetingStatus.CANCELLED != before.status:
        return [_("The meeting is cancelled.")]
    old, new = facts_of(before), facts_of(after)
    pairs = [(old[0], new[0]), (before.place, after.place)]
    return [
        _("Now: %(new)s (before: %(old)s)") % {"new": now or "–", "old": then or "–"}
        for then, now in pairs
        if then != now
    ]


def queue_change(
    invitation: MeetingInvitation, letter: Letter, lines: Sequence[str], *, link: str, now: datetime
) -> None:
    meeting = letter.meeting
    cancelled = meeting.status == MeetingStatus.CANCELLED
    subject = _("Cancelled: %(title)s") if cancelled else _("Changed: %(title)s")
    answer = (
        _("Please look whether your answer still holds:\n\n%(link)s\n") % {"link": link}
        if link
        else ""
    )
    queue_mail(
        to=invitation.email,
        subject=subject % {"title": meeting.title[:150]},
        text=_("Good day,\n\n%(title)s\n\n%(lines)s\n\n%(answer)s")
        % {"title": meeting.title, "lines": "\n".join(lines), "answer": answer},
        kind="meetings.invitation",
        now=now,
        reply_to=letter.reply_to,
        files=[entry_of(meeting, now)],
    )


def _block(title: str, lines: Sequence[str]) -> str:
    return f"{title}\n" + "\n".join(lines) + "\n\n" if lines else ""
