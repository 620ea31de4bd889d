"""The data model of upkeep."""

from buendnisnetz.upkeep.models.correction import Correction
from buendnisnetz.upkeep.models.double import Double, Merge
from buendnisnetz.upkeep.models.partner_list import (
    ColumnMapping,
    ListProgress,
    ListRow,
    PartnerList,
    WrittenRow,
)

__all__ = [
    "ColumnMapping",
    "Correction",
    "Double",
    "ListProgress",
    "ListRow",
    "Merge",
    "PartnerList",
    "WrittenRow",
]
