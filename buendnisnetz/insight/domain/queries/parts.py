"""Named parts of SQL that the questions of this room share.

Every part is a common table expression; those before it are named in its comment. ``HOLDS(t)`` is
spelt out by ``running.statement``. All need the parameter ``day``; :func:`parameters` gives those
that the parts about alliances need besides.
"""

from datetime import date
from typing import Any

from django.conf import settings
from psycopg.types.json import Jsonb

from buendnisnetz.insight.domain.standards import (
    BUSINESS_PERCENT,
    QUIET_MONTHS,
    TALK_MONTHS,
    standard_rows,
)
from buendnisnetz.insight.rules import CHAMBERS_KEYS, View

# The rest of moved, whatever it begins with: from one territory to the next until the day is met. One
# that ended is what followed it; one that began later under a new key or name is what it was before.
# A split gives several; what came out of a merger later is nothing on an earlier day. OFFSET has the
# few that are met looked up one by one: the planner expects thousands and would read all there are.
STEPS = """
    UNION
    SELECT m.root, t.id, t.valid_from, t.valid_to
    FROM moved m
    JOIN LATERAL (
        SELECT s.successor_id AS id FROM territories_succession s
        WHERE m.valid_to < %(day)s AND s.predecessor_id = m.id AND s.on <= %(day)s
        UNION ALL
        SELECT s.predecessor_id FROM territories_succession s
        WHERE m.valid_from > %(day)s AND s.successor_id = m.id AND s.on > %(day)s
            AND s.kind IN ('KEY', 'NAME')
    ) n ON true
    CROSS JOIN LATERAL (
        SELECT t.id, t.valid_from, t.valid_to FROM territories_territory t WHERE t.id = n.id OFFSET 0
    ) t
)"""
# After root (id): the territories that are asked about.
MOVED = f"""
moved (root, id, valid_from, valid_to) AS (
    SELECT t.id, t.id, t.valid_from, t.valid_to
    FROM root JOIN territories_territory t ON t.id = root.id
    WHERE t.valid_to < %(day)s OR t.valid_from > %(day)s
    {STEPS}"""  # noqa: S608 -- a constant of our own
# After root, moved.
PLACE = """
place (root, id) AS (
    SELECT t.id, t.id FROM root JOIN territories_territory t ON t.id = root.id WHERE HOLDS(t)
    UNION ALL
    SELECT m.root, m.id FROM moved m WHERE HOLDS(m)
)"""
# After root, moved, place: the districts of the day. A municipality that is nothing on the day still
# lies in the district that its key names.
DISTRICT_OF = """
district_of (root, district_id) AS (
    SELECT p.root, CASE t.level WHEN 'DISTRICT' THEN t.id ELSE t.parent_id END
    FROM place p JOIN territories_territory t ON t.id = p.id WHERE t.level <> 'STATE'
    UNION
    SELECT r.id, d.id
    FROM (SELECT root.id FROM root WHERE root.id NOT IN (SELECT p.root FROM place p)) r
    CROSS JOIN LATERAL (
        SELECT t.parent_id, t.level FROM territories_territory t WHERE t.id = r.id OFFSET 0
    ) t
    JOIN territories_territory d ON d.id = t.parent_id AND HOLDS(d)
    WHERE t.level NOT IN ('STATE', 'DISTRICT')
)"""

ALLIANCE_ROOTS = """
root (id) AS (
    SELECT DISTINCT l.territory_id FROM network_allianceterritory l WHERE ONLY(l.alliance_id)
)"""
# After district_of: the districts that an alliance works in, and what kind that makes it.
COVERED = """
covered AS (
    SELECT l.alliance_id, left(min(t.ags), 2) AS state,
        coalesce(
            array_agg(DISTINCT d.district_id) FILTER (WHERE d.district_id IS NOT NULL), '{}'
        ) AS districts,
        CASE
            WHEN bool_or(t.level = 'STATE') OR count(DISTINCT d.district_id) > 1 THEN 'SEVERAL'
            WHEN bool_and(t.level = 'MUNICIPALITY' OR t.kind = 'INDEPENDENT_CITY') THEN 'TOWN'
            ELSE 'DISTRICT'
        END AS kind
    FROM network_allianceterritory l
    JOIN territories_territory t ON t.id = l.territory_id
    LEFT JOIN district_of d ON d.root = l.territory_id
    WHERE HOLDS(l) AND ONLY(l.alliance_id)
    GROUP BY l.alliance_id
)"""
# After covered: alliances that exist on the day.
ALIVE = """
alive AS (
    SELECT a.id, a.slug, a.name, a.sort_key, a.search_key, a.founded_on, p.status, p.confirmed_on,
        c.state, coalesce(c.districts, '{}') AS districts, coalesce(c.kind, '') AS kind
    FROM network_alliance a
    JOIN network_alliancestatusperiod p
        ON p.alliance_id = a.id AND p.status <> 'DISSOLVED' AND HOLDS(p)
    LEFT JOIN covered c ON c.alliance_id = a.id
    WHERE ONLY(a.id)
)"""
# After alive: those that the reader may see; ``whole`` unless only a chamber's share of it.
SHOWN = """
chamber_area AS (
    SELECT coalesce(array_agg(c.territory_id), '{}') AS districts
    FROM territories_chamberdistrict c
    JOIN network_organisation o ON o.chamber_id = c.chamber_id AND o.id = ANY(%(organisations)s::bigint[])
    WHERE HOLDS(c)
),
shown AS (
    SELECT a.*,
        (%(everything)s OR a.id = ANY(%(alliances)s::bigint[]) OR a.districts && %(districts)s::bigint[]) AS whole
    FROM alive a, chamber_area c
    WHERE (%(everything)s OR a.id = ANY(%(alliances)s::bigint[]) OR a.districts && %(districts)s::bigint[]
            OR a.districts && c.districts)
)"""
# Standards of the program, rows of states, rows of alliances: the later tier replaces by key.
RULE = """
rule AS (
    SELECT 0 AS tier, s.key, s.label, s.kinds, s.at_least, s.alliance_kinds,
        NULL AS state, NULL::bigint AS alliance_id
    FROM jsonb_to_recordset(%(standards)s)
        AS s (key text, label text, kinds text[], at_least int, alliance_kinds text[])
    UNION ALL
    SELECT CASE WHEN r.alliance_id IS NULL THEN 1 ELSE 2 END, r.key, r.label, r.kinds::text[],
        r.at_least, r.alliance_kinds::text[], t.ags, r.alliance_id
    FROM insight_requirement r LEFT JOIN territories_territory t ON t.id = r.state_id
    WHERE HOLDS(r)
)"""
# After shown, rule.
WANTED = """
wanted AS (
    SELECT * FROM (
        SELECT DISTINCT ON (a.id, r.key) a.id AS alliance_id, a.kind, a.whole, r.tier, r.key,
            r.label, r.kinds, r.at_least, r.alliance_kinds
        FROM shown a
        JOIN rule r ON r.tier = 0 OR r.state = a.state OR r.alliance_id = a.id
        ORDER BY a.id, r.key, r.tier DESC
    ) best
    WHERE best.at_least > 0
        AND (cardinality(best.alliance_kinds) = 0 OR best.kind = ANY(best.alliance_kinds))
        AND (best.whole OR best.key = ANY(%(chamber_keys)s))
)"""
# After shown: members on the day, of organisations that exist on it, counted by kind and side.
MEMBERS = """
members AS (
    SELECT m.alliance_id, o.kind, o.sector, count(*) AS n
    FROM network_membership m JOIN network_organisation o ON o.id = m.organisation_id
    WHERE HOLDS(m) AND coalesce(o.valid_to, 'infinity') >= %(day)s
        AND m.alliance_id IN (SELECT id FROM shown)
    GROUP BY m.alliance_id, o.kind, o.sector
)"""
# After wanted, members.
PRESENT = """
present AS (
    SELECT w.alliance_id, w.key, w.label, w.kinds, w.at_least, w.tier,
        coalesce(sum(m.n), 0)::int AS present
    FROM wanted w
    LEFT JOIN members m ON m.alliance_id = w.alliance_id AND m.kind = ANY(w.kinds)
    GROUP BY w.alliance_id, w.key, w.label, w.kinds, w.at_least, w.tier
)"""
ALLIANCES = (ALLIANCE_ROOTS, MOVED, PLACE, DISTRICT_OF, COVERED, ALIVE, SHOWN)
GAPS = (*ALLIANCES, RULE, WANTED, MEMBERS, PRESENT)


def parameters(view: View, day: date, *, only: list[int] | None = None) -> dict[str, Any]:
    """What all parts about alliances need; ``only`` narrows them to some."""
    return {
        "day": day,
        "everything": view.everything,
        "alliances": list(view.alliances),
        "districts": list(view.districts),
        "organisations": list(view.chambers_of),
        "only": only,
        "standards": Jsonb(standard_rows()),
        "chamber_keys": list(CHAMBERS_KEYS),
        "quiet_months": QUIET_MONTHS,
        "business_percent": BUSINESS_PERCENT,
        "talk_months": TALK_MONTHS,
        "zone": settings.TIME_ZONE,
    }
