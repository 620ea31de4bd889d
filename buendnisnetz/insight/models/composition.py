"""Which partners an alliance ought to have: data of a state, adjusted by an alliance."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    Versioned,
    no_overlap,
    starts_before_it_ends,
)
from buendnisnetz.insight.enums import AllianceKind
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory


@tracked()
class Requirement(PublicId, Versioned, Validity):
    """At least so many members of these kinds, from a day to a day: a state's or an alliance's own.

    A row of an alliance replaces its state's row of the same ``key``, that one the standard of the
    program (``domain.standards``). ``at_least`` 0 leaves the requirement out: no law makes any of
    them a duty (S70).
    """

    state = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    key = models.SlugField(_("key"), max_length=40)
    label = models.CharField(_("name"), max_length=80)
    kinds = ArrayField(
        models.CharField(max_length=30, choices=OrganisationKind.choices),
        verbose_name=_("kinds of organisations"),
    )
    at_least = models.PositiveSmallIntegerField(_("at least"), default=1)
    # Empty: for all alliances.
    alliance_kinds = ArrayField(
        models.CharField(max_length=10, choices=AllianceKind.choices),
        verbose_name=_("for alliances of"),
        default=list,
        blank=True,
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("required composition")
        constraints = [
            starts_before_it_ends("insight_requirement_starts_before_it_ends"),
            no_overlap(
                "insight_requirement_once_per_state", "state", "key", condition=Q(alliance=None)
            ),
            no_overlap(
                "insight_requirement_once_per_alliance", "alliance", "key", condition=Q(state=None)
            ),
            models.CheckConstraint(
                name="insight_requirement_of_one",
                condition=Q(state__isnull=False, alliance=None)
                | Q(state=None, alliance__isnull=False),
            ),
            models.CheckConstraint(
                name="insight_requirement_of_some_kind",
                condition=Q(kinds__len__gt=0),
                violation_error_message=_("Please choose at least one kind of organisation."),
            ),
            models.CheckConstraint(
                name="insight_requirement_for_kinds_by_the_state",
                condition=Q(alliance=None) | Q(alliance_kinds=[]),
            ),
        ]

    def __str__(self) -> str:
        return self.label


@tracked()
class StateSettings(Versioned):
    """When an alliance of a state counts as asleep, and how much business it should have (S18)."""

    state = models.OneToOneField(Territory, on_delete=models.PROTECT, related_name="+")
    quiet_months = models.PositiveSmallIntegerField(
        _("months without a sign of life"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    business_percent = models.PositiveSmallIntegerField(
        _("least share of business in percent"), default=20, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("settings of a state")
        constraints = [
            models.CheckConstraint(
                name="insight_statesettings_limits",
                condition=Q(quiet_months__gte=1, quiet_months__lte=60, business_percent__lte=100),
                violation_error_message=_("Please give 1 to 60 months and 0 to 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id}"
