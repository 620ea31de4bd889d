"""What somebody says is wrong on a public page, and what became of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.territories.models import Territory
from buendnisnetz.upkeep.enums import CorrectionStatus


class CorrectionQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """Whoever may change what it is about."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        condition = Q(pk=None)
        alliances = access.ids(ScopeKind.ALLIANCE)
        if access.has(Role.ALLIANCE_COORDINATOR) and alliances:
            condition |= Q(alliance__in=alliances) | Q(post__alliance__in=alliances)
            condition |= Q(post__working_group__alliance__in=alliances)
        bodies = access.ids(ScopeKind.ORGANISATION)
        if access.has(Role.CHAMBER, Role.MEMBER) and bodies:
            condition |= Q(organisation__in=bodies)
        if access.has(Role.CHAMBER) and bodies:
            condition |= Q(
                post__organisation__in=bodies, post__organisation__kind=OrganisationKind.CHAMBER
            )
        districts = access.ids(ScopeKind.DISTRICT)
        if access.has(Role.DISTRICT_PLANNER) and districts:
            inside = Territory.objects.filter(Q(pk__in=districts) | Q(parent__in=districts))
            condition |= Q(post__territory__in=inside.order_by().values("pk"))
            condition |= Q(
                post__organisation__kind=OrganisationKind.DISTRICT_ADMINISTRATION,
                post__organisation__territory__in=districts,
            )
        return self.filter(condition)


@tracked()
class Correction(PublicId, Versioned):
    """Somebody proposes other values for what a page shows; whoever keeps it decides field by field.

    Personal data: the words and, with consent, the address for the answer; ``retention`` forgets
    both half a year after the decision.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    alliance = models.ForeignKey(
        Alliance, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    # By field: what was shown, what is proposed, and once decided whether it was taken.
    fields = models.JSONField(_("proposed"), default=dict)
    words = models.TextField(_("in words"), blank=True)
    email = models.EmailField(_("e-mail address for the answer"), blank=True)
    consent_text = models.TextField(_("text that was agreed to"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    proposed_at = models.DateTimeField(_("proposed at"), editable=False)
    status = models.CharField(
        pgettext_lazy("correction", "state"),
        max_length=10,
        choices=CorrectionStatus.choices,
        default=CorrectionStatus.NEW,
    )
    answer = models.TextField(_("answer"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = CorrectionQuerySet.as_manager()
    retention = "buendnisnetz.upkeep.domain.retention.forget_old_corrections"

    class Meta:
        verbose_name = _("proposed correction")
        constraints = [
            models.CheckConstraint(
                name="upkeep_correction_one_subject",
                condition=Q(organisation__isnull=False, alliance=None, post=None)
                | Q(organisation=None, alliance__isnull=False, post=None)
                | Q(organisation=None, alliance=None, post__isnull=False),
            ),
            models.CheckConstraint(
                name="upkeep_correction_address_with_consent",
                condition=Q(email="") | ~Q(consent_text=""),
            ),
            models.CheckConstraint(
                name="upkeep_correction_decided_at_a_time",
                condition=Q(status=CorrectionStatus.NEW, decided_at=None)
                | (~Q(status=CorrectionStatus.NEW) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="upkeep_correction_rejected_with_reason",
                condition=~Q(status=CorrectionStatus.REJECTED) | ~Q(answer=""),
                violation_error_message=_("Please say why it is not taken over."),
            ),
        ]
        indexes = [models.Index(fields=["status", "proposed_at"], name="correction_status")]

    def __str__(self) -> str:
        return f"{self.organisation_id or self.alliance_id or self.post_id}: {self.status}"
