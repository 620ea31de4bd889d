"""Posts for planning and for caring, district by district (S63, S85)."""

from datetime import date
from typing import Any

from buendnisnetz.insight.domain.queries.parts import LOST, MOVED
from buendnisnetz.insight.domain.queries.running import SqlRows
from buendnisnetz.territories.domain.queries.populations import base_near

ENDS_WITHIN_MONTHS = 6

# Where the posts are, looked up for each (OFFSET keeps it at that): few lie in what is something else
# on the day, and only these have to be followed.
_SEATS = """
seats AS MATERIALIZED (
    SELECT p.id, p.kind, p.weekly_hours, t.id AS place, t.level, t.parent_id, HOLDS(t) AS holds
    FROM network_post p
    LEFT JOIN network_organisation o ON o.id = p.organisation_id
    CROSS JOIN LATERAL (
        SELECT * FROM territories_territory t
        WHERE t.id = coalesce(p.territory_id, o.territory_id) OFFSET 0
    ) t
    WHERE p.kind IN ('SOCIAL_PLANNER', 'CARETAKER') AND HOLDS(p)
),
root (id) AS (
    SELECT s.place FROM seats s WHERE NOT s.holds
)"""
_POSTS = """
lying AS (
    SELECT s.id, s.kind, s.weekly_hours,
        CASE s.level WHEN 'DISTRICT' THEN s.place ELSE s.parent_id END AS district_id
    FROM seats s WHERE s.holds AND s.level <> 'STATE'
    UNION ALL
    SELECT s.id, s.kind, s.weekly_hours, x.district_id
    FROM seats s JOIN lost x ON x.root = s.place WHERE NOT s.holds
),
posts AS (
    SELECT p.*, t.id IS NOT NULL AS held, t.valid_to,
        (SELECT max(e.valid_to) FROM network_term e
            WHERE e.post_id = p.id AND e.valid_to < %(day)s) AS last_held
    FROM lying p
    LEFT JOIN LATERAL (
        SELECT t.id, t.valid_to FROM network_term t WHERE t.post_id = p.id AND HOLDS(t)
        ORDER BY t.valid_to DESC NULLS FIRST LIMIT 1
    ) t ON true
),
filled AS (
    SELECT p.district_id,
        count(*) FILTER (WHERE p.kind = 'SOCIAL_PLANNER')::int AS planners,
        count(*) FILTER (WHERE p.kind = 'SOCIAL_PLANNER' AND p.held)::int AS planners_held,
        sum(p.weekly_hours) FILTER (WHERE p.kind = 'SOCIAL_PLANNER' AND p.held) AS planner_hours,
        min(p.last_held + 1) FILTER (WHERE p.kind = 'SOCIAL_PLANNER' AND NOT p.held) AS vacant_since,
        count(*) FILTER (WHERE p.kind = 'CARETAKER' AND p.held)::int AS caretakers,
        sum(p.weekly_hours) FILTER (WHERE p.kind = 'CARETAKER' AND p.held) AS caretaker_hours,
        count(*) FILTER (WHERE p.kind = 'CARETAKER' AND p.held AND p.valid_to
            < (%(day)s::date + make_interval(months => %(months)s))::date)::int AS ending
    FROM posts p GROUP BY p.district_id
),
staffing AS (
    SELECT t.id AS pk, t.public_id, t.ags, t.short_name AS name, t.sort_key,
        coalesce(p.planners, 0) AS planners, coalesce(p.planners_held, 0) AS planners_held,
        p.planner_hours, p.vacant_since, coalesce(p.caretakers, 0) AS caretakers,
        p.caretaker_hours, coalesce(p.ending, 0) AS ending, f.total AS inhabitants, f.counted_on
    FROM territories_territory t
    LEFT JOIN filled p ON p.district_id = t.id
    LEFT JOIN LATERAL (
        SELECT n.total, n.counted_on FROM territories_population n
        WHERE n.territory_id = t.id AND n.base = %(base)s
        ORDER BY abs(n.counted_on - %(day)s::date) LIMIT 1
    ) f ON true
    WHERE t.level = 'DISTRICT' AND HOLDS(t) AND (%(everywhere)s OR t.id = ANY(%(districts)s::bigint[]))
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
    parts = (_SEATS, MOVED, LOST, _POSTS)
    return SqlRows(parts, "staffing", params, again=True, sent=("districts",))
