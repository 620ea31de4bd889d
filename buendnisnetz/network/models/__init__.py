"""The network's data model."""

from buendnisnetz.network.models.alliance import (
    Alliance,
    AllianceStatusPeriod,
    AllianceTerritory,
    GroupMembership,
    Membership,
    WorkingGroup,
)
from buendnisnetz.network.models.contact_check import ContactCheck, PostConfirmation
from buendnisnetz.network.models.moved import MovedAddress
from buendnisnetz.network.models.organisation import Organisation, OrganisationAlias
from buendnisnetz.network.models.person import Consent, Person, PersonAlias
from buendnisnetz.network.models.post import Post, Term
from buendnisnetz.network.models.succession import Charge, Handover, HandoverItem

__all__ = [
    "Alliance",
    "AllianceStatusPeriod",
    "AllianceTerritory",
    "Charge",
    "Consent",
    "ContactCheck",
    "GroupMembership",
    "Handover",
    "HandoverItem",
    "Membership",
    "MovedAddress",
    "Organisation",
    "OrganisationAlias",
    "Person",
    "PersonAlias",
    "Post",
    "PostConfirmation",
    "Term",
    "WorkingGroup",
]
