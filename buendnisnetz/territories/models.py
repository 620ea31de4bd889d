"""Territories through time: state, districts, associations, municipalities; chambers and their districts."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buendnisnetz.audit.tracking import tracked
from buendnisnetz.core.models import (
    PublicId,
    Validity,
    ValidityQuerySet,
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
from buendnisnetz.territories.enums import (
    ChamberKind,
    ChangeKind,
    Evidence,
    Level,
    PopulationBase,
    TerritoryKind,
    Urbanisation,
)


class TerritoryQuerySet(SearchQuerySet, ValidityQuerySet):  # type: ignore[override]  # the stubs compare two generated managers
    """Territories are public, so there is no ``visible_to`` that narrows; it exists for uniformity."""

    def visible_to(self, user: Any) -> Self:
        return self

    def districts(self) -> Self:
        return self.filter(level=Level.DISTRICT)

    def municipalities(self) -> Self:
        """Municipalities without the areas that belong to none."""
        return self.filter(level=Level.MUNICIPALITY).exclude(kind=TerritoryKind.UNINCORPORATED)


class Source(models.Model):
    """Where facts come from and what has to be printed beside them (S20)."""

    key = models.CharField(_("short key"), max_length=40, unique=True)
    title = models.CharField(_("title of the source"), max_length=300)
    attribution = models.CharField(_("attribution"), max_length=400)
    licence = models.CharField(_("licence"), max_length=60)
    url = models.URLField(_("web address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("source")

    def __str__(self) -> str:
        return self.title


@tracked()
class Territory(PublicId, Validity):
    """A territory under one key and one name, from a day to a day (S74).

    A new key or a new name is a new row that succeeds the old one (:class:`Succession`).
    ``valid_from`` is empty where the territory is older than our data. ``association``, ``ars``,
    ``area_km2`` and ``urbanisation`` are those of the newest list that has the territory: they do
    not follow the day.
    ``known_from`` and ``known_until`` stand at states and say for which days the list of the
    territories below is complete.
    """

    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=24, choices=TerritoryKind.choices)
    ags = models.CharField(_("official key (AGS)"), max_length=9)
    ars = models.CharField(_("regional key (ARS)"), max_length=12, blank=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    association = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("municipal association"),
    )
    seat = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seat"),
    )
    area_km2 = models.DecimalField(
        _("area in km²"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    # Only of municipalities, and only where the list says it.
    urbanisation = models.CharField(
        _("density of settlement"), max_length=12, choices=Urbanisation.choices, blank=True
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    known_from = models.DateField(_("known from"), null=True, blank=True)
    known_until = models.DateField(_("known until"), null=True, blank=True)
    sort_key = SortKeyField(source="short_name", db_index=True)
    search_key = SearchKeyField(source="name")
    search_vector = SearchField()

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        constraints = [
            starts_before_it_ends("territories_territory_starts_before_it_ends"),
            no_overlap("territories_territory_one_per_key", "level", "ags"),
            models.CheckConstraint(
                name="territories_territory_key_fits_level",
                condition=Q(level=Level.STATE, ags__regex=r"^\d{2}$")
                | Q(level=Level.DISTRICT, ags__regex=r"^\d{5}$")
                | Q(level=Level.ASSOCIATION, ags__regex=r"^\d{9}$")
                | Q(level=Level.MUNICIPALITY, ags__regex=r"^\d{8}$"),
                violation_error_message=_("The key does not fit the level."),
            ),
            models.CheckConstraint(
                name="territories_territory_has_parent",
                condition=Q(level=Level.STATE, parent=None)
                | (~Q(level=Level.STATE) & Q(parent__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            *search_indexes("territory"),
            models.Index(fields=["level", "parent"], name="territory_level"),
            # The list as it opens: in this order, and counted without reading the rows.
            models.Index(
                fields=["level", "kind", "sort_key"],
                include=["id", "valid_from", "valid_to"],
                name="territory_listed",
            ),
            # Keys nest: what lies in a district begins with the district's.
            models.Index(fields=["ags"], name="territory_key", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    def search_terms(self) -> dict[str, list[str]]:
        return {"A": [self.name], "C": [self.ags]}


class Succession(models.Model):
    """One territory followed another on a day, wholly or in part.

    ``evidence`` says how sure the day and the successor are; ``inhabitants`` and ``area_km2`` are
    what moved, where the source says it.
    """

    predecessor = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField(_("takes effect on"))
    kind = models.CharField(_("kind"), max_length=8, choices=ChangeKind.choices)
    evidence = models.CharField(
        _("evidence"), max_length=12, choices=Evidence.choices, default=Evidence.OFFICIAL
    )
    inhabitants = models.PositiveIntegerField(_("inhabitants moved"), null=True, blank=True)
    area_km2 = models.DecimalField(
        _("area moved in km²"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("succession")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], name="territories_succession_once"
            ),
            models.CheckConstraint(
                name="territories_succession_not_itself",
                condition=~Q(predecessor=models.F("successor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Population(models.Model):
    """How many people lived in a territory on a day, and what the count rests on."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="populations")
    counted_on = models.DateField(_("counted on"))
    base = models.CharField(_("base of the count"), max_length=16, choices=PopulationBase.choices)
    total = models.PositiveIntegerField(_("inhabitants"))
    # Figures are published for the borders of a later list; those of the day may have been others.
    borders_on = models.DateField(_("borders of"))
    # Summed from parts of former municipalities instead of counted.
    estimated = models.BooleanField(_("estimated"), default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("population")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "counted_on", "base"], name="territories_population_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.total} ({self.counted_on})"


class Neighbour(models.Model):
    """Two districts that share a stretch of border, told by points that both outlines have.

    Each pair is stored in both directions; whether both hold on a day, their own periods say.
    Computed when outlines are loaded.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="neighbour_links"
    )
    neighbour = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("neighbour")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "neighbour"], name="territories_neighbour_once"
            ),
            models.CheckConstraint(
                name="territories_neighbour_not_itself",
                condition=~Q(territory=models.F("neighbour")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} – {self.neighbour_id}"


@tracked()
class UmbrellaBody(PublicId, Validity):
    """A state-wide body that speaks for its municipalities or districts, from a day to a day."""

    state = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="umbrella_bodies")
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    source = models.URLField(_("source"), max_length=300, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipal umbrella body")
        constraints = [
            starts_before_it_ends("territories_umbrellabody_starts_before_it_ends"),
            no_overlap("territories_umbrellabody_once", "state", "name"),
        ]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """A territory's simplified outline: for overview maps, never for legal questions."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="outlines")
    drawn_on = models.DateField(_("drawn for"))
    # GeoJSON geometry (Polygon or MultiPolygon), WGS 84, [longitude, latitude], rounded; as text, for the
    # database looks into none, and to write one out takes it longer than to find it.
    geometry = models.TextField(_("geometry"))
    # The lines are partly an estimate (a split municipality, for instance).
    approximate = models.BooleanField(_("approximate"), default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("outline")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "drawn_on"], name="territories_outline_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} ({self.drawn_on})"


@tracked()
class Chamber(PublicId):
    """A Chamber of Industry and Commerce or of Crafts."""

    kind = models.CharField(_("kind"), max_length=3, choices=ChamberKind.choices)
    name = models.CharField(_("name"), max_length=120, unique=True)
    seat = models.CharField(_("seat"), max_length=80)

    class Meta:
        verbose_name = _("chamber")

    def __str__(self) -> str:
        return self.name


@tracked()
class ChamberDistrict(Validity):
    """A district belongs to one chamber of each kind, from a day to a day (S113).

    ``evidence`` says whether a source names the district or whether it was concluded.
    """

    chamber = models.ForeignKey(Chamber, on_delete=models.PROTECT, related_name="districts")
    kind = models.CharField(_("kind"), max_length=3, choices=ChamberKind.choices)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="chamber_districts"
    )
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("chamber district")
        constraints = [
            starts_before_it_ends("territories_chamberdistrict_starts_before_it_ends"),
            no_overlap("territories_chamberdistrict_one_per_kind", "territory", "kind"),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id}: {self.chamber_id}"
