"""How requirements are shown and edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.insight.domain.queries.requirements import Rule
from buendnisnetz.insight.enums import AllianceKind
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
    public_id: str


def rule_lines(rules: Sequence[Rule]) -> list[RuleLine]:
    return [_line(rule) for rule in rules]


def _line(rule: Rule) -> RuleLine:
    row = rule.row
    return RuleLine(
        key=rule.key,
        label=rule.label,
        kinds=", ".join(str(OrganisationKind(kind).label) for kind in rule.kinds),
        wanted=str(rule.at_least) if rule.at_least else _("left out"),
        for_whom=", ".join(str(AllianceKind(kind).label) for kind in rule.alliance_kinds)
        or _("all"),
        origin=_("since %(day)s") % {"day": format_date(row.valid_from)}
        if row
        else _("proposed by the program"),
        public_id=row.public_id if row else "",
    )


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
