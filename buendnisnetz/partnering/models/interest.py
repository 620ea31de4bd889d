"""What a firm said itself in the public form, to whom it was handed over, who was told about data."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.links import OneUseLink
from buendnisnetz.core.models import PublicId
from buendnisnetz.network.models import Post
from buendnisnetz.partnering.enums import ChamberChoice, HandOverStatus, HandOverWish, Topic
from buendnisnetz.partnering.models.prospect import Prospect


@tracked()
class Interest(PublicId):
    """A firm showed interest in the public form, with the consent text that it saw (S19, S29).

    Personal data: contact and message. They go when the firm withdraws, or 12 months after the
    prospect's last step; that somebody asked stays.
    """

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="interests")
    contact_words = models.CharField(_("whom to ask for"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    message = models.TextField(_("message"), blank=True)
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic.choices),
        verbose_name=_("topics"),
        default=list,
        blank=True,
    )
    chamber = models.CharField(
        _("chamber"), max_length=8, choices=ChamberChoice.choices, default=ChamberChoice.UNKNOWN
    )
    wish = models.CharField(
        _("hand on"), max_length=8, choices=HandOverWish.choices, default=HandOverWish.NONE
    )
    consent_text = models.TextField(_("text that was agreed to"))
    consent_version = models.CharField(_("version of the text"), max_length=20)
    sent_at = models.DateTimeField(_("sent at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    retention = "buendnisnetz.partnering.domain.retention.forget_silent_contacts"

    class Meta:
        verbose_name = _("interest of a firm")
        constraints = [
            models.CheckConstraint(
                name="partnering_interest_with_consent",
                condition=~Q(consent_text="") & ~Q(consent_version=""),
            ),
            models.CheckConstraint(
                name="partnering_interest_withdrawn_is_empty",
                condition=Q(withdrawn_at=None) | Q(contact_words="", contact_email="", message=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d}"


class WithdrawalLink(OneUseLink):
    """The link in the firm's confirmation mail that takes the interest back."""

    interest = models.OneToOneField(Interest, on_delete=models.CASCADE, related_name="link")

    class Meta:
        verbose_name = _("link to withdraw")

    def __str__(self) -> str:
        return f"{self.interest_id}"


class HandOverQuerySet(models.QuerySet[Any, Any]):
    def waiting(self) -> "HandOverQuerySet":
        return self.filter(status=HandOverStatus.SENT)


@tracked(exclude=("token_hash",))
class HandOver(OneUseLink, PublicId):
    """A prospect was handed on with the firm's consent; answered by mail link until a day (S29)."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="hand_overs")
    interest = models.ForeignKey(
        Interest, on_delete=models.PROTECT, null=True, blank=True, related_name="hand_overs"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="hand_overs", verbose_name=_("to")
    )
    consent_words = models.CharField(_("how the firm agreed"), max_length=300)
    handed_on = models.DateField(_("handed over on"))
    reply_by = models.DateField(_("answer until"))
    status = models.CharField(
        _("state"), max_length=10, choices=HandOverStatus.choices, default=HandOverStatus.SENT
    )
    words = models.TextField(_("answer"), blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handing over")
        constraints = [
            models.CheckConstraint(
                name="partnering_handover_with_consent", condition=~Q(consent_words="")
            ),
            models.CheckConstraint(
                name="partnering_handover_answered_at_a_time",
                condition=Q(
                    status__in=[HandOverStatus.ACCEPTED, HandOverStatus.DECLINED],
                    answered_at__isnull=False,
                )
                | Q(status__in=[HandOverStatus.SENT, HandOverStatus.EXPIRED], answered_at=None),
            ),
            models.UniqueConstraint(
                fields=["prospect", "post"],
                condition=Q(status=HandOverStatus.SENT),
                name="partnering_handover_waiting_once",
                violation_error_message=_("They were asked already and have not answered yet."),
            ),
        ]
        indexes = [models.Index(fields=["status", "reply_by"], name="handover_waiting")]

    def __str__(self) -> str:
        return f"{self.prospect_id}: {self.handed_on}"


@tracked()
class Notice(models.Model):
    """Somebody's contact was given to us by others: they are told within a month (GDPR Art. 14, S114)."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="notices")
    obtained_on = models.DateField(_("got on"))
    due_on = models.DateField(_("to be told until"))
    source = models.CharField(_("from whom"), max_length=200)
    sent_at = models.DateTimeField(_("told by mail at"), null=True, blank=True)
    told_on = models.DateField(_("told in person on"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice about stored data")
        constraints = [
            models.CheckConstraint(
                name="partnering_notice_within_a_month",
                condition=Q(due_on__gte=models.F("obtained_on")),
            ),
            models.CheckConstraint(
                name="partnering_notice_names_the_source", condition=~Q(source="")
            ),
            models.UniqueConstraint(
                fields=["prospect"],
                condition=Q(sent_at=None, told_on=None),
                name="partnering_notice_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="notice_open",
                condition=Q(sent_at=None, told_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.prospect_id}: {self.due_on}"
