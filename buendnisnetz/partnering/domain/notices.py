"""Telling people that we have their contact from others, within a month (GDPR Art. 14, S114)."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import locked, saved
from buendnisnetz.notifications.outbox import queue_mail
from buendnisnetz.partnering.domain.posts import reply_address
from buendnisnetz.partnering.models import Notice, Prospect

# The mail goes out this long before the month is over, so that a failed delivery can be repeated.
BEFORE_DUE = timedelta(days=10)


class AlreadyToldError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("They were told already."))


def a_month_after(day: date) -> date:
    """The same day a month later; the last day of a shorter month."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def contact_was_given(*, prospect: Prospect, source: str, today: date) -> Notice | None:
    """Note that somebody has to be told; None if there is no contact or a notice waits already.

    Called inside the caller's transaction. ``source`` empty stands for the network's own people.
    """
    if not (prospect.contact_words or prospect.contact_email):
        return None
    if Notice.objects.filter(prospect=prospect, sent_at=None, told_on=None).exists():
        return None
    return Notice.objects.create(
        prospect=prospect,
        obtained_on=today,
        due_on=a_month_after(today),
        source=source.strip()[:200] or _("somebody who works in the network"),
    )


def told_in_person(*, notice: Notice, on: date, actor: Any) -> Notice:
    """Note that they were told in a talk. Raises AlreadyToldError."""
    with recorded(actor=actor, action="partnering.notice.told"):
        row = locked(notice)
        if row.sent_at is not None or row.told_on is not None:
            raise AlreadyToldError
        row.told_on = on
        return saved(row)


def notices_to_send(today: date) -> QuerySet[Notice]:
    """Open notices whose month ends soon and whose contact has an address."""
    rows = Notice.objects.filter(sent_at=None, told_on=None, due_on__lte=today + BEFORE_DUE)
    return rows.exclude(prospect__contact_email="").order_by("pk")


def notices_to_tell(today: date) -> QuerySet[Notice]:
    """Open notices that no mail can settle, because there is no address."""
    rows = Notice.objects.filter(sent_at=None, told_on=None, due_on__lte=today + BEFORE_DUE)
    return (
        rows.filter(prospect__contact_email="").exclude(prospect__contact_words="").order_by("pk")
    )


def send_notice(*, notice: int, now: datetime) -> Notice | None:
    """Send one notice; None if it needs none any more."""
    with recorded(actor=None, action="partnering.notice.sent"):
        rows = notices_to_send(timezone.localdate(now)).select_for_update(of=("self",))
        row: Notice | None = rows.select_related("prospect").filter(pk=notice).first()
        if row is None:
            return None
        queue_mail(
            to=row.prospect.contact_email,
            subject=_("What is stored about you in the network of alliances"),
            text=_letter(row),
            kind="partnering.notice",
            now=now,
            reply_to=reply_address(
                row.prospect.holder, row.prospect.alliance, timezone.localdate(now)
            ),
        )
        row.sent_at = now
        return saved(row)


def _letter(notice: Notice) -> str:
    return _(
        "Good day,\n\nthe alliances for families in our state keep a list of whom they would like to win as a partner. "
        "%(name)s is on it, and with it this e-mail address: %(address)s%(words)s.\n\n"
        "We got it on %(day)s from: %(source)s. Purpose: to get in touch about taking part. Basis: Art. 6 (1) f GDPR. "
        "Only the coordination of the alliance and the coordination office see it. It is deleted 12 months after the last contact.\n\n"
        "You may ask what is stored, have it corrected or deleted, and object at any time: a short answer to this mail is enough.\n"
    ) % {
        "name": notice.prospect.name,
        "address": notice.prospect.contact_email,
        "words": f" ({notice.prospect.contact_words})" if notice.prospect.contact_words else "",
        "day": f"{notice.obtained_on:%d.%m.%Y}",
        "source": notice.source,
    }
