"""Mail that waits to be sent, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.core.models import PublicId


class MessageStatus(models.TextChoices):
    WAITING = "WAITING", _("waiting")
    SENT = "SENT", _("sent")
    FAILED = "FAILED", _("failed")


class Message(PublicId):
    """One mail to one address. It keeps its Message-ID however often it is tried.

    Personal data: the address and the text. The text goes when it is sent, because links in it are
    secret; ``retention`` forgets the address.
    """

    recipient = models.EmailField(_("recipient"), blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    kind = models.CharField(_("kind"), max_length=60)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    reply_to = models.EmailField(_("answers go to"), blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=MessageStatus.choices, default=MessageStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    retention = "buendnisnetz.notifications.outbox.forget_old_messages"

    class Meta:
        verbose_name = _("mail")
        constraints = [
            models.CheckConstraint(
                name="notifications_message_sent_at_a_time",
                condition=Q(status=MessageStatus.SENT, sent_at__isnull=False)
                | (~Q(status=MessageStatus.SENT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "created_at"], name="notifications_message_waiting")
        ]

    def __str__(self) -> str:
        return self.subject


class MailFile(models.Model):
    """The bytes of attachments, once for all mails that carry them; gone when none waits any more."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of a mail")

    def __str__(self) -> str:
        return self.sha256


class MailAttachment(models.Model):
    """What a mail carries. Name and checksum stay as the record of what was sent."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=100)
    sha256 = models.CharField(_("checksum"), max_length=64)
    file = models.ForeignKey(
        MailFile, on_delete=models.SET_NULL, null=True, related_name="attachments"
    )

    class Meta:
        verbose_name = _("attachment of a mail")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "position"], name="notifications_attachment_position"
            )
        ]

    def __str__(self) -> str:
        return self.name
