"""Two entries that may be one, and what was done when they became one."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import PublicId, Versioned
from buendnisnetz.network.models import Organisation, Person
from buendnisnetz.upkeep.enums import DoubleKind, DoubleStatus


class DoubleQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        """The coordination office sees all; coordinators those of organisations, and people whom
        they may see."""
        access = access_of(user)
        if access.sees_whole_state:
            return self
        if not access.has(Role.ALLIANCE_COORDINATOR):
            return self.none()
        people = Person.objects.visible_to(user).order_by().values("pk")
        bodies = Q(kind=DoubleKind.ORGANISATION)
        return self.filter(bodies | Q(first_person__in=people, second_person__in=people))


@tracked()
class Double(PublicId, Versioned):
    """A pair of organisations or of people that look like one, with the reasons.

    "These are two" is remembered, so that nobody is asked again. Once they are one, the pair goes.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=DoubleKind.choices)
    first_organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    second_organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    first_person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    second_person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    score = models.FloatField(_("confidence"), default=0)
    reasons = models.JSONField(_("reasons"), default=list)
    status = models.CharField(
        pgettext_lazy("double", "state"),
        max_length=10,
        choices=DoubleStatus.choices,
        default=DoubleStatus.FOUND,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    found_at = models.DateTimeField(_("found at"), editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = DoubleQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible double")
        constraints = [
            models.CheckConstraint(
                name="upkeep_double_two_of_a_kind",
                condition=Q(
                    kind=DoubleKind.ORGANISATION,
                    first_organisation__isnull=False,
                    second_organisation__isnull=False,
                    first_person=None,
                    second_person=None,
                )
                | Q(
                    kind=DoubleKind.PERSON,
                    first_person__isnull=False,
                    second_person__isnull=False,
                    first_organisation=None,
                    second_organisation=None,
                ),
            ),
            # The older one stands first, so that a pair is a pair in one way only.
            models.CheckConstraint(
                name="upkeep_double_in_order",
                condition=Q(first_organisation=None)
                | Q(first_organisation__lt=F("second_organisation")),
            ),
            models.CheckConstraint(
                name="upkeep_double_people_in_order",
                condition=Q(first_person=None) | Q(first_person__lt=F("second_person")),
            ),
            models.UniqueConstraint(
                fields=["first_organisation", "second_organisation"],
                name="upkeep_double_organisations_once",
            ),
            models.UniqueConstraint(
                fields=["first_person", "second_person"], name="upkeep_double_people_once"
            ),
        ]
        indexes = [models.Index(fields=["status", "-score"], name="double_status")]

    def __str__(self) -> str:
        return f"{self.first_organisation_id or self.first_person_id}: {self.score}"


class MergeQuerySet(models.QuerySet[Any, Any]):
    def visible_to(self, user: Any) -> Self:
        return self if access_of(user).sees_whole_state else self.none()


@tracked(exclude=("steps",))
class Merge(PublicId):
    """One entry went into another. ``steps`` says what was written, in order, so that it can be
    taken back to the letter.

    Personal data: the row that went, inside the steps; ``retention`` forgets them, and with them
    the way back.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=DoubleKind.choices)
    kept_organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="merges"
    )
    kept_person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="merges"
    )
    gone_key = models.BigIntegerField(editable=False)
    gone_name = models.CharField(_("entry that went"), max_length=250)
    steps = models.JSONField(default=list, editable=False)
    moved = models.PositiveIntegerField(_("references moved"), default=0)
    merged_at = models.DateTimeField(_("merged at"), editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)
    forgotten_at = models.DateTimeField(_("steps forgotten at"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()
    retention = "buendnisnetz.upkeep.domain.retention.forget_old_merges"

    class Meta:
        verbose_name = _("merge")
        constraints = [
            models.CheckConstraint(
                name="upkeep_merge_one_kept",
                condition=Q(kept_organisation__isnull=False, kept_person=None)
                | Q(kept_organisation=None, kept_person__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.gone_name
