"""Date polls: asked by mail, answered without a sign-in, decided by a person (S115)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.meetings import create_meeting
from buendnisnetz.meetings.domain.preparing.calendar import weekday
from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import POLL_TRANSITIONS, PollAnswerKind, PollStatus
from buendnisnetz.meetings.models import (
    DateOption,
    DatePoll,
    Meeting,
    PollAnswer,
    PollInvitee,
)
from buendnisnetz.meetings.signals import poll_decided
from buendnisnetz.notifications.outbox import queue_mail

MOST_OPTIONS = 20
_SALT = "meetings.poll"


class Slot(NamedTuple):
    """A time to choose from."""

    held_on: date
    starts_at: time
    ends_at: time | None


class PollStateError(DomainError):
    """The poll is not where this step begins."""

    def __init__(self, poll: DatePoll) -> None:
        super().__init__(
            _("This poll is “%(state)s”, so this is not possible. Please load the page again.")
            % {"state": poll.get_status_display()}
        )


class PollDayError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This day is over. Please choose a later one."))


class OptionsError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Please give at least two and at most %(most)s different times.")
            % {"most": MOST_OPTIONS}
        )


def create_poll(*, options: Sequence[Slot], actor: Any, now: datetime, **values: Any) -> DatePoll:
    """Open a poll; nobody is asked yet. ``values`` are its fields. Raises OptionsError, PollDayError.

    The poll of an alliance's group belongs to the alliance too, so that its people see it.
    """
    with recorded(actor=actor, action="meetings.poll.created"):
        if len({option[:2] for option in options}) != len(options):
            raise OptionsError
        if not 2 <= len(options) <= MOST_OPTIONS:
            raise OptionsError
        group = values.get("working_group")
        if group is not None:
            values["alliance"] = group.alliance
        poll = DatePoll(asked_at=now, **values)
        _check_day(poll.closes_on, now)
        poll.full_clean()
        poll.save()
        DateOption.objects.bulk_create(
            DateOption(poll=poll, held_on=day, starts_at=start, ends_at=end)
            for day, start, end in sorted(options, key=lambda option: option[:2])
        )
    return poll


def ask(*, poll: DatePoll, recipients: Sequence[Recipient], actor: Any, now: datetime) -> int:
    """Mail everyone who was not asked yet a link of their own. Raises PollStateError, PollDayError.

    Returns how many were asked.
    """
    with recorded(actor=actor, action="meetings.poll.asked"):
        row = _open(poll)
        _check_day(row.closes_on, now)
        known = {email.lower() for email in row.invitees.values_list("email", flat=True)}
        fresh = [person for person in recipients if person.email.lower() not in known]
        options = list(row.options.order_by("held_on", "starts_at"))
        for person in fresh:
            invitee = PollInvitee(poll=row, post=person.post, name=person.name, email=person.email)
            _mail(row, invitee, options, now, reminder=False)
        return len(fresh)


def remind(*, poll: DatePoll, actor: Any, now: datetime) -> int:
    """Remind once whoever has not answered; the new link takes the old one's place.

    Returns how many were reminded. Raises PollStateError, PollDayError.
    """
    with recorded(actor=actor, action="meetings.poll.reminded"):
        row = _open(poll)
        _check_day(row.closes_on, now)
        silent = row.invitees.select_for_update(of=("self",)).filter(
            answered_at=None, reminded_at=None
        )
        options = list(row.options.order_by("held_on", "starts_at"))
        people = list(silent.order_by("pk"))
        for invitee in people:
            invitee.reminded_at = now
            _mail(row, invitee, options, now, reminder=True)
        return len(people)


def _mail(
    poll: DatePoll,
    invitee: PollInvitee,
    options: Sequence[DateOption],
    now: datetime,
    *,
    reminder: bool,
) -> None:
    address = links.issued(
        invitee,
        salt=_SALT,
        view="meetings:poll_answer",
        now=now,
        valid_for=links.end_of(poll.closes_on) - now,
    )
    subject = (
        _("Reminder: when shall we meet? %(title)s")
        if reminder
        else _("When shall we meet? %(title)s")
    )
    queue_mail(
        to=invitee.email,
        subject=subject % {"title": poll.title[:120]},
        text=_letter(poll, options, address),
        kind="meetings.poll",
        now=now,
    )


def _letter(poll: DatePoll, options: Sequence[DateOption], address: str) -> str:
    return _(
        "Good day,\n\nwe are looking for a date: %(title)s\n\n%(words)sThese times are open to choice:\n\n"
        "%(options)s\n\nPlease answer until %(until)s. The link is only for you or your deputy, needs no sign-in, "
        "and you may change your answer until then:\n\n%(link)s\n"
    ) % {
        "title": poll.title,
        "words": f"{poll.words.strip()}\n\n" if poll.words.strip() else "",
        "options": "\n".join(f"- {option_words(option)}" for option in options),
        "until": f"{poll.closes_on:%d.%m.%Y}",
        "link": address,
    }


def option_words(option: DateOption) -> str:
    """Such as: Tuesday, 24.11.2026, 17:00 – 19:00."""
    day = option.held_on
    times = f"{option.starts_at:%H:%M}" + (f" – {option.ends_at:%H:%M}" if option.ends_at else "")
    return f"{weekday(day)}, {day:%d.%m.%Y}, {times}"


def invitee_behind(*, token: str, now: datetime) -> PollInvitee:
    """Whoever a link belongs to, while the poll is open. Raises LinkClosedError."""
    rows = PollInvitee.objects.select_related("poll")
    found = links.behind(rows, token, salt=_SALT, now=now, again=True)
    if found.poll.status != PollStatus.OPEN:
        raise links.LinkClosedError
    return found


def answer(
    *,
    invitee: PollInvitee,
    answers: Mapping[int, PollAnswerKind],
    words: str,
    now: datetime,
) -> None:
    """Keep what somebody says to each time, in place of an earlier answer. Raises LinkClosedError.

    ``answers`` maps an option's number to the answer; times without one stay open.
    """
    with recorded(actor=None, action="meetings.poll.answered"):
        # The same lock as deciding takes: an answer counts before the decision, or not at all.
        poll = DatePoll.objects.select_for_update(of=("self",)).get(pk=invitee.poll_id)
        if poll.status != PollStatus.OPEN or links.end_of(poll.closes_on) <= now:
            raise links.LinkClosedError
        own = set(poll.options.values_list("pk", flat=True))
        PollAnswer.objects.filter(invitee=invitee).delete()
        PollAnswer.objects.bulk_create(
            PollAnswer(invitee=invitee, option_id=option, answer=said)
            for option, said in answers.items()
            if option in own
        )
        PollInvitee.objects.filter(pk=invitee.pk).update(words=words.strip(), answered_at=now)


def decide(*, poll: DatePoll, option: DateOption, actor: Any, now: datetime) -> Meeting:
    """Settle on one of the times: it becomes a planned meeting, and whoever waits for it is told.

    Raises PollStateError.
    """
    with recorded(actor=actor, action="meetings.poll.decided"):
        row = move(poll, PollStatus.DECIDED)
        meeting = create_meeting(
            actor=actor,
            title=row.title,
            kind=row.kind,
            series=row.series,
            alliance=None if row.working_group_id else row.alliance,
            working_group=row.working_group,
            place=row.place,
            held_on=option.held_on,
            starts_at=option.starts_at,
            ends_at=option.ends_at,
        )
        row.meeting = meeting
        row.save(update_fields=["meeting"])
        poll_decided.send(DatePoll, poll=row, meeting=meeting, actor=actor)
        return meeting


def cancel(*, poll: DatePoll, actor: Any) -> DatePoll:
    """Give the search up; links answer no more. Raises PollStateError."""
    with recorded(actor=actor, action="meetings.poll.cancelled"):
        return move(poll, PollStatus.CANCELLED)


def extend(*, poll: DatePoll, closes_on: date, actor: Any, now: datetime) -> DatePoll:
    """Take answers until another day; opens a cancelled poll again. Links out there live on.

    Raises PollStateError, PollDayError.
    """
    with recorded(actor=actor, action="meetings.poll.extended"):
        _check_day(closes_on, now)
        row = _locked(poll)
        if row.status != PollStatus.OPEN:
            row = move(row, PollStatus.OPEN)
        row.closes_on = closes_on
        row.version += 1
        row.save()
        row.invitees.update(expires_at=links.end_of(closes_on))
        return row


def move(poll: DatePoll, status: PollStatus) -> DatePoll:
    """The one place where a poll changes its state. Raises PollStateError."""
    row = _locked(poll)
    if status not in POLL_TRANSITIONS[PollStatus(row.status)]:
        raise PollStateError(row)
    row.status = status
    row.version += 1
    row.save()
    return row


def _locked(poll: DatePoll) -> DatePoll:
    rows = DatePoll.objects.select_for_update(of=("self",))
    found: DatePoll = rows.select_related("alliance", "working_group", "series").get(pk=poll.pk)
    return found


def _open(poll: DatePoll) -> DatePoll:
    row = _locked(poll)
    if row.status != PollStatus.OPEN:
        raise PollStateError(row)
    return row


def _check_day(closes_on: date, now: datetime) -> None:
    if links.end_of(closes_on) <= now:
        raise PollDayError
