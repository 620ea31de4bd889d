"""Posts for planning and for caring, district by district (S63, S85)."""

from datetime import date
from typing import Any

from buendnisnetz.insight.domain.queries.parts import DISTRICT_OF, MOVED, PLACE
from buendnisnetz.insight.domain.queries.running import SqlRows
from buendnisnetz.territories.domain.queries.populations import base_near

ENDS_WITHIN_MONTHS = 6

_ROOTS = """
root (id) AS (
    SELECT territory_id FROM network_post
    WHERE territory_id IS NOT NULL AND kind IN ('SOCIAL_PLANNER', 'CARETAKER')
    UNION
    SELECT o.territory_id FROM network_post p JOIN network_organisation o ON o.id = p.organisation_id
    WHERE o.territory_id IS NOT NULL AND p.kind IN ('SOCIAL_PLANNER', 'CARETAKER')
)"""
_POSTS = """
posts AS (
    SELECT d.district_id, p.id, p.kind, p.weekly_hours, t.id IS NOT NULL AS held, t.valid_to,
        (SELECT max(e.valid_to) FROM network_term e
            WHERE e.post_id = p.id AND e.valid_to < %(day)s) AS last_held
    FROM network_post p
    LEFT JOIN network_organisation o ON o.id = p.organisation_id
    JOIN district_of d ON d.root = coalesce(p.territory_id, o.territory_id)
    LEFT JOIN LATERAL (
        SELECT t.id, t.valid_to FROM network_term t WHERE t.post_id = p.id AND HOLDS(t)
        ORDER BY t.valid_to DESC NULLS FIRST LIMIT 1
    ) t ON true
    WHERE p.kind IN ('SOCIAL_PLANNER', 'CARETAKER') AND HOLDS(p)
),
staffing AS (
    SELECT t.id AS pk, t.public_id, t.ags, t.short_name AS name, t.sort_key,
        count(p.id) FILTER (WHERE p.kind = 'SOCIAL_PLANNER')::int AS planners,
        count(p.id) FILTER (WHERE p.kind = 'SOCIAL_PLANNER' AND p.held)::int AS planners_held,
        sum(p.weekly_hours) FILTER (WHERE p.kind = 'SOCIAL_PLANNER' AND p.held) AS planner_hours,
        min(p.last_held + 1) FILTER (WHERE p.kind = 'SOCIAL_PLANNER' AND NOT p.held) AS vacant_since,
        count(p.id) FILTER (WHERE p.kind = 'CARETAKER' AND p.held)::int AS caretakers,
        sum(p.weekly_hours) FILTER (WHERE p.kind = 'CARETAKER' AND p.held) AS caretaker_hours,
        count(p.id) FILTER (WHERE p.kind = 'CARETAKER' AND p.held AND p.valid_to
            < (%(day)s::date + make_interval(months => %(months)s))::date)::int AS ending,
        f.total AS inhabitants, f.counted_on
    FROM territories_territory t
    LEFT JOIN posts p ON p.district_id = t.id
    LEFT JOIN LATERAL (
        SELECT n.total, n.counted_on FROM territories_population n
        WHERE n.territory_id = t.id AND n.base = %(base)s
        ORDER BY abs(n.counted_on - %(day)s::date) LIMIT 1
    ) f ON true
    WHERE t.level = 'DISTRICT' AND HOLDS(t) AND (%(everywhere)s OR t.id = ANY(%(districts)s::bigint[]))
    GROUP BY t.id, t.public_id, t.ags, t.short_name, t.sort_key, f.total, f.counted_on
)"""


def staffing(day: date, *, districts: frozenset[int] | None) -> SqlRows:
    """Planning posts and caretakers per district on a day; ``districts`` None means all.

    The hours of caretakers are to be seen against the inhabitants counted nearest to the day.
    """
    base = base_near(day)
    params: dict[str, Any] = {
        "day": day,
        "months": ENDS_WITHIN_MONTHS,
        "base": base.value if base else "",
        "everywhere": districts is None,
        "districts": list(districts or ()),
    }
    return SqlRows((_ROOTS, MOVED, PLACE, DISTRICT_OF, _POSTS), "staffing", params)
