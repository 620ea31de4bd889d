"""Alliances, their territories, states, members and working groups."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    Versioned,
    no_overlap,
    starts_before_it_ends,
)
from buendnisnetz.core.search import (
    SearchField,
    SearchKeyField,
    SearchQuerySet,
    SortKeyField,
    search_indexes,
)
from buendnisnetz.network.enums import AllianceStatus, Contribution
from buendnisnetz.network.models.organisation import Organisation
from buendnisnetz.territories.models import Territory


class AllianceQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever works in the network sees all alliances, the public those marked public."""
        return self.filter(is_public=True) if access_of(user).is_public else self


@tracked()
class Alliance(PublicId, Versioned):
    """A local alliance for families (S01): a voluntary union of whoever makes a place family-friendly."""

    slug = models.SlugField(_("short name in the address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    territories = models.ManyToManyField(
        Territory,
        through="network.AllianceTerritory",
        related_name="alliances",
        verbose_name=_("territories"),
    )
    carrier = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_alliances",
        verbose_name=_("carrier"),
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=80, blank=True)
    fields_of_action = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("fields of action"),
        default=list,
        blank=True,
    )
    description = models.TextField(_("description"), blank=True)
    steering_body = models.CharField(_("steering body"), max_length=160, blank=True)
    awards = models.CharField(_("seals and awards"), max_length=300, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    city = models.CharField(pgettext_lazy("address", "town"), max_length=80, blank=True)
    access_note = models.CharField(_("accessibility of the office"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_public = models.BooleanField(_("shown in public"), default=True)
    sort_key = SortKeyField(source="name", db_index=True)
    search_key = SearchKeyField(source="name")
    search_vector = SearchField()

    objects = AllianceQuerySet.as_manager()

    class Meta:
        verbose_name = _("alliance")
        indexes = search_indexes("alliance")

    def __str__(self) -> str:
        return self.name

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.name], "B": list(self.fields_of_action), "C": [self.description]}


@tracked()
class AllianceTerritory(PublicId, Validity):
    """An alliance works in a territory, from a day to a day. Each alliance has at least one (S01)."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="territory_links")
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="alliance_links"
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory of an alliance")
        constraints = [
            starts_before_it_ends("network_allianceterritory_starts_before_it_ends"),
            no_overlap("network_allianceterritory_once", "alliance", "territory"),
        ]

    def __str__(self) -> str:
        return f"{self.alliance_id}: {self.territory_id}"


@tracked()
class AllianceStatusPeriod(PublicId, Validity):
    """An alliance's state from a day to a day, with what it rests on and when it was last confirmed."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="status_periods")
    status = models.CharField(
        pgettext_lazy("alliance", "state"), max_length=12, choices=AllianceStatus.choices
    )
    evidence = models.CharField(_("evidence"), max_length=300)
    confirmed_on = models.DateField(_("confirmed on"))

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of an alliance")
        constraints = [
            starts_before_it_ends("network_alliancestatus_starts_before_it_ends"),
            no_overlap("network_alliancestatus_one_at_a_time", "alliance"),
            models.CheckConstraint(
                name="network_alliancestatus_has_evidence",
                condition=~models.Q(evidence=""),
                violation_error_message=_(
                    "Please say what this rests on: a call, a meeting, a letter."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance_id}: {self.status}"


@tracked()
class Membership(PublicId, Versioned, Validity):
    """An organisation belongs to an alliance, from a day to a day, and brings something in (S18)."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    contributions = ArrayField(
        models.CharField(max_length=20, choices=Contribution.choices),
        verbose_name=_("contributions"),
        default=list,
        blank=True,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            starts_before_it_ends("network_membership_starts_before_it_ends"),
            no_overlap("network_membership_once", "alliance", "organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.alliance_id}: {self.organisation_id}"


class WorkingGroupQuerySet(SearchQuerySet, ValidityQuerySet):  # type: ignore[override]  # the stubs compare two generated managers
    def visible_to(self, user: Any) -> Self:
        """Whoever works in the network sees all groups, the public not those of hidden alliances."""
        shown = models.Q(alliance=None) | models.Q(alliance__is_public=True)
        return self.filter(shown) if access_of(user).is_public else self


@tracked()
class WorkingGroup(PublicId, Versioned, Validity):
    """A working group with a mandate, of one alliance or, without one, of the whole state (S37)."""

    name = models.CharField(_("name"), max_length=200)
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    mandate = models.TextField(_("mandate"), blank=True)
    results = models.TextField(_("results"), blank=True)
    alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="working_groups"
    )
    members = models.ManyToManyField(
        Organisation,
        through="network.GroupMembership",
        related_name="working_groups",
        verbose_name=_("members"),
    )
    sort_key = SortKeyField(source="name", db_index=True)
    search_key = SearchKeyField(source="name")
    search_vector = SearchField()

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        constraints = [starts_before_it_ends("network_workinggroup_starts_before_it_ends")]
        indexes = search_indexes("workinggroup")

    def __str__(self) -> str:
        return self.name

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.name], "B": [self.topic], "C": [self.mandate, self.results]}


@tracked()
class GroupMembership(PublicId, Validity):
    """An organisation takes part in a working group, from a day to a day."""

    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="group_memberships"
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a working group")
        constraints = [
            starts_before_it_ends("network_groupmembership_starts_before_it_ends"),
            no_overlap("network_groupmembership_once", "working_group", "organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.working_group_id}: {self.organisation_id}"
