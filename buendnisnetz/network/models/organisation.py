"""Organisations: everything with a name of its own that can be a member, a carrier or an employer."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
    Versioned,
    starts_before_it_ends,
)
from buendnisnetz.core.search import (
    SearchField,
    SearchKeyField,
    SearchQuerySet,
    SortKeyField,
    search_indexes,
)
from buendnisnetz.network.enums import OrganisationKind, Sector, SizeClass, WzSection
from buendnisnetz.territories.models import Chamber, Territory


class OrganisationQuerySet(SearchQuerySet, ValidityQuerySet):  # type: ignore[override]  # the stubs compare two generated managers
    def visible_to(self, user: Any) -> Self:
        """Whoever works in the network sees all organisations, the public those marked public."""
        return self.filter(is_public=True) if access_of(user).is_public else self


@tracked(exclude=("other_names",))
class Organisation(PublicId, Versioned, Validity):
    """An organisation, from a day to a day; what ended names its successor (S14).

    Address, phone and e-mail are the organisation's own, never a person's.
    """

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    sector = models.CharField(_("side"), max_length=20, choices=Sector.choices)
    wz_section = models.CharField(
        _("branch (WZ 2008)"), max_length=1, choices=WzSection.choices, blank=True
    )
    size_class = models.CharField(
        pgettext_lazy("size", "staff"), max_length=10, choices=SizeClass.choices, blank=True
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("place"),
    )
    chamber = models.OneToOneField(
        Chamber,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisation",
        verbose_name=_("is the chamber"),
    )
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    city = models.CharField(pgettext_lazy("address", "town"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)
    is_public = models.BooleanField(_("shown in public"), default=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    # All aliases in one text, so that one index finds them; kept by the domain functions for aliases.
    other_names = models.TextField(default="", blank=True, editable=False)
    sort_key = SortKeyField(source="name", db_index=True)
    search_key = SearchKeyField(source="all_names")
    search_vector = SearchField()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        constraints = [
            starts_before_it_ends("network_organisation_starts_before_it_ends"),
            models.CheckConstraint(
                name="network_organisation_successor_after_end",
                condition=Q(successor=None) | Q(valid_to__isnull=False),
                violation_error_message=_(
                    "A successor needs the day on which the organisation ended."
                ),
            ),
            models.CheckConstraint(
                name="network_organisation_not_its_own_successor",
                condition=~Q(successor=models.F("id")),
            ),
        ]
        indexes = [
            *search_indexes("organisation"),
            models.Index(fields=["kind", "territory"], name="organisation_kind"),
            # Few have ended: read for whose membership ended with them, and for what is to be found again.
            models.Index(
                fields=["-valid_to", "id"],
                name="organisation_ended",
                condition=Q(valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def all_names(self) -> str:
        return " ".join(filter(None, (self.name, self.short_name, self.other_names)))

    def search_terms(self) -> dict[str, list[str]]:
        return {
            "A": [self.name, self.short_name, self.other_names],
            "B": [self.city],
            "C": [self.note],
        }


@tracked()
class OrganisationAlias(models.Model):
    """Another spelling or an earlier name, so that one organisation stays one (S12)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("other name"), max_length=200)
    search_key = SearchKeyField(source="name", db_index=True)

    class Meta:
        verbose_name = _("other name")
        indexes = [
            GinIndex(
                fields=["search_key"], name="organisationalias_trigram", opclasses=["gin_trgm_ops"]
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "search_key"], name="network_organisationalias_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
