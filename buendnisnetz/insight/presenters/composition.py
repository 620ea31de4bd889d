"""How requirements are shown and edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.insight.domain.queries.requirements import Rule
from buendnisnetz.insight.enums import AllianceKind
from buendnisnetz.insight.models import Requirement
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.ui.jinja import format_date


@dataclass(frozen=True)
class RuleLine:
    key: str
    label: str
    kinds: str
    wanted: str
    for_whom: str
    origin: str
    says: str
    public_id: str


@dataclass(frozen=True)
class OwnLine:
    """A row that a state or an alliance wrote, and what can be done with it: one of the last two ids."""

    label: str
    wanted: str
    period: str
    to_end: str
    to_reopen: str


def own_lines(rows: Sequence[Requirement]) -> list[OwnLine]:
    """Rows by key, the latest first: the end of each key's latest can be taken back."""
    lines, before = [], ""
    for row in rows:
        latest, before = row.key != before, row.key
        lines.append(
            OwnLine(
                label=row.label,
                wanted=_wanted(row.at_least),
                period=_period(row),
                to_end="" if row.valid_to else row.public_id,
                to_reopen=row.public_id if row.valid_to and latest else "",
            )
        )
    return lines


def _period(row: Requirement) -> str:
    first = format_date(row.valid_from)
    if row.valid_to is None:
        return _("since %(day)s") % {"day": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": format_date(row.valid_to)}


def _wanted(at_least: int) -> str:
    return str(at_least) if at_least else _("left out")


def rule_lines(rules: Sequence[Rule]) -> list[RuleLine]:
    return [_line(rule) for rule in rules]


def _line(rule: Rule) -> RuleLine:
    row = rule.row
    return RuleLine(
        key=rule.key,
        label=rule.label,
        kinds=", ".join(str(OrganisationKind(kind).label) for kind in rule.kinds),
        wanted=_wanted(rule.at_least),
        for_whom=", ".join(str(AllianceKind(kind).label) for kind in rule.alliance_kinds)
        or _("all"),
        origin=_("since %(day)s") % {"day": format_date(row.valid_from)}
        if row
        else _("proposed by the program"),
        says=_says(row),
        public_id=row.public_id if row else "",
    )


def _says(row: Requirement | None) -> str:
    if row is None:
        return _("the program")
    return _("the state") if row.alliance_id is None else _("the alliance")


def initial_of(rule: Rule | None, today: date) -> dict[str, Any]:
    """What the form shows first: the rule as it holds, from today on."""
    if rule is None:
        return {"since": today, "at_least": 1}
    return {
        "label": rule.label,
        "kinds": list(rule.kinds),
        "at_least": rule.at_least,
        "alliance_kinds": list(rule.alliance_kinds),
        "since": today,
    }
