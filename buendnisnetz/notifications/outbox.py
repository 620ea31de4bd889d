"""Sending mail so that none is lost and none is sent twice without need.

A domain function queues a message inside its own transaction: rolled back together, committed
together. A job delivers it. If the process dies between the mail server's yes and our commit, the
mail goes out again with the same Message-ID, by which mail programs recognise the repetition.
"""

import hashlib
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import QuerySet

from buendnisnetz.core.queue import enqueue
from buendnisnetz.notifications.models import MailAttachment, MailFile, Message, MessageStatus

MOST_ATTEMPTS = 8
KEEP = timedelta(days=180)


class NotDeliveredError(Exception):
    """The mail server did not take the mail this time; the job queue tries again."""


@dataclass(frozen=True)
class Enclosure:
    """A file that a mail brings along."""

    name: str
    media_type: str
    content: bytes


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    now: datetime,
    reply_to: str = "",
    files: Sequence[Enclosure] = (),
) -> Message:
    """Queue one mail. Call it inside the transaction that makes the mail necessary."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message = Message.objects.create(
        recipient=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        kind=kind,
        message_id=make_msgid(domain=domain),
        reply_to=reply_to,
        created_at=now,
    )
    for position, file in enumerate(files):
        _enclose(message, position, file)
    enqueue("notifications.deliver", message=message.pk)
    return message


def _enclose(message: Message, position: int, file: Enclosure) -> None:
    sha256 = hashlib.sha256(file.content).hexdigest()
    MailAttachment.objects.create(
        message=message,
        position=position,
        name=file.name,
        media_type=file.media_type,
        sha256=sha256,
        file_id=_stored(sha256, file.content),
    )


# The update takes the row's lock, so that nobody forgets the bytes before this mail refers to them.
_STORE = """
INSERT INTO notifications_mailfile (sha256, content) VALUES (%s, %s)
ON CONFLICT (sha256) DO UPDATE SET sha256 = excluded.sha256 RETURNING id
"""


def _stored(sha256: str, content: bytes) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [sha256, content])
        number: int = cursor.fetchone()[0]
    return number


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
            _forget_files(row)
        else:
            row.last_error = error[:500]
            if row.attempts >= MOST_ATTEMPTS:
                row.status = MessageStatus.FAILED
        row.save()
    if error is not None and row.status == MessageStatus.WAITING:
        raise NotDeliveredError(error)


def _forget_files(row: Message) -> None:
    """Drop a mail's files, and their bytes if no other mail carries them."""
    files = list(row.attachments.exclude(file=None).values_list("file", flat=True))
    row.attachments.update(file=None)
    _delete_unused(MailFile.objects.filter(pk__in=files))


def _delete_unused(files: QuerySet[MailFile]) -> None:
    # In the order of their keys, so that two mails with the same files do not wait for each other.
    for file in files.order_by("pk").select_for_update(of=("self",)).defer("content"):
        if not file.attachments.exists():
            file.delete()


def _send(row: Message) -> str | None:
    mail = EmailMessage(
        subject=row.subject,
        body=row.text,
        to=[row.recipient],
        reply_to=[row.reply_to] if row.reply_to else None,
        headers={
            "Message-ID": row.message_id,
            # Absence notes must not answer machines.
            "Auto-Submitted": "auto-generated",
        },
    )
    for part in row.attachments.select_related("file").order_by("position"):
        if part.file is not None:
            mail.attach(part.name, bytes(part.file.content), part.media_type)
    try:
        mail.send()
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        # ValueError: no mail can be written to such an address.
        return f"{type(problem).__name__}: {problem}"
    return None


def forget_old_messages(*, now: datetime) -> int:
    """Remove addresses, texts and files of mails that were done long ago; that they were sent remains."""
    done = Message.objects.exclude(status=MessageStatus.WAITING).filter(created_at__lt=now - KEEP)
    with transaction.atomic():
        MailAttachment.objects.filter(message__in=done).update(file=None)
        _delete_unused(MailFile.objects.filter(attachments=None))
    return done.exclude(recipient="", text="").update(recipient="", text="")
