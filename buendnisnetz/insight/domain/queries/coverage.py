"""Every municipality of a day: how it is reached, and by what not (S67, S68, S75, S76)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.queries.parts import STEPS
from buendnisnetz.insight.domain.queries.running import SqlRows
from buendnisnetz.insight.domain.standards import MEETING_MONTHS
from buendnisnetz.insight.enums import Reached
from buendnisnetz.territories.enums import URBAN, Urbanisation

# Where a territory that something stands at lies on the day: what ended is what followed it, an
# independent city is its one municipality, and what began later is what it was before, if it only
# changed key or name. Territories that are nothing else than themselves are not listed.
_WENT = f"""
starts AS (
    SELECT t.id AS root, t.id, t.valid_from, t.valid_to FROM territories_territory t
    WHERE (t.valid_to < %(day)s OR t.valid_from > %(day)s)
        AND NOT (t.level = 'DISTRICT' AND t.kind = 'INDEPENDENT_CITY')
    UNION ALL
    SELECT c.id, m.id, m.valid_from, m.valid_to FROM territories_territory c
    JOIN territories_territory m
        ON m.parent_id = c.id AND m.level = 'MUNICIPALITY' AND m.kind = 'INDEPENDENT_CITY'
    WHERE c.level = 'DISTRICT' AND c.kind = 'INDEPENDENT_CITY'
),
moved (root, id, valid_from, valid_to) AS (
    SELECT root, id, valid_from, valid_to FROM starts
    {STEPS},
went (root, id) AS (
    SELECT m.root, m.id FROM moved m WHERE HOLDS(m)
)"""  # noqa: S608 -- a constant of our own
_ANSWERS = """
linked (id) AS (
    SELECT DISTINCT coalesce(w.id, l.territory_id)
    FROM network_allianceterritory l
    JOIN network_alliancestatusperiod p
        ON p.alliance_id = l.alliance_id AND p.status IN ('ACTIVE', 'FOUNDING') AND HOLDS(p)
    LEFT JOIN went w ON w.root = l.territory_id
    WHERE HOLDS(l)
),
posts (territory_id, is_contact, is_caretaker) AS (
    SELECT p.territory_id, p.is_contact, p.kind = 'CARETAKER'
    FROM network_post p
    WHERE p.territory_id IS NOT NULL AND (p.kind = 'CARETAKER' OR p.is_contact) AND HOLDS(p)
        AND EXISTS (SELECT 1 FROM network_term t WHERE t.post_id = p.id AND HOLDS(t))
    UNION ALL
    SELECT o.territory_id, p.is_contact, p.kind = 'CARETAKER'
    FROM network_organisation o JOIN network_post p ON p.organisation_id = o.id
    WHERE o.kind = 'MUNICIPALITY' AND o.territory_id IS NOT NULL AND p.territory_id IS NULL
        AND (p.kind = 'CARETAKER' OR p.is_contact) AND HOLDS(p)
        AND EXISTS (SELECT 1 FROM network_term t WHERE t.post_id = p.id AND HOLDS(t))
    UNION ALL
    SELECT o.territory_id, false, true
    FROM network_post p JOIN network_organisation o ON o.id = p.organisation_id
    WHERE p.kind = 'CARETAKER' AND p.territory_id IS NULL AND o.kind <> 'MUNICIPALITY'
        AND o.territory_id IS NOT NULL AND HOLDS(p)
        AND EXISTS (SELECT 1 FROM network_term t WHERE t.post_id = p.id AND HOLDS(t))
),
people (id, contact, caretaker) AS (
    SELECT coalesce(w.id, x.territory_id), bool_or(x.is_contact), bool_or(x.is_caretaker)
    FROM posts x LEFT JOIN went w ON w.root = x.territory_id
    GROUP BY 1
),
events (id, n) AS (
    SELECT coalesce(w.id, m.territory_id), count(*)
    FROM meetings_meeting m LEFT JOIN went w ON w.root = m.territory_id
    WHERE m.status = 'HELD' AND m.territory_id IS NOT NULL AND m.held_on <= %(day)s
        AND m.held_on > (%(day)s::date - make_interval(months => %(months)s))::date
    GROUP BY 1
),
bodies (id) AS (
    SELECT DISTINCT coalesce(w.id, o.territory_id)
    FROM network_membership m
    JOIN network_organisation o ON o.id = m.organisation_id AND o.territory_id IS NOT NULL
    JOIN network_alliancestatusperiod p
        ON p.alliance_id = m.alliance_id AND p.status IN ('ACTIVE', 'FOUNDING') AND HOLDS(p)
    LEFT JOIN went w ON w.root = o.territory_id
    WHERE HOLDS(m) AND coalesce(o.valid_to, 'infinity') >= %(day)s
),
marks AS (
    SELECT coalesce(w.id, k.territory_id) AS id, min(k.valid_from) AS said_on,
        min(k.said_by) AS said_by
    FROM insight_nocontactmark k LEFT JOIN went w ON w.root = k.territory_id
    WHERE HOLDS(k) GROUP BY 1
)"""
_COVERAGE = """
coverage AS (
    SELECT t.id AS pk, t.public_id, t.ags, t.short_name AS name, t.sort_key, t.search_key, t.kind,
        t.urbanisation, t.latitude, t.longitude, t.parent_id AS district_id,
        d.short_name AS district, d.ags AS district_ags, d.sort_key AS district_key,
        CASE WHEN own.id IS NOT NULL THEN 'OWN'
            WHEN above.id IS NOT NULL OR state.id IS NOT NULL THEN 'DISTRICT' ELSE '' END AS alliance,
        coalesce(p.contact, false) AS contact, coalesce(p.caretaker, false) AS caretaker,
        coalesce(e.n, 0)::int AS meetings, b.id IS NOT NULL AS member,
        k.said_on, k.said_by,
        (own.id IS NULL AND above.id IS NULL AND state.id IS NULL AND e.n IS NULL AND b.id IS NULL
            AND NOT coalesce(p.contact OR p.caretaker, false)) AS white
    FROM territories_territory t
    JOIN territories_territory d ON d.id = t.parent_id
    LEFT JOIN linked own ON own.id = t.id
    LEFT JOIN linked above ON above.id = t.parent_id
    LEFT JOIN linked state ON state.id = d.parent_id
    LEFT JOIN people p ON p.id = t.id
    LEFT JOIN events e ON e.id = t.id
    LEFT JOIN bodies b ON b.id = t.id
    LEFT JOIN marks k ON k.id = t.id
    WHERE t.level = 'MUNICIPALITY' AND t.kind <> 'UNINCORPORATED' AND HOLDS(t)
        AND t.ags LIKE %(within)s
)"""
_CITIES = tuple(sorted(URBAN))
# Per district; meetings outside the seat are those of its other municipalities (S75).
_DISTRICTS = """
seats (district_id, id) AS (
    SELECT d.id, coalesce(w.id, d.seat_id)
    FROM territories_territory d LEFT JOIN went w ON w.root = d.seat_id
    WHERE d.level = 'DISTRICT' AND d.seat_id IS NOT NULL AND d.kind <> 'INDEPENDENT_CITY'
),
counts AS (
    SELECT c.district_id,
        count(*)::int AS n,
        count(*) FILTER (WHERE c.alliance <> '')::int AS alliance,
        count(*) FILTER (WHERE c.contact)::int AS contact,
        count(*) FILTER (WHERE c.caretaker)::int AS caretaker,
        count(*) FILTER (WHERE c.meetings > 0)::int AS meeting,
        count(*) FILTER (WHERE c.member)::int AS member,
        count(*) FILTER (WHERE c.white)::int AS white,
        count(*) FILTER (WHERE NOT c.contact AND c.said_on IS NULL)::int AS unknown_contact,
        count(*) FILTER (WHERE c.urbanisation = ANY(%(urban)s))::int AS urban,
        count(*) FILTER (WHERE c.urbanisation = ANY(%(urban)s) AND NOT c.white)::int AS urban_reached,
        count(*) FILTER (WHERE c.urbanisation = %(rural)s)::int AS rural,
        count(*) FILTER (WHERE c.urbanisation = %(rural)s AND NOT c.white)::int AS rural_reached,
        coalesce(sum(c.meetings), 0)::int AS meetings,
        coalesce(sum(c.meetings) FILTER (WHERE s.id IS NULL), 0)::int AS outside
    FROM coverage c
    LEFT JOIN seats s ON s.id = c.pk AND s.district_id = c.district_id
    GROUP BY c.district_id
),
districts AS (
    SELECT c.district_id AS pk, d.public_id, d.ags, d.short_name AS name, d.sort_key, d.kind, c.*,
        CASE WHEN d.seat_id IS NOT NULL AND d.kind <> 'INDEPENDENT_CITY' THEN c.outside END
            AS meetings_outside
    FROM counts c JOIN territories_territory d ON d.id = c.district_id
)"""
_PARTS = (_WENT, _ANSWERS, _COVERAGE)

# How each question is asked of a row.
CONDITIONS: dict[Reached, str] = {
    Reached.ALLIANCE: "alliance <> ''",
    Reached.CONTACT: "contact",
    Reached.CARETAKER: "caretaker",
    Reached.MEETING: "meetings > 0",
    Reached.MEMBER: "member",
}
TOTALS = ", ".join(
    [
        "count(*)::int AS n",
        *(
            f"count(*) FILTER (WHERE {condition})::int AS {name.value.lower()}"
            for name, condition in CONDITIONS.items()
        ),
        "count(*) FILTER (WHERE white)::int AS white",
    ]
)


@dataclass(frozen=True)
class Totals:
    """How many municipalities of a selection there are, and how many each question reaches."""

    n: int
    alliance: int
    contact: int
    caretaker: int
    meeting: int
    member: int
    white: int


def coverage(day: date, *, within: str = "") -> SqlRows:
    """The municipalities of a day in a territory (its key; empty: everywhere)."""
    return SqlRows(_PARTS, "coverage", _parameters(day, within))


def districts(day: date, *, within: str = "") -> SqlRows:
    """The same counted per district."""
    return SqlRows((*_PARTS, _DISTRICTS), "districts", _parameters(day, within))


def totals(rows: SqlRows) -> Totals:
    return Totals(**rows.one(TOTALS))


def narrowed(rows: SqlRows, values: dict[str, Any]) -> SqlRows:
    """Apply the filter of the list."""
    if values.get("missing") in Reached.values:
        rows = rows.where(f"NOT ({CONDITIONS[Reached(values['missing'])]})")
    elif values.get("missing") == "white":
        rows = rows.where("white")
    elif values.get("missing") == "mark":
        rows = rows.where("NOT contact AND said_on IS NULL")
    if values.get("settled") == "urban":
        rows = rows.where("urbanisation = ANY(%(urban)s)")
    elif values.get("settled") == "rural":
        rows = rows.where("urbanisation = %(rural)s")
    return rows


def searched(rows: SqlRows, typed: str) -> SqlRows:
    """Municipalities whose name or key holds what was typed."""
    pattern = search_key(typed).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return rows.where("search_key LIKE %(typed)s OR ags LIKE %(typed)s", typed=f"%{pattern}%")


def _parameters(day: date, within: str) -> dict[str, Any]:
    return {
        "day": day,
        "within": f"{within}%",
        "months": MEETING_MONTHS,
        "urban": list(_CITIES),
        "rural": Urbanisation.SPARSE.value,
    }
