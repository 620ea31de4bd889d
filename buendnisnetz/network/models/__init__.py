"""The network's data model."""

from buendnisnetz.network.models.alliance import (
    Alliance,
    AllianceStatusPeriod,
    AllianceTerritory,
    GroupMembership,
    Membership,
    WorkingGroup,
)
from buendnisnetz.network.models.organisation import Organisation, OrganisationAlias
from buendnisnetz.network.models.person import Consent, Person, PersonAlias
from buendnisnetz.network.models.post import Post, Term

__all__ = [
    "Alliance",
    "AllianceStatusPeriod",
    "AllianceTerritory",
    "Consent",
    "GroupMembership",
    "Membership",
    "Organisation",
    "OrganisationAlias",
    "Person",
    "PersonAlias",
    "Post",
    "Term",
    "WorkingGroup",
]
