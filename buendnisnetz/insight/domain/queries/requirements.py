"""Reading the required composition: what holds for a state, and what an alliance made of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from buendnisnetz.core.questions import Question, Slot
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
    lambda: Territory.objects.filter(
        Exists(Territory.objects.filter(parent=OuterRef("pk"), level=Level.DISTRICT)),
        level=Level.STATE,
    ).order_by("sort_key", "ags")
)


def state_of(alliance: Alliance, day: date) -> Territory | None:
    """The state whose rules hold for an alliance: that of its first territory."""
    links = alliance.territory_links.as_of(day).order_by("territory__ags")
    key = links.values_list("territory__ags", flat=True).first()
    return Territory.objects.filter(level=Level.STATE, ags=key[:2]).first() if key else None


def rules_of_state(state: Territory, day: date) -> list[Rule]:
    """What holds for a state's alliances, what it left out too. One query."""
    return _merged(_HOLDING.rows("state", shape="state", scope=state.pk, day=day))


def rules_of_alliance(alliance: Alliance, state: Territory | None, day: date) -> list[Rule]:
    """The state's rules with the alliance's own in their place. Two queries."""
    of_state = _HOLDING.rows("state", shape="state", scope=state.pk, day=day) if state else []
    own = _HOLDING.rows("alliance", shape="alliance", scope=alliance.pk, day=day)
    return _merged([*of_state, *own])


_HOLDING = Question(
    lambda whose: (
        Requirement.objects.as_of(Slot("day", planned=True))
        .filter(**{whose: Slot("scope")})
        .order_by("label", "pk")
    )
)


def _merged(rows: list[Requirement]) -> list[Rule]:
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
    for row in rows:
        kinds = tuple(row.alliance_kinds) if row.alliance_id is None else ()
        found[row.key] = Rule(row.key, row.label, tuple(row.kinds), row.at_least, kinds, row)
    return list(found.values())


def rows_of(scope: Territory | Alliance) -> list[Requirement]:
    """What a state or an alliance itself ever said, by name and the latest first. One query."""
    whose = "alliance" if isinstance(scope, Alliance) else "state"
    return _SAID.rows(whose, shape=whose, scope=scope.pk)


_SAID = Question(
    lambda whose: Requirement.objects.filter(**{whose: Slot("scope")}).order_by(
        "key", "-valid_from", "-pk"
    )
)


def requirement_choices(day: date) -> list[tuple[str, str]]:
    """Key and name of everything that is required somewhere on a day, for filters."""
    found = {standard.key: str(standard.label) for standard in STANDARDS}
    rows = Requirement.objects.as_of(day).filter(at_least__gt=0).order_by("label")
    for key, label in rows.values_list("key", "label"):
        found.setdefault(key, label)
    return list(found.items())


def settings_of(state: Territory) -> StateSettings:
    """A state's settings; unsaved ones with the program's own figures where it has none."""
    found: StateSettings | None = _SETTINGS.row(state=state.pk)
    if found is not None:
        return found
    return StateSettings(state=state, quiet_months=QUIET_MONTHS, business_percent=BUSINESS_PERCENT)


_SETTINGS = Question(lambda: StateSettings.objects.filter(state=Slot("state")))
