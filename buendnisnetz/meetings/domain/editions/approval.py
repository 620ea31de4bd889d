"""Asking the named person for the approval, by mail link or signed in, and taking the answer (S10).

A link alone approves nothing: whoever has the mail must also be the person, by a code of the second
factor or by signing in, as the state's rules say.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core import links, ratelimit
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.domain.editions.consultation import (
    OpenRequestsError,
    open_requests,
)
from buendnisnetz.meetings.domain.editions.rules import rules_for
from buendnisnetz.meetings.enums import ApprovalMode, ApprovedHow, EditionStatus
from buendnisnetz.meetings.models import (
    ApprovalRequest,
    ChangeRequest,
    Edition,
)
from buendnisnetz.network.models import Person
from buendnisnetz.notifications.outbox import queue_mail

VALID_FOR = timedelta(days=30)
PAUSE = timedelta(days=14)
_SALT = "meetings.approval"


class NoApproverAddressError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("No mail reaches this person. Please add an e-mail address or choose somebody else.")
        )


class NotTheApproverError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Only the person who was asked can approve these minutes."))


class WrongCodeError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This code is not right or has run out. Please enter a new one."))


class WordsMissingError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please say what should change before you approve."))


def request_approval(
    *, edition: Edition, person: Person, words: str, actor: Any, now: datetime
) -> ApprovalRequest:
    """Name who approves and mail them. Raises EditionStateError, OpenRequestsError, NoApproverAddressError."""
    with recorded(actor=actor, action="meetings.approval.requested"):
        row = states.locked(edition)
        if not row.is_writable:
            raise states.EditionStateError(row)
        waiting = open_requests(row)
        if waiting:
            raise OpenRequestsError(waiting)
        row.approver = person
        row.version += 1
        row.save()
        return _send(row, person, words, now)


def _send(edition: Edition, person: Person, words: str, now: datetime) -> ApprovalRequest:
    email = person.email or (person.user.email if person.user else "")
    if not email:
        raise NoApproverAddressError
    # Older links to the same edition answer nothing any more.
    ApprovalRequest.objects.filter(edition=edition, answered_at=None).update(answered_at=now)
    request = ApprovalRequest(edition=edition, person=person, email=email, sent_at=now)
    address = links.issued(
        request, salt=_SALT, view="meetings:approval", now=now, valid_for=VALID_FOR
    )
    queue_mail(
        to=email,
        subject=_("Please approve: minutes of %(day)s")
        % {"day": f"{edition.meeting.held_on:%d.%m.%Y}"},
        text=_letter(edition, words, address),
        kind="meetings.approval",
        now=now,
    )
    return request


def _letter(edition: Edition, words: str, address: str) -> str:
    return _(
        "Good day,\n\nthese minutes wait for your approval:\n\n%(title)s, %(day)s\n\n%(words)s"
        "Please read them and approve, or say what should change. The link works for 30 days:\n\n%(link)s\n"
    ) % {
        "title": edition.meeting.title,
        "day": f"{edition.meeting.held_on:%d.%m.%Y}",
        "words": f"{words.strip()}\n\n" if words.strip() else "",
        "link": address,
    }


def request_behind(*, token: str, now: datetime, lock: bool = False) -> ApprovalRequest:
    """The request that a link belongs to, while the minutes wait. Raises LinkClosedError."""
    rows = ApprovalRequest.objects.select_related(
        "person__user", "edition__meeting__territory", "edition__meeting__alliance"
    )
    found = links.behind(rows, token, salt=_SALT, now=now, lock=lock)
    if not found.edition.is_writable:
        raise links.LinkClosedError
    return found


def asks_for_code(request: ApprovalRequest) -> bool:
    """Whether the link page asks for a code of the second factor; else it leads to signing in."""
    user = request.person.user
    mode = rules_for(request.edition.meeting).mode
    return mode == ApprovalMode.SECOND_FACTOR and user is not None and _totp(user) is not None


def approve_by_code(*, token: str, code: str, now: datetime) -> Edition:
    """Approve with a link and a code of the second factor.

    Raises LinkClosedError, WrongCodeError, TooOftenError, and as :func:`states.approve`.
    """
    request = request_behind(token=token, now=now)
    # Counted outside of the transaction, so that wrong codes stay counted.
    ratelimit.count(
        f"meetings.approval:{request.pk}", limit=5, period=timedelta(minutes=15), now=now
    )
    if not asks_for_code(request) or not _code_is_right(request.person.user, code):
        raise WrongCodeError
    with recorded(actor=request.person.user, action="meetings.edition.approved"):
        request = request_behind(token=token, now=now, lock=True)
        return _approved(request, ApprovedHow.LINK, now)


def approve_signed_in(*, edition: Edition, actor: Any, now: datetime) -> Edition:
    """Approve as the named person, signed in. Raises NotTheApproverError, and as states.approve."""
    with recorded(actor=actor, action="meetings.edition.approved"):
        row = states.locked(edition)
        if not is_approver(row, actor):
            raise NotTheApproverError
        rows = ApprovalRequest.objects.filter(edition=row, answered_at=None)
        request = rows.select_related("person", "edition__meeting").order_by("-pk").first()
        if request is not None:
            return _approved(request, ApprovedHow.SIGNED_IN, now)
        return _freeze(row, row.approver, ApprovedHow.SIGNED_IN, actor, now)


def is_approver(edition: Edition, user: Any) -> bool:
    """Whether this account is the named person's."""
    approver = edition.approver
    return approver is not None and approver.user_id is not None and approver.user_id == user.pk


def send_back(*, edition: Edition, words: str, actor: Any, now: datetime) -> ChangeRequest:
    """Not yet: the named person says what should change. Raises NotTheApproverError, WordsMissingError."""
    with recorded(actor=actor, action="meetings.edition.sent_back"):
        row = states.locked(edition)
        if not is_approver(row, actor):
            raise NotTheApproverError
        if not words.strip():
            raise WordsMissingError
        rows = ApprovalRequest.objects.filter(edition=row, answered_at=None)
        rows.update(answered_at=now, approved=False, words=words.strip())
        if row.status == EditionStatus.CONSULTATION:
            states.move(row, EditionStatus.DRAFT)
        return ChangeRequest.objects.create(
            edition=row, words=words.strip(), proposed_by=actor, proposed_at=now
        )


def _approved(request: ApprovalRequest, how: ApprovedHow, now: datetime) -> Edition:
    request.answered_at, request.approved = now, True
    request.save()
    user = request.person.user
    return _freeze(request.edition, request.person, how, user, now)


def _freeze(
    edition: Edition, person: Person | None, how: ApprovedHow, actor: Any, now: datetime
) -> Edition:
    waiting = open_requests(edition)
    if waiting:
        raise OpenRequestsError(waiting)
    return states.approve(
        edition=edition,
        how=how,
        approved_on=timezone.localdate(now),
        approved_by=person.titled_name() if person else "",
        person=person,
        actor=actor,
        now=now,
    )


def remind_late(*, request: int, now: datetime) -> bool:
    """Remind whoever was asked and has not answered for too long; at most every two weeks."""
    with recorded(actor=None, action="meetings.approval.reminded"):
        rows = ApprovalRequest.objects.select_for_update(of=("self",)).select_related(
            "edition__meeting__territory"
        )
        row = rows.filter(pk=request).first()
        if row is None or not late_requests(now=now).filter(pk=request).exists():
            return False
        days = (timezone.localdate(now) - row.edition.meeting.held_on).days
        if days < rules_for(row.edition.meeting).remind_after_days:
            return False
        row.reminded_at = now
        row.save()
        # A new link, because the first one is kept nowhere.
        again = _send(row.edition, row.person, _late(days), now)
        ApprovalRequest.objects.filter(pk=again.pk).update(reminded_at=now)
        return True


def _late(days: int) -> str:
    return _("The meeting was %(days)s days ago.") % {"days": days}


def late_requests(*, now: datetime) -> Any:
    """Requests without an answer that nobody was reminded of lately."""
    rows = ApprovalRequest.objects.filter(answered_at=None, sent_at__lt=now - PAUSE)
    return rows.exclude(reminded_at__gt=now - PAUSE)


def _totp(user: Any) -> Authenticator | None:
    rows = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    found: Authenticator | None = rows.first()
    return found


def _code_is_right(user: Any, code: str) -> bool:
    factor = _totp(user)
    return factor is not None and bool(factor.wrap().validate_code(code.strip()))
