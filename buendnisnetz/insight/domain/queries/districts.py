"""The same questions for districts: over all alliances of a district together."""

from datetime import date
from typing import Any

from buendnisnetz.insight.domain.queries.gaps import Report, reports_from
from buendnisnetz.insight.domain.queries.parts import PRESENT_IN, RULE, WORKED, parameters
from buendnisnetz.insight.domain.queries.running import SqlRows, fetch_again, statement
from buendnisnetz.insight.rules import View

# The districts of the day that the reader may see. An independent city asks for what a town needs.
_AREAS = """
areas AS (
    SELECT t.id, t.public_id, t.ags, t.short_name, t.sort_key, left(t.ags, 2) AS state,
        CASE t.kind WHEN 'INDEPENDENT_CITY' THEN 'TOWN' ELSE 'DISTRICT' END AS kind
    FROM territories_territory t
    WHERE t.level = 'DISTRICT' AND HOLDS(t)
        AND (%(all_districts)s OR t.id = ANY(%(districts)s::bigint[]))
        AND (%(ags)s = '' OR t.ags = %(ags)s)
)"""
# Of the rules of states and program: first what all districts of a state and kind want.
_WANTED = """
shared AS MATERIALIZED (
    SELECT DISTINCT ON (s.state, r.key) s.state, r.id, r.key, r.at_least, r.alliance_kinds
    FROM (SELECT DISTINCT a.state FROM areas a) s
    JOIN rule r ON r.tier = 0 OR (r.tier = 1 AND r.state = s.state)
    ORDER BY s.state, r.key, r.tier DESC
),
wanted AS MATERIALIZED (
    SELECT a.id AS district_id, s.id AS rule_id, s.key, s.at_least
    FROM areas a JOIN shared s ON s.state = a.state
    WHERE coalesce(
        s.at_least > 0
            AND (cardinality(s.alliance_kinds) = 0 OR a.kind = ANY(s.alliance_kinds)),
        false
    )
)"""
# Who works in a district on the day, and the organisations there, each once.
_ON_THE_DAY = """
at_work AS MATERIALIZED (
    SELECT DISTINCT l.district_id, l.alliance_id
    FROM lies l
    JOIN network_alliancestatusperiod p
        ON p.alliance_id = l.alliance_id AND p.status <> 'DISSOLVED' AND HOLDS(p)
    WHERE HOLDS(l) AND l.district_id IN (SELECT id FROM areas)
),
joined AS (
    SELECT DISTINCT w.district_id, m.organisation_id
    FROM at_work w JOIN network_membership m ON m.alliance_id = w.alliance_id
    WHERE HOLDS(m)
),
members AS MATERIALIZED (
    SELECT j.district_id, o.kind, o.sector, count(*) AS n
    FROM joined j
    JOIN network_organisation o ON o.id = j.organisation_id
    WHERE o.valid_to IS NULL OR o.valid_to >= %(day)s
    GROUP BY j.district_id, o.kind, o.sector
)"""
# When an alliance that existed worked in a district.
_WORKING = """
working AS (
    SELECT l.district_id, l.alliance_id,
        daterange(l.valid_from, l.valid_to, '[]') * daterange(p.valid_from, p.valid_to, '[]') AS span
    FROM lies l
    JOIN network_alliancestatusperiod p ON p.alliance_id = l.alliance_id AND p.status <> 'DISSOLVED'
    WHERE l.district_id IN (SELECT id FROM areas)
)"""
# When an organisation was a member of any alliance of the district: periods put together, so that
# one that is a member twice counts once.
_SPANS = """
spans AS (
    SELECT w.district_id, o.id AS organisation_id, o.kind,
        unnest(range_agg(
            w.span * daterange(m.valid_from, m.valid_to, '[]') * daterange(NULL, o.valid_to, '[]')
        )) AS span
    FROM working w
    JOIN network_membership m ON m.alliance_id = w.alliance_id
    JOIN network_organisation o ON o.id = m.organisation_id
    GROUP BY w.district_id, o.id, o.kind
)"""
_STEPS = """
steps AS (
    SELECT w.district_id, w.rule_id, w.at_least, x.day, sum(x.change) AS change
    FROM wanted w
    JOIN kind_of k ON k.rule_id = w.rule_id
    JOIN spans s ON s.district_id = w.district_id AND s.kind = k.kind
    CROSS JOIN LATERAL (
        VALUES (coalesce(lower(s.span), '-infinity'), 1), (upper(s.span), -1)
    ) AS x (day, change)
    WHERE x.day <= %(day)s
    GROUP BY w.district_id, w.rule_id, w.at_least, x.day
),
stretches AS (
    SELECT district_id, rule_id, at_least, sum(change) OVER w AS n, lead(day) OVER w AS until
    FROM steps WINDOW w AS (PARTITION BY district_id, rule_id ORDER BY day)
),
enough AS (
    SELECT district_id, rule_id, max(until) FILTER (WHERE n >= at_least) AS gone
    FROM stretches GROUP BY district_id, rule_id
),
begun AS (
    SELECT district_id, min(lower(span)) FILTER (WHERE lower(span) <= %(day)s) AS data_from
    FROM working GROUP BY district_id
)"""
_BASE = (*WORKED, RULE, _AREAS, _WANTED, _ON_THE_DAY, PRESENT_IN.format(of="district_id"))
_OVERVIEW = """
gaps AS (
    SELECT p.district_id, count(*) AS n,
        array_agg(p.key ORDER BY r.label) AS keys, array_agg(r.label ORDER BY r.label) AS labels
    FROM present p JOIN rule r ON r.id = p.rule_id
    WHERE p.present < p.at_least GROUP BY p.district_id
),
balance AS (
    SELECT district_id, sum(n)::int AS members,
        coalesce(sum(n) FILTER (WHERE sector = 'BUSINESS'), 0)::int AS business
    FROM members GROUP BY district_id
),
busy AS (
    SELECT district_id, count(*)::int AS n FROM at_work GROUP BY district_id
),
overview AS (
    SELECT a.id AS pk, a.public_id, a.ags, a.short_name, a.sort_key,
        coalesce(k.n, 0) AS alliances,
        coalesce(b.members, 0) AS members,
        CASE WHEN b.members > 0 THEN b.business::float / b.members END AS business_share,
        coalesce(g.n, 0)::int AS gaps, coalesce(g.keys, '{}') AS keys,
        coalesce(g.labels, '{}') AS labels
    FROM areas a
    LEFT JOIN busy k ON k.district_id = a.id
    LEFT JOIN gaps g ON g.district_id = a.id
    LEFT JOIN balance b ON b.district_id = a.id
)"""


_REPORTS = """
SELECT o.*, r.key, r.label, r.kinds, p.at_least, p.present, r.tier,
    CASE WHEN p.present < p.at_least THEN coalesce(e.gone, b.data_from) END AS since,
    CASE WHEN p.present >= p.at_least THEN NULL WHEN e.gone IS NOT NULL THEN 'MET' ELSE 'WORKING' END
        AS since_kind
FROM overview o
LEFT JOIN present p ON p.district_id = o.pk
LEFT JOIN rule r ON r.id = p.rule_id
LEFT JOIN enough e ON e.district_id = p.district_id AND e.rule_id = p.rule_id
LEFT JOIN begun b ON b.district_id = p.district_id
ORDER BY o.sort_key, o.pk
"""


def overview(view: View, day: date, *, whole_state: bool) -> SqlRows:
    """Districts of the day with their alliances, members and gaps."""
    params = _parameters(view, day, whole_state, "")
    return SqlRows((*_BASE, _OVERVIEW), "overview", params, again=True, sent=("districts",))


def reports(view: View, day: date, *, whole_state: bool, ags: str = "") -> list[Report]:
    """What the overview says with the requirements over all alliances of a district, met or not; with
    a key only of that one. One query."""
    sql = statement((*_BASE, _OVERVIEW, _WORKING, _SPANS, _STEPS), _REPORTS)
    params = _parameters(view, day, whole_state, ags)
    return reports_from(fetch_again(sql, params, sent=("ags", "districts")))


def _parameters(view: View, day: date, whole_state: bool, ags: str) -> dict[str, Any]:
    narrowed = {"ags": ags, "only": None, "all_districts": whole_state}
    return {**parameters(view, day), **narrowed}
