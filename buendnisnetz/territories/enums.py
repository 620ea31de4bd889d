"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Where a territory stands; associations stand between district and municipality."""

    STATE = "STATE", _("federal state")
    DISTRICT = "DISTRICT", _("district")
    ASSOCIATION = "ASSOCIATION", _("municipal association")
    MUNICIPALITY = "MUNICIPALITY", _("municipality")


class TerritoryKind(models.TextChoices):
    """What a territory is called in law."""

    STATE = "STATE", _("federal state")
    RURAL_DISTRICT = "RURAL_DISTRICT", _("rural district")
    INDEPENDENT_CITY = "INDEPENDENT_CITY", _("independent city")
    ASSOCIATION = "ASSOCIATION", _("administrative association")
    FULFILLING_MUNICIPALITY = "FULFILLING_MUNICIPALITY", _("municipality acting for others")
    TOWN = "TOWN", _("town")
    MARKET_TOWN = "MARKET_TOWN", _("market town")
    MUNICIPALITY = "MUNICIPALITY", _("municipality")
    UNINCORPORATED = "UNINCORPORATED", _("area without a municipality")


class PopulationBase(models.TextChoices):
    """What a count rests on. Counts of different bases are never compared or added (S20)."""

    REGISTER_2011 = "REGISTER_2011", _("update based on the census of 2011")
    CENSUS_2022 = "CENSUS_2022", _("census of 2022")
    REGISTER_2022 = "REGISTER_2022", _("update based on the census of 2022")


class Urbanisation(models.TextChoices):
    """How densely a municipality is settled (degree of urbanisation, as Eurostat defines it; S67)."""

    DENSE = "DENSE", _("densely settled")
    INTERMEDIATE = "INTERMEDIATE", _("of medium density")
    SPARSE = "SPARSE", _("thinly settled")


# Town and country, as reports split them: cities and towns against rural areas.
URBAN: frozenset[Urbanisation] = frozenset({Urbanisation.DENSE, Urbanisation.INTERMEDIATE})


class ChamberKind(models.TextChoices):
    """The two kinds of chamber; their districts differ (S113)."""

    IHK = "IHK", _("Chamber of Industry and Commerce")
    HWK = "HWK", _("Chamber of Crafts")


class ChangeKind(models.TextChoices):
    """How one territory came out of another."""

    MERGER = "MERGER", _("merged")
    PART = "PART", _("part moved")
    KEY = "KEY", _("new key")
    NAME = "NAME", _("renamed")


class Evidence(models.TextChoices):
    """How sure a succession is."""

    OFFICIAL = "OFFICIAL", _("official list of changes")
    REFERENCE = "REFERENCE", _("published reference tables; the day follows from the law")
    COMPARISON = "COMPARISON", _("comparison of two official lists; the day lies between them")
    LOCATION = "LOCATION", _("concluded from the place on the map")
