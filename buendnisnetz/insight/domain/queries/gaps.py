"""What is there and what is missing at alliances, as of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from buendnisnetz.insight.domain.queries.parts import GAPS, parameters
from buendnisnetz.insight.domain.queries.running import fetch, statement
from buendnisnetz.insight.domain.queries.since import SINCE_PARTS
from buendnisnetz.insight.domain.standards import STANDARDS
from buendnisnetz.insight.enums import SinceKind
from buendnisnetz.insight.rules import View
from buendnisnetz.network.enums import OrganisationKind

# Standards come in their own order, what a state or an alliance added after them.
_ORDER = {standard.key: place for place, standard in enumerate(STANDARDS)}


@dataclass(frozen=True)
class Need:
    """A requirement of an alliance or district: how many there are, and since when too few.

    ``since`` is None where it is met, and where nothing says since when it is not.
    """

    key: str
    label: str
    kinds: tuple[OrganisationKind, ...]
    at_least: int
    present: int
    since: date | None
    since_kind: SinceKind | None
    tier: int

    @property
    def is_gap(self) -> bool:
        return self.present < self.at_least

    @property
    def missing(self) -> int:
        return max(0, self.at_least - self.present)


def need_of(row: dict[str, Any]) -> Need:
    return Need(
        key=row["key"],
        label=row["label"],
        kinds=tuple(OrganisationKind(kind) for kind in row["kinds"]),
        at_least=row["at_least"],
        present=row["present"],
        since=row["since"],
        since_kind=SinceKind(row["since_kind"]) if row["since_kind"] else None,
        tier=row["tier"],
    )


def in_order(needs: Sequence[Need]) -> list[Need]:
    return sorted(needs, key=lambda need: (_ORDER.get(need.key, len(_ORDER)), need.label, need.key))


class Report(NamedTuple):
    """A row of an overview with the requirements behind its numbers, met or not."""

    row: dict[str, Any]
    needs: list[Need]


def reports_from(rows: Iterable[dict[str, Any]]) -> list[Report]:
    """Put together what was read: a line for each requirement, or one where nothing is required."""
    found: dict[int, Report] = {}
    for row in rows:
        report = found.setdefault(row["pk"], Report(row, []))
        if row["key"] is not None:
            report.needs.append(need_of(row))
    return [Report(report.row, in_order(report.needs)) for report in found.values()]


_NEEDS = """
SELECT p.alliance_id, r.key, r.label, r.kinds, p.at_least, p.present, r.tier, s.since, s.since_kind
FROM present p
JOIN rule r ON r.id = p.rule_id
LEFT JOIN since s ON s.alliance_id = p.alliance_id AND s.rule_id = p.rule_id
"""


def needs_of(alliances: list[int] | None, view: View, day: date) -> dict[int, list[Need]]:
    """The requirements of alliances that the reader may see, met or not. One query."""
    sql = statement([*GAPS, *SINCE_PARTS], _NEEDS)
    found: dict[int, list[Need]] = {}
    for row in fetch(sql, parameters(view, day, only=alliances)):
        found.setdefault(row["alliance_id"], []).append(need_of(row))
    return {alliance: in_order(needs) for alliance, needs in found.items()}
