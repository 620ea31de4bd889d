"""Writing alliances, their states and their territories."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from django.utils.text import slugify
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.text import fold
from buendnisnetz.network.domain.saving import edited, ended, locked, reopened, saved
from buendnisnetz.network.domain.scopes import rename_scope
from buendnisnetz.network.enums import ALLIANCE_TRANSITIONS, AllianceStatus
from buendnisnetz.network.models import (
    Alliance,
    AllianceStatusPeriod,
    AllianceTerritory,
    Organisation,
)
from buendnisnetz.network.signals import alliance_edited
from buendnisnetz.territories.models import Territory

_LONGEST_SLUG = 70


class AllianceFacts(TypedDict, total=False):
    """What may be said of an alliance besides its name."""

    carrier: Organisation | None
    founded_on: date | None
    legal_form: str
    fields_of_action: list[str]
    description: str
    steering_body: str
    awards: str
    street: str
    postcode: str
    city: str
    access_note: str
    email: str
    phone: str
    website: str
    is_public: bool


class AllianceChanges(AllianceFacts, total=False):
    name: str


class NoTerritoryError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Every alliance works somewhere. Please add the new territory before ending this one."
            )
        )


class WrongTransitionError(DomainError):
    def __init__(self, before: AllianceStatus, after: AllianceStatus) -> None:
        allowed = ALLIANCE_TRANSITIONS[before]
        following = [str(status.label) for status in AllianceStatus if status in allowed]
        super().__init__(
            _("From “%(before)s” an alliance cannot become “%(after)s”, only: %(following)s.")
            % {
                "before": before.label,
                "after": after.label,
                "following": ", ".join(following),
            }
        )


class StatusTooEarlyError(DomainError):
    def __init__(self, since: date) -> None:
        super().__init__(
            _("The present state began on %(day)s. Please give a later day, or undo that state.")
            % {"day": f"{since:%d.%m.%Y}"}
        )


class StatusInFutureError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This day lies in the future. A state needs evidence, so wait for it."))


class FirstStatusError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This is the alliance's first state; there is none to go back to."))


def create_alliance(
    *,
    name: str,
    territories: Sequence[Territory],
    status: AllianceStatus,
    evidence: str,
    since: date,
    actor: Any,
    today: date,
    **facts: Unpack[AllianceFacts],
) -> Alliance:
    """Add an alliance with its territories and its first state.

    Raises NoTerritoryError, StatusInFutureError, RuleBrokenError (no evidence).
    """
    if not territories:
        raise NoTerritoryError
    if since > today:
        raise StatusInFutureError
    with recorded(actor=actor, action="network.alliance.created"):
        alliance = saved(Alliance(name=name, slug=_free_slug(name), **facts))
        for territory in territories:
            saved(AllianceTerritory(alliance=alliance, territory=territory))
        saved(
            AllianceStatusPeriod(
                alliance=alliance,
                status=status,
                evidence=evidence,
                valid_from=since,
                confirmed_on=today,
            )
        )
        return alliance


def edit_alliance(
    *, alliance: Alliance, version: int, actor: Any, **changes: Unpack[AllianceChanges]
) -> Alliance:
    """Change an alliance's profile; its address keeps its short name. Raises EditConflictError."""
    with recorded(actor=actor, action="network.alliance.edited"):
        row = edited(alliance, version, changes)
        rename_scope(row)
        alliance_edited.send(sender=Alliance, alliance=row.public_id)
        return row


def change_status(
    *,
    alliance: Alliance,
    status: AllianceStatus,
    evidence: str,
    since: date,
    actor: Any,
    today: date,
) -> AllianceStatusPeriod:
    """Begin a new state; the present one ends the day before.

    Raises WrongTransitionError, StatusTooEarlyError, StatusInFutureError, RuleBrokenError.
    """
    if since > today:
        raise StatusInFutureError
    with recorded(actor=actor, action="network.alliance.status_changed"):
        present = _present(alliance)
        before = AllianceStatus(present.status)
        if status not in ALLIANCE_TRANSITIONS[before]:
            raise WrongTransitionError(before, status)
        if present.valid_from is not None and since <= present.valid_from:
            raise StatusTooEarlyError(present.valid_from)
        present.valid_to = since - timedelta(days=1)
        saved(present)
        return saved(
            AllianceStatusPeriod(
                alliance=alliance,
                status=status,
                evidence=evidence,
                valid_from=since,
                confirmed_on=today,
            )
        )


def undo_status(*, alliance: Alliance, actor: Any) -> AllianceStatusPeriod:
    """Take back the last change of state; the one before holds again. Raises FirstStatusError."""
    with recorded(actor=actor, action="network.alliance.status_undone"):
        present = _present(alliance)
        others = AllianceStatusPeriod.objects.filter(alliance=alliance).exclude(pk=present.pk)
        before: AllianceStatusPeriod | None = others.order_by("-valid_to", "-pk").first()
        if before is None:
            raise FirstStatusError
        present.delete()
        return reopened(before)


def confirm_status(
    *, alliance: Alliance, on: date, actor: Any, today: date, evidence: str = ""
) -> AllianceStatusPeriod:
    """Note that the state was found right on a day; new evidence replaces the old.

    Raises StatusInFutureError.
    """
    if on > today:
        raise StatusInFutureError
    with recorded(actor=actor, action="network.alliance.status_confirmed"):
        present = _present(alliance)
        present.confirmed_on = on
        present.evidence = evidence or present.evidence
        return saved(present)


def add_territory(
    *, alliance: Alliance, territory: Territory, since: date | None, actor: Any
) -> AllianceTerritory:
    with recorded(actor=actor, action="network.alliance.territory_added"):
        locked(alliance)
        return saved(AllianceTerritory(alliance=alliance, territory=territory, valid_from=since))


def end_territory(*, link: AllianceTerritory, last_day: date, actor: Any) -> AllianceTerritory:
    """End an alliance's work in a territory. Raises NoTerritoryError for the last one."""
    with recorded(actor=actor, action="network.alliance.territory_ended"):
        locked(link.alliance)
        others = link.alliance.territory_links.exclude(pk=link.pk)
        if not others.filter(valid_to=None).exists():
            raise NoTerritoryError
        return ended(link, last_day)


def reopen_territory(*, link: AllianceTerritory, actor: Any) -> AllianceTerritory:
    """Undo :func:`end_territory`."""
    with recorded(actor=actor, action="network.alliance.territory_reopened"):
        locked(link.alliance)
        return reopened(link)


def _present(alliance: Alliance) -> AllianceStatusPeriod:
    """The state that holds without end, with the alliance locked."""
    locked(alliance)
    return AllianceStatusPeriod.objects.get(alliance=alliance, valid_to=None)


def _free_slug(name: str) -> str:
    wanted = slugify(fold(name))[:_LONGEST_SLUG].strip("-") or "buendnis"
    taken = set(Alliance.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
