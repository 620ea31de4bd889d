"""Whether a contact is still right: asked by mail every six months, answered by link (S77)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.links import OneUseLink
from buendnisnetz.network.enums import ContactAnswer
from buendnisnetz.network.models.post import Post


@tracked()
class PostConfirmation(models.Model):
    """On this day somebody found a post's address and holder right; never overwritten."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="confirmations")
    confirmed_on = models.DateField(_("confirmed on"))
    by_link = models.BooleanField(_("by mail link"), default=False)

    class Meta:
        verbose_name = _("confirmation of a contact")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "confirmed_on"], name="network_postconfirmation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.confirmed_on}"


class ContactCheck(OneUseLink):
    """A question that was mailed to a contact. The reminder is a second one with ``is_reminder``.

    Personal data: what the contact wrote; ``retention`` forgets it.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="checks")
    sent_at = models.DateTimeField(_("sent at"))
    is_reminder = models.BooleanField(_("reminder"), default=False)
    answer = models.CharField(_("answer"), max_length=10, choices=ContactAnswer.choices, blank=True)
    words = models.TextField(_("what has changed"), blank=True)
    # Nobody answered, and somebody was given the task to ask.
    passed_on_at = models.DateTimeField(_("passed on at"), null=True, blank=True)

    retention = "buendnisnetz.network.domain.retention.forget_old_checks"

    class Meta:
        verbose_name = _("question to a contact")
        constraints = [
            models.CheckConstraint(
                name="network_contactcheck_answered_with_an_answer",
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [models.Index(fields=["post", "sent_at"], name="contactcheck_post")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.sent_at:%Y-%m-%d}"
