"""Writing organisations."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.aliases import alias_added, alias_removed
from buendnisnetz.network.domain.saving import edited, ended, reopened, saved
from buendnisnetz.network.domain.scopes import rename_scope
from buendnisnetz.network.enums import SECTOR_OF_KIND, OrganisationKind, Sector
from buendnisnetz.network.models import Organisation
from buendnisnetz.territories.models import Chamber, Territory


class OrganisationFacts(TypedDict, total=False):
    """What may be said of an organisation besides its name and kind."""

    short_name: str
    sector: str
    wz_section: str
    size_class: str
    territory: Territory | None
    chamber: Chamber | None
    street: str
    postcode: str
    city: str
    email: str
    phone: str
    website: str
    note: str
    is_public: bool
    valid_from: date | None


class OrganisationChanges(OrganisationFacts, total=False):
    name: str
    kind: str


class OwnSuccessorError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("An organisation cannot follow itself. Please choose another one."))


def create_organisation(
    *, name: str, kind: str, actor: Any, **facts: Unpack[OrganisationFacts]
) -> Organisation:
    """Add an organisation; without a side it gets the one that its kind usually speaks for."""
    with recorded(actor=actor, action="network.organisation.created"):
        return saved(prepared(name, kind, **facts))


def prepared(name: str, kind: str, **facts: Unpack[OrganisationFacts]) -> Organisation:
    """An organisation that is not stored yet, with the side that its kind usually speaks for."""
    side = facts.get("sector") or SECTOR_OF_KIND.get(OrganisationKind(kind), Sector.SOCIAL)
    return Organisation(name=name, kind=kind, **{**facts, "sector": side})


def edit_organisation(
    *,
    organisation: Organisation,
    version: int,
    actor: Any,
    **changes: Unpack[OrganisationChanges],
) -> Organisation:
    """Change what is said of an organisation; its posts follow a new name. Raises EditConflictError."""
    with recorded(actor=actor, action="network.organisation.edited"):
        row = edited(organisation, version, changes)
        rename_scope(row)
        return row


def end_organisation(
    *, organisation: Organisation, last_day: date, successor: Organisation | None, actor: Any
) -> Organisation:
    """End an organisation, with the one that took its place (S14).

    Posts and memberships stay as they are: their people have to be found again, not forgotten.
    Raises AlreadyEndedError, OwnSuccessorError, RuleBrokenError.
    """
    if successor is not None and successor.pk == organisation.pk:
        raise OwnSuccessorError
    with recorded(actor=actor, action="network.organisation.ended"):
        return ended(organisation, last_day, successor=successor)


def reopen_organisation(*, organisation: Organisation, actor: Any) -> Organisation:
    """Undo :func:`end_organisation`."""
    with recorded(actor=actor, action="network.organisation.reopened"):
        return reopened(organisation, successor=None)


def add_alias(*, organisation: Organisation, name: str, actor: Any) -> None:
    """Note another spelling or an earlier name, under which it is found from now on."""
    with recorded(actor=actor, action="network.organisation.alias_added"):
        alias_added(organisation, name)


def remove_alias(*, organisation: Organisation, name: str, actor: Any) -> None:
    with recorded(actor=actor, action="network.organisation.alias_removed"):
        alias_removed(organisation, name)
