"""Sending mail so that none is lost and none is sent twice without need.

A domain function queues a message inside its own transaction: rolled back together, committed
together. A job delivers it. If the process dies between the mail server's yes and our commit, the
mail goes out again with the same Message-ID, by which mail programs recognise the repetition.
"""

import smtplib
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from buendnisnetz.core.queue import enqueue
from buendnisnetz.notifications.models import Message, MessageStatus

MOST_ATTEMPTS = 8
KEEP = timedelta(days=180)


class NotDeliveredError(Exception):
    """The mail server did not take the mail this time; the job queue tries again."""


def queue_mail(*, to: str, subject: str, text: str, kind: str, now: datetime) -> Message:
    """Queue one mail. Call it inside the transaction that makes the mail necessary."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message = Message.objects.create(
        recipient=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        kind=kind,
        message_id=make_msgid(domain=domain),
        created_at=now,
    )
    enqueue("notifications.deliver", message=message.pk)
    return message


def deliver(*, message: int, now: datetime) -> None:
    """Send a waiting message. Does nothing if it has been sent or given up.

    Raises :class:`NotDeliveredError` after a failed attempt, so that the job is tried again.
    """
    with transaction.atomic():
        row = Message.objects.select_for_update(of=("self",)).get(pk=message)
        if row.status != MessageStatus.WAITING:
            return
        row.attempts += 1
        error = _send(row)
        if error is None:
            row.status, row.sent_at, row.last_error = MessageStatus.SENT, now, ""
            # Links in it open accounts and answer for posts: what is sent is kept nowhere.
            row.text = ""
        else:
            row.last_error = error[:500]
            if row.attempts >= MOST_ATTEMPTS:
                row.status = MessageStatus.FAILED
        row.save()
    if error is not None and row.status == MessageStatus.WAITING:
        raise NotDeliveredError(error)


def _send(row: Message) -> str | None:
    mail = EmailMessage(
        subject=row.subject,
        body=row.text,
        to=[row.recipient],
        headers={
            "Message-ID": row.message_id,
            # Absence notes must not answer machines.
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        mail.send()
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        # ValueError: no mail can be written to such an address.
        return f"{type(problem).__name__}: {problem}"
    return None


def forget_old_messages(*, now: datetime) -> int:
    """Remove addresses and texts of mails that were done long ago; that they were sent remains."""
    return (
        Message.objects.exclude(status=MessageStatus.WAITING)
        .filter(created_at__lt=now - KEEP)
        .exclude(recipient="", text="")
        .update(recipient="", text="")
    )
