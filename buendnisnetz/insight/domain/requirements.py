"""Writing which partners an alliance ought to have: for a state, or for one alliance."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.text import fold
from buendnisnetz.insight.models import Requirement, StateSettings
from buendnisnetz.network.domain.saving import edited, ended, locked, reopened, saved
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory

_LONGEST_KEY = 40


class LaterRequirementError(DomainError):
    """What holds later would be cut off."""

    def __init__(self, first_day: date) -> None:
        super().__init__(
            _("This has been set from %(day)s on already. Please give that day or a later one.")
            % {"day": f"{first_day:%d.%m.%Y}"}
        )


class LabelMissingError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Please give the requirement a name."))


@dataclass(frozen=True, kw_only=True)
class RequirementValues:
    """What a requirement says. ``at_least`` 0 leaves it out."""

    label: str
    kinds: tuple[str, ...]
    at_least: int = 1
    alliance_kinds: tuple[str, ...] = ()


def set_requirement(
    *,
    scope: Territory | Alliance,
    values: RequirementValues,
    since: date,
    actor: Any,
    key: str = "",
) -> Requirement:
    """Say what is required from a day on; what held before ends the day before and stays readable.

    Without ``key`` it is a new requirement, else it takes the place of the one with that key: of the
    scope's own row, and of the ones below it. The same day again changes the row of that day.
    Raises LabelMissingError, LaterRequirementError, RuleBrokenError.
    """
    if not values.label.strip():
        raise LabelMissingError
    with recorded(actor=actor, action="insight.requirement.set"):
        locked(scope)
        owner = _owner(scope)
        key = key or _new_key(values.label, owner)
        columns = _columns(values, scope)
        rows = Requirement.objects.filter(key=key, **owner)
        later = rows.filter(valid_from__gt=since).order_by("valid_from").first()
        if later is not None:
            raise LaterRequirementError(later.valid_from)
        present: Requirement | None = rows.as_of(since).first()
        if present is not None and present.valid_from == since:
            return edited(present, present.version, {**columns, "valid_to": None})
        if present is not None:
            present.valid_to = since - timedelta(days=1)
            saved(present)
        return saved(Requirement(key=key, valid_from=since, **owner, **columns))


def end_requirement(*, requirement: Requirement, last_day: date, actor: Any) -> Requirement:
    """Let a row hold until a day; afterwards what stands below it holds again.

    Raises AlreadyEndedError, RuleBrokenError.
    """
    with recorded(actor=actor, action="insight.requirement.ended"):
        return ended(requirement, last_day)


def reopen_requirement(*, requirement: Requirement, actor: Any) -> Requirement:
    """Undo :func:`end_requirement`. Raises NotEndedError, RuleBrokenError."""
    with recorded(actor=actor, action="insight.requirement.reopened"):
        return reopened(requirement)


def set_state_settings(
    *, state: Territory, quiet_months: int, business_percent: int, version: int, actor: Any
) -> StateSettings:
    """Say when a state's alliances count as asleep and how much business they should have.

    Raises EditConflictError, RuleBrokenError.
    """
    values = {"quiet_months": quiet_months, "business_percent": business_percent}
    with recorded(actor=actor, action="insight.settings.edited"):
        locked(state)
        present = StateSettings.objects.filter(state=state).first()
        if present is None:
            return saved(StateSettings(state=state, **values))
        return edited(present, version, values)


def _owner(scope: Territory | Alliance) -> dict[str, Any]:
    if isinstance(scope, Alliance):
        return {"state": None, "alliance": scope}
    return {"state": scope, "alliance": None}


def _columns(values: RequirementValues, scope: Territory | Alliance) -> dict[str, Any]:
    own = isinstance(scope, Alliance)
    return {
        "label": values.label.strip()[:80],
        "kinds": list(values.kinds),
        "at_least": values.at_least,
        "alliance_kinds": [] if own else list(values.alliance_kinds),
    }


def _new_key(label: str, owner: dict[str, Any]) -> str:
    """A key that no requirement of the same owner has, nor any that could replace it by accident."""
    wanted = slugify(fold(label))[: _LONGEST_KEY - 8].strip("-") or "x"
    wanted = f"own-{wanted}"
    taken = set(Requirement.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key
