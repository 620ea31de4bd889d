"""Showing a draft to those who were there, and what they wish to change."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.domain.recipients import Recipient
from buendnisnetz.meetings.enums import EditionStatus, RequestStatus
from buendnisnetz.meetings.models import ChangeRequest, Consultee, Edition, MinutesEntry
from buendnisnetz.notifications.outbox import queue_mail

_SALT = "meetings.consultation"


class PastDayError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This day is over. Please choose a later one."))


class DecidedAlreadyError(DomainError):
    """Two people decide about the same wish."""

    def __init__(self) -> None:
        super().__init__(_("Somebody decided about this wish already. Please load the page again."))


class OpenRequestsError(DomainError):
    """Wishes without an answer stand in the way of the approval."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _("%(count)s wishes to change have no answer yet. Please answer them first.")
            % {"count": count}
        )


def send_round(
    *,
    edition: Edition,
    recipients: Sequence[Recipient],
    until: date,
    words: str,
    actor: Any,
    now: datetime,
) -> Edition:
    """Put a draft into consultation and mail everyone a link of their own, valid until the last day.

    Raises EditionStateError, PastDayError.
    """
    with recorded(actor=actor, action="meetings.edition.consulted"):
        if links.end_of(until) <= now:
            raise PastDayError
        row = states.start_consultation(edition=edition, until=until, actor=actor)
        for recipient in recipients:
            _ask(row, recipient, until, words, now)
        return row


def _ask(edition: Edition, recipient: Recipient, until: date, words: str, now: datetime) -> None:
    consultee = Consultee.objects.filter(edition=edition, email=recipient.email).first()
    consultee = consultee or Consultee(edition=edition, email=recipient.email)
    consultee.name, consultee.post, consultee.sent_at = recipient.name, recipient.post, now
    consultee.agreed_at = consultee.answered_at = None
    address = links.issued(
        consultee,
        salt=_SALT,
        view="meetings:consultation",
        now=now,
        valid_for=links.end_of(until) - now,
    )
    queue_mail(
        to=recipient.email,
        subject=_("Please look over: minutes of %(day)s")
        % {"day": f"{edition.meeting.held_on:%d.%m.%Y}"},
        text=_letter(edition, until, words, address),
        kind="meetings.consultation",
        now=now,
    )


def _letter(edition: Edition, until: date, words: str, address: str) -> str:
    return _(
        "Good day,\n\nthe draft of the minutes is ready:\n\n%(title)s, %(day)s\n\n%(words)s"
        "Please look it over until %(until)s. The link is only for you and needs no sign-in:\n\n%(link)s\n"
    ) % {
        "title": edition.meeting.title,
        "day": f"{edition.meeting.held_on:%d.%m.%Y}",
        "words": f"{words.strip()}\n\n" if words.strip() else "",
        "until": f"{until:%d.%m.%Y}",
        "link": address,
    }


def consultee_behind(*, token: str, now: datetime) -> Consultee:
    """Whoever a link belongs to, while the draft is in consultation. Raises LinkClosedError."""
    rows = Consultee.objects.select_related("edition__meeting")
    found = links.behind(rows, token, salt=_SALT, now=now, again=True)
    if found.edition.status != EditionStatus.CONSULTATION:
        raise links.LinkClosedError
    return found


def agree(*, consultee: Consultee, now: datetime) -> None:
    """Note that somebody has no wish to change anything."""
    with recorded(actor=None, action="meetings.edition.agreed"):
        Consultee.objects.filter(pk=consultee.pk).update(agreed_at=now, answered_at=now)


def wish(
    *,
    edition: Edition,
    entry: MinutesEntry | None,
    words: str,
    actor: Any,
    now: datetime,
    consultee: Consultee | None = None,
) -> ChangeRequest:
    """Note a wish to change a passage, or the minutes as a whole. Raises EditionStateError."""
    with recorded(actor=actor, action="meetings.change_request.made"):
        row = states.locked(edition)
        if not row.is_writable:
            raise states.EditionStateError(row)
        if consultee is not None:
            Consultee.objects.filter(pk=consultee.pk).update(answered_at=now)
        return ChangeRequest.objects.create(
            edition=row,
            entry=entry,
            passage=entry.text if entry else "",
            words=words.strip(),
            proposed_by=actor,
            proposed_words=consultee.name if consultee else "",
            proposed_at=now,
        )


def decide(
    *, request: ChangeRequest, status: RequestStatus, answer: str, actor: Any, now: datetime
) -> ChangeRequest:
    """Say what becomes of a wish: taken over (somebody edits the passage) or declined with a reason.

    Raises DecidedAlreadyError.
    """
    with recorded(actor=actor, action="meetings.change_request.decided"):
        rows = ChangeRequest.objects.select_for_update(of=("self",))
        row: ChangeRequest = rows.get(pk=request.pk)
        if row.status != RequestStatus.OPEN:
            raise DecidedAlreadyError
        row.status, row.answer, row.decided_at = status, answer.strip(), now
        row.save()
        return row


def open_requests(edition: Edition) -> int:
    return edition.change_requests.filter(status=RequestStatus.OPEN).count()
