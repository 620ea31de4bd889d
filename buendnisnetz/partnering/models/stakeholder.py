"""Stakeholders and what was said to whom: notes that stay on the holder's side."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.partnering.enums import ContactKind, InvitationAnswer, Mark
from buendnisnetz.partnering.models.prospect import Prospect


class StakeholderQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """The coordination office sees all; an alliance's coordination its own (S90)."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if access.has(Role.ALLIANCE_COORDINATOR):
            return self.filter(alliance__in=access.ids(ScopeKind.ALLIANCE))
        return self.none()


@tracked()
class Stakeholder(PublicId, Versioned):
    """A body whose support counts: how interested, how influential, where it stands (S82, S90).

    Without an alliance it is one of the coordination office.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="stakes", verbose_name=_("body")
    )
    alliance = models.ForeignKey(
        Alliance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stakeholders",
        verbose_name=_("alliance"),
    )
    interest = models.PositiveSmallIntegerField(
        _("interest"), choices=Mark.choices, default=Mark.UNKNOWN
    )
    influence = models.PositiveSmallIntegerField(
        _("influence"), choices=Mark.choices, default=Mark.UNKNOWN
    )
    position = models.TextField(_("where it stands"), blank=True)
    holder = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stakeholders",
        verbose_name=_("responsible post"),
    )

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        verbose_name = _("stakeholder")
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "organisation"],
                nulls_distinct=False,
                name="partnering_stakeholder_once",
                violation_error_message=_("This body is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}"


@tracked()
class StakeholderInvitation(PublicId):
    """A body was invited, and what it answered (S111). Whether it came, attendances say."""

    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, related_name="invitations"
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stakeholder_invitations",
        verbose_name=_("meeting"),
    )
    occasion = models.CharField(_("occasion"), max_length=200, blank=True)
    invited_on = models.DateField(_("invited on"))
    answer = models.CharField(
        _("answer"),
        max_length=10,
        choices=InvitationAnswer.choices,
        default=InvitationAnswer.OPEN,
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    words = models.CharField(_("in words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("invitation of a stakeholder")
        constraints = [
            models.CheckConstraint(
                name="partnering_invitation_says_to_what",
                condition=Q(meeting__isnull=False) | ~Q(occasion=""),
                violation_error_message=_("Please choose a meeting or say what it is about."),
            ),
            models.CheckConstraint(
                name="partnering_invitation_answered_on_a_day",
                condition=Q(answer=InvitationAnswer.OPEN, answered_on=None)
                | (~Q(answer=InvitationAnswer.OPEN) & Q(answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="partnering_invitation_answered_after_it",
                condition=Q(answered_on=None) | Q(answered_on__gte=models.F("invited_on")),
                violation_error_message=_("The answer cannot be older than the invitation."),
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "meeting"],
                name="partnering_invitation_once",
                violation_error_message=_("This body is invited to this meeting already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id}: {self.invited_on}"


class ContactNoteQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """Notes are read on the holder's side only, never by whom they are about."""
        prospects = Prospect.objects.workable_by(user).order_by().values("pk")
        stakeholders = Stakeholder.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(prospect__in=prospects) | Q(stakeholder__in=stakeholders))


class ContactNote(models.Model):
    """What was said to a prospect or a stakeholder on a day. Never public.

    Personal data: the words may name people. Those about prospects go with the contact.
    """

    prospect = models.ForeignKey(
        Prospect, on_delete=models.CASCADE, null=True, blank=True, related_name="notes"
    )
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, null=True, blank=True, related_name="notes"
    )
    met_on = models.DateField(_("day"))
    kind = models.CharField(_("how"), max_length=6, choices=ContactKind.choices)
    words = models.TextField(_("what was said"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"))

    objects = ContactNoteQuerySet.as_manager()
    retention = "buendnisnetz.partnering.domain.retention.forget_silent_contacts"

    class Meta:
        verbose_name = _("note of a contact")
        constraints = [
            models.CheckConstraint(
                name="partnering_contactnote_about_one",
                condition=Q(prospect__isnull=False, stakeholder=None)
                | Q(prospect=None, stakeholder__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["prospect", "-met_on"], name="contactnote_prospect")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.met_on:%Y-%m-%d}"
