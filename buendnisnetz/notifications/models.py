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
