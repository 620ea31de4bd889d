"""Named parts of SQL that the questions of this room share.

Every part is a common table expression; those before it are named in its comment. ``HOLDS(t)`` is
spelt out by ``running.statement``. All need the parameter ``day``; :func:`parameters` gives those
that the parts about alliances need besides.
"""

from datetime import date
from typing import Any

from django.conf import settings

from buendnisnetz.insight.domain.standards import (
    BUSINESS_PERCENT,
    QUIET_MONTHS,
    TALK_MONTHS,
    standards_as_json,
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

# After moved: the districts of those in root that are something else on the day, as DISTRICT_OF.
LOST = """
lost (root, district_id) AS (
    SELECT m.root, CASE t.level WHEN 'DISTRICT' THEN t.id ELSE t.parent_id END
    FROM moved m JOIN territories_territory t ON t.id = m.id AND t.level <> 'STATE'
    WHERE HOLDS(m)
    UNION
    SELECT t.id, d.id
    FROM root r
    JOIN territories_territory t ON t.id = r.id AND t.level NOT IN ('STATE', 'DISTRICT')
    JOIN territories_territory d ON d.id = t.parent_id AND HOLDS(d)
    WHERE r.id NOT IN (SELECT m.root FROM moved m WHERE HOLDS(m))
)"""
# Where alliances work or worked. Few of these territories are something else on the day: only they
# have to be followed.
LINKS = """
links AS MATERIALIZED (
    SELECT l.alliance_id, l.valid_from, l.valid_to, t.id, t.level, t.kind, t.ags, t.parent_id,
        HOLDS(t) AS holds
    FROM network_allianceterritory l JOIN territories_territory t ON t.id = l.territory_id
    WHERE ONLY(l.alliance_id)
)"""
# After links: those that have to be followed.
ROOTS = """
root (id) AS (
    SELECT k.id FROM links k WHERE NOT k.holds
)"""
# After links, lost: the same with the district of the day, once for each of them.
LIES = """
lies AS (
    SELECT k.alliance_id, k.valid_from, k.valid_to, k.level, k.kind, k.ags,
        CASE k.level WHEN 'DISTRICT' THEN k.id WHEN 'STATE' THEN NULL ELSE k.parent_id END AS district_id
    FROM links k WHERE k.holds
    UNION ALL
    SELECT k.alliance_id, k.valid_from, k.valid_to, k.level, k.kind, k.ags, x.district_id
    FROM links k LEFT JOIN lost x ON x.root = k.id WHERE NOT k.holds
)"""
WORKED = (LINKS, ROOTS, MOVED, LOST, LIES)
# After lies: the districts that an alliance works in, and what kind that makes it.
COVERED = """
covered AS (
    SELECT l.alliance_id, left(min(l.ags), 2) AS state,
        coalesce(
            array_agg(DISTINCT l.district_id) FILTER (WHERE l.district_id IS NOT NULL), '{}'
        ) AS districts,
        CASE
            WHEN bool_or(l.level = 'STATE') OR count(DISTINCT l.district_id) > 1 THEN 'SEVERAL'
            WHEN bool_and(l.level = 'MUNICIPALITY' OR l.kind = 'INDEPENDENT_CITY') THEN 'TOWN'
            ELSE 'DISTRICT'
        END AS kind
    FROM lies l WHERE HOLDS(l)
    GROUP BY l.alliance_id
)"""
# After covered: alliances that exist on the day.
ALIVE = """
alive AS (
    SELECT a.id, a.slug, a.name, a.sort_key, a.search_key, a.founded_on, p.status, p.confirmed_on,
        coalesce(c.state, '') AS state, coalesce(c.districts, '{}') AS districts,
        coalesce(c.kind, '') AS kind
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
    WHERE NOT %(everything)s AND HOLDS(c)
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
rule AS MATERIALIZED (
    SELECT row_number() OVER () AS id, x.* FROM (
        SELECT 0 AS tier, s.key, s.label, s.kinds, s.at_least, s.alliance_kinds,
            NULL AS state, NULL::bigint AS alliance_id
        FROM jsonb_to_recordset(%(standards)s::jsonb)
            AS s (key text, label text, kinds text[], at_least int, alliance_kinds text[])
        UNION ALL
        SELECT CASE WHEN r.alliance_id IS NULL THEN 1 ELSE 2 END, r.key, r.label, r.kinds::text[],
            r.at_least, r.alliance_kinds::text[], t.ags, r.alliance_id
        FROM insight_requirement r LEFT JOIN territories_territory t ON t.id = r.state_id
        WHERE HOLDS(r)
    ) x
),
kind_of AS MATERIALIZED (
    SELECT DISTINCT r.id AS rule_id, k.kind FROM rule r CROSS JOIN unnest(r.kinds) AS k (kind)
)"""
# After shown, rule: first what a whole state wants, for few alliances have rules of their own. Most
# of it is wanted; the conditions apart would let PostgreSQL expect almost nothing, coalesce() a half.
WANTED = """
shared AS MATERIALIZED (
    SELECT DISTINCT ON (s.state, r.key) s.state, r.id, r.key, r.at_least, r.alliance_kinds
    FROM (SELECT DISTINCT a.state FROM shown a) s
    JOIN rule r ON r.tier = 0 OR (r.tier = 1 AND r.state = s.state)
    ORDER BY s.state, r.key, r.tier DESC
),
wanted AS MATERIALIZED (
    SELECT w.alliance_id, w.rule_id, w.key, w.at_least FROM (
        SELECT a.id AS alliance_id, a.kind, a.whole, s.id AS rule_id, s.key, s.at_least, s.alliance_kinds
        FROM shown a JOIN shared s ON s.state = a.state
        WHERE (a.id, s.key) NOT IN (SELECT r.alliance_id, r.key FROM rule r WHERE r.tier = 2)
        UNION ALL
        SELECT a.id, a.kind, a.whole, r.id, r.key, r.at_least, r.alliance_kinds
        FROM shown a JOIN rule r ON r.tier = 2 AND r.alliance_id = a.id
    ) w
    WHERE coalesce(
        w.at_least > 0
            AND (cardinality(w.alliance_kinds) = 0 OR w.kind = ANY(w.alliance_kinds))
            AND (w.whole OR w.key = ANY(%(chamber_keys)s)),
        false
    )
)"""
# After shown: members on the day, of organisations that exist on it, counted by kind and side.
MEMBERS = """
members AS MATERIALIZED (
    SELECT m.alliance_id, o.kind, o.sector, count(*) AS n
    FROM network_membership m JOIN network_organisation o ON o.id = m.organisation_id
    WHERE HOLDS(m) AND ONLY(m.alliance_id) AND m.alliance_id IN (SELECT id FROM shown)
        AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
    GROUP BY m.alliance_id, o.kind, o.sector
)"""
# After wanted, members: how many there are for each rule of an alliance, or of a district.
PRESENT_IN = """
counted AS (
    SELECT w.{of}, w.rule_id, sum(m.n)::int AS n
    FROM wanted w
    JOIN kind_of k ON k.rule_id = w.rule_id
    JOIN members m ON m.{of} = w.{of} AND m.kind = k.kind
    GROUP BY w.{of}, w.rule_id
),
present AS MATERIALIZED (
    SELECT w.{of}, w.rule_id, w.key, w.at_least, coalesce(c.n, 0) AS present
    FROM wanted w
    LEFT JOIN counted c ON c.{of} = w.{of} AND c.rule_id = w.rule_id
)"""
ALLIANCES = (*WORKED, COVERED, ALIVE, SHOWN)
GAPS = (*ALLIANCES, RULE, WANTED, MEMBERS, PRESENT_IN.format(of="alliance_id"))


def parameters(view: View, day: date, *, only: list[int] | None = None) -> dict[str, Any]:
    """What all parts about alliances need; ``only`` narrows them to some."""
    if not (view.everything or view.districts or view.chambers_of):
        only = [pk for pk in view.alliances if only is None or pk in only]
    return {
        "day": day,
        "everything": view.everything,
        "alliances": list(view.alliances),
        "districts": list(view.districts),
        "organisations": list(view.chambers_of),
        "only": only,
        "standards": standards_as_json(),
        "chamber_keys": list(CHAMBERS_KEYS),
        "quiet_months": QUIET_MONTHS,
        "business_percent": BUSINESS_PERCENT,
        "talk_months": TALK_MONTHS,
        "zone": settings.TIME_ZONE,
    }
