"""Reading the required composition: what holds for a state, and what an alliance made of it."""

from dataclasses import dataclass
from datetime import date

from buendnisnetz.core.questions import Question
from buendnisnetz.insight.domain.standards import BUSINESS_PERCENT, QUIET_MONTHS, STANDARDS
from buendnisnetz.insight.models import Requirement, StateSettings
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory


@dataclass(frozen=True)
class Rule:
    """A requirement as it holds on a day: the program's own, a state's, or an alliance's.

    ``row`` is None for the program's own.
    """

    key: str
    label: str
    kinds: tuple[str, ...]
    at_least: int
    alliance_kinds: tuple[str, ...]
    row: Requirement | None


def states() -> list[Territory]:
    """All states that have districts here, in dictionary order."""
    return _STATES.rows()


_STATES = Question(
    lambda: (
        Territory.objects.filter(level=Level.STATE, children__level=Level.DISTRICT)
        .distinct()
        .order_by("sort_key", "ags")
    )
)


def state_of(alliance: Alliance, day: date) -> Territory | None:
    """The state whose rules hold for an alliance: that of its first territory."""
    links = alliance.territory_links.as_of(day).order_by("territory__ags")
    key = links.values_list("territory__ags", flat=True).first()
    return Territory.objects.filter(level=Level.STATE, ags=key[:2]).first() if key else None


def rules_of_state(state: Territory, day: date) -> list[Rule]:
    """What holds for a state's alliances, what it left out too. One query."""
    return _merged([Requirement.objects.as_of(day).filter(state=state)])


def rules_of_alliance(alliance: Alliance, state: Territory | None, day: date) -> list[Rule]:
    """The state's rules with the alliance's own in their place. Two queries."""
    layers = [Requirement.objects.as_of(day).filter(state=state)] if state else []
    return _merged([*layers, Requirement.objects.as_of(day).filter(alliance=alliance)])


def _merged(layers: list) -> list[Rule]:  # type: ignore[type-arg]  # querysets of Requirement
    found = {
        standard.key: Rule(
            standard.key,
            str(standard.label),
            tuple(standard.kinds),
            standard.at_least,
            tuple(standard.alliance_kinds),
            None,
        )
        for standard in STANDARDS
    }
    for rows in layers:
        for row in rows.order_by("label", "pk"):
            kinds = tuple(row.alliance_kinds) if row.alliance_id is None else ()
            found[row.key] = Rule(row.key, row.label, tuple(row.kinds), row.at_least, kinds, row)
    return list(found.values())


def rows_of(scope: Territory | Alliance) -> list[Requirement]:
    """What a state or an alliance itself ever said, by name and the latest first. One query."""
    own = {"alliance": scope} if isinstance(scope, Alliance) else {"state": scope}
    return list(Requirement.objects.filter(**own).order_by("key", "-valid_from", "-pk"))


def requirement_choices(day: date) -> list[tuple[str, str]]:
    """Key and name of everything that is required somewhere on a day, for filters."""
    found = {standard.key: str(standard.label) for standard in STANDARDS}
    rows = Requirement.objects.as_of(day).filter(at_least__gt=0).order_by("label")
    for key, label in rows.values_list("key", "label"):
        found.setdefault(key, label)
    return list(found.items())


def settings_of(state: Territory) -> StateSettings:
    """A state's settings; unsaved ones with the program's own figures where it has none."""
    found = StateSettings.objects.filter(state=state).first()
    if found is not None:
        return found
    return StateSettings(state=state, quiet_months=QUIET_MONTHS, business_percent=BUSINESS_PERCENT)
