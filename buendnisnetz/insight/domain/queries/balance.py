"""How the partners of an alliance or district are divided by side and kind, year by year (S18)."""

from dataclasses import dataclass
from datetime import date

from buendnisnetz.insight.domain.queries.parts import WORKED
from buendnisnetz.insight.domain.queries.running import fetch_again, statement
from buendnisnetz.network.enums import OrganisationKind, Sector

MOST_YEARS = 12


@dataclass(frozen=True)
class Snapshot:
    """The partners on one day: how many of each side and kind."""

    day: date
    by_sector: dict[Sector, int]
    by_kind: dict[OrganisationKind, int]

    @property
    def total(self) -> int:
        return sum(self.by_sector.values())

    def share(self, sector: Sector) -> float:
        """Between 0 and 1; 0 without partners."""
        return self.by_sector.get(sector, 0) / self.total if self.total else 0.0


_DAYS = """
days (at) AS (
    SELECT make_date(y, 12, 31) FROM generate_series(
        extract(year FROM %(day)s::date)::int - %(years)s, extract(year FROM %(day)s::date)::int - 1
    ) AS y
    UNION SELECT %(day)s::date
)"""
# Memberships that count, as periods: of one alliance, or of all that work in one district.
_OF_ALLIANCE = """
spans AS (
    SELECT o.id, o.kind, o.sector, daterange(m.valid_from, m.valid_to, '[]')
        * daterange(NULL, o.valid_to, '[]') AS span
    FROM network_membership m JOIN network_organisation o ON o.id = m.organisation_id
    WHERE m.alliance_id = %(alliance)s::bigint
)"""
_OF_DISTRICT = """
spans AS (
    SELECT o.id, o.kind, o.sector, daterange(m.valid_from, m.valid_to, '[]')
        * daterange(NULL, o.valid_to, '[]') * daterange(l.valid_from, l.valid_to, '[]')
        * daterange(p.valid_from, p.valid_to, '[]') AS span
    FROM lies l
    JOIN network_alliancestatusperiod p ON p.alliance_id = l.alliance_id AND p.status <> 'DISSOLVED'
    JOIN network_membership m ON m.alliance_id = l.alliance_id
    JOIN network_organisation o ON o.id = m.organisation_id
    WHERE l.district_id = %(district)s::bigint
)"""
_COUNTS = """
SELECT d.at, s.kind, s.sector, count(DISTINCT s.id) AS n
FROM days d LEFT JOIN spans s ON s.span @> d.at
GROUP BY d.at, s.kind, s.sector ORDER BY d.at
"""


def of_alliance(alliance: int, day: date) -> list[Snapshot]:
    """The end of each year and the day itself, from the first with partners on. One query."""
    params = {"day": day, "years": MOST_YEARS, "alliance": alliance}
    return _snapshots(statement([_DAYS, _OF_ALLIANCE], _COUNTS), params, "alliance")


def of_district(district: int, day: date) -> list[Snapshot]:
    """The same over all alliances of a district; an organisation counts once. One query."""
    params: dict[str, object] = {
        "day": day,
        "only": None,
        "years": MOST_YEARS,
        "district": district,
    }
    parts = [*WORKED, _DAYS, _OF_DISTRICT]
    return _snapshots(statement(parts, _COUNTS), params, "district")


def _snapshots(sql: str, params: dict[str, object], sent: str) -> list[Snapshot]:
    found: dict[date, Snapshot] = {}
    for row in fetch_again(sql, params, sent=(sent,)):
        snapshot = found.setdefault(row["at"], Snapshot(row["at"], {}, {}))
        if row["kind"] is not None:
            sector, kind = Sector(row["sector"]), OrganisationKind(row["kind"])
            snapshot.by_sector[sector] = snapshot.by_sector.get(sector, 0) + row["n"]
            snapshot.by_kind[kind] = snapshot.by_kind.get(kind, 0) + row["n"]
    ordered = list(found.values())
    while len(ordered) > 1 and not ordered[0].total:
        ordered.pop(0)
    return ordered
