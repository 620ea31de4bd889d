"""The composition that the program proposes: it holds wherever a state or an alliance says nothing else.

No law makes any of it a duty; a state or an alliance changes or leaves out what does not fit (S70).
"""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buendnisnetz.core.words import per_language
from buendnisnetz.insight.enums import AllianceKind
from buendnisnetz.network.enums import OrganisationKind


@dataclass(frozen=True)
class Standard:
    """At least so many members of these kinds; without ``alliance_kinds`` for every alliance."""

    key: str
    label: str | Promise
    kinds: tuple[OrganisationKind, ...]
    at_least: int = 1
    alliance_kinds: tuple[AllianceKind, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """The columns of a requirement, for JSON."""
        return {
            "key": self.key,
            "label": str(self.label),
            "kinds": list(self.kinds),
            "at_least": self.at_least,
            "alliance_kinds": list(self.alliance_kinds),
        }


STANDARDS: tuple[Standard, ...] = (
    Standard("company", _("company"), (OrganisationKind.COMPANY,)),
    Standard("chamber", _("chamber"), (OrganisationKind.CHAMBER,)),
    Standard("municipality", _("town or municipality"), (OrganisationKind.MUNICIPALITY,)),
    Standard("family", _("family organisation"), (OrganisationKind.FAMILY_ORGANISATION,)),
    Standard("seniors", _("seniors' body"), (OrganisationKind.SENIORS_BODY,)),
    Standard(
        "district",
        _("district administration"),
        (OrganisationKind.DISTRICT_ADMINISTRATION,),
        alliance_kinds=(AllianceKind.DISTRICT, AllianceKind.SEVERAL),
    ),
)
# Where a state says nothing: see StateSettings.
QUIET_MONTHS = 12
BUSINESS_PERCENT = 20
# For how long a meeting counts at a municipality (S75), and how often a sponsor is talked to (S92).
MEETING_MONTHS = 24
TALK_MONTHS = 12


@per_language
def standards_as_json() -> str:
    """All of them as a list of rows, with labels in the reader's language."""
    return json.dumps([standard.as_row() for standard in STANDARDS], ensure_ascii=False)
