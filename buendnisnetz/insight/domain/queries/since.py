"""Parts of SQL that say since when something is missing."""

# After present: what is missing anywhere, or in the alliances of a page.
_LACKING = """
lacking AS MATERIALIZED (
    SELECT p.alliance_id, p.rule_id, p.at_least FROM present p
    WHERE p.present < p.at_least {among}
)"""
# After lacking, kind_of: how many members of the wanted kinds there were, step by step up to the day.
# ``gone`` is the day after the last on which there were enough.
STEPS = """
spans AS MATERIALIZED (
    SELECT m.alliance_id, o.kind, coalesce(m.valid_from, '-infinity') AS first,
        least(coalesce(m.valid_to, 'infinity'), coalesce(o.valid_to, 'infinity')) AS last
    FROM network_membership m JOIN network_organisation o ON o.id = m.organisation_id
    WHERE m.alliance_id = ANY(ARRAY(SELECT DISTINCT l.alliance_id FROM lacking l))
),
steps AS (
    SELECT l.alliance_id, l.rule_id, l.at_least, x.day, sum(x.change) AS change
    FROM lacking l
    JOIN kind_of k ON k.rule_id = l.rule_id
    JOIN spans s ON s.alliance_id = l.alliance_id AND s.kind = k.kind AND s.first <= s.last
    CROSS JOIN LATERAL (
        VALUES (s.first, 1), (CASE WHEN s.last < 'infinity' THEN s.last + 1 END, -1)
    ) AS x (day, change)
    WHERE x.day <= %(day)s
    GROUP BY l.alliance_id, l.rule_id, l.at_least, x.day
),
stretches AS (
    SELECT alliance_id, rule_id, at_least, sum(change) OVER w AS n, lead(day) OVER w AS until
    FROM steps WINDOW w AS (PARTITION BY alliance_id, rule_id ORDER BY day)
),
enough AS (
    SELECT alliance_id, rule_id, max(until) FILTER (WHERE n >= at_least) AS gone
    FROM stretches GROUP BY alliance_id, rule_id
)"""
# After lacking: the first day that anything is known about an alliance.
BEGUN = """
begun AS MATERIALIZED (
    SELECT a.id AS alliance_id,
        CASE WHEN a.founded_on <= %(day)s THEN a.founded_on END AS founded_on,
        least(
            (SELECT min(p.valid_from) FROM network_alliancestatusperiod p WHERE p.alliance_id = a.id),
            (SELECT min(l.valid_from) FROM network_allianceterritory l WHERE l.alliance_id = a.id),
            (SELECT min(m.valid_from) FROM network_membership m WHERE m.alliance_id = a.id)
        ) AS data_from
    FROM network_alliance a
    WHERE a.id = ANY(ARRAY(SELECT DISTINCT l.alliance_id FROM lacking l))
)"""
SINCE = """
since AS (
    SELECT l.alliance_id, l.rule_id,
        coalesce(e.gone, b.founded_on, CASE WHEN b.data_from <= %(day)s THEN b.data_from END) AS since,
        CASE
            WHEN e.gone IS NOT NULL THEN 'MET'
            WHEN b.founded_on IS NOT NULL THEN 'FOUNDED'
            ELSE 'DATA'
        END AS since_kind
    FROM lacking l
    JOIN begun b ON b.alliance_id = l.alliance_id
    LEFT JOIN enough e ON e.alliance_id = l.alliance_id AND e.rule_id = l.rule_id
)"""
SINCE_PARTS = (_LACKING.format(among=""), STEPS, BEGUN, SINCE)
# The rows of a page of alliances, each with the day since which something is missing longest.
OLDEST = f"""
WITH {_LACKING.format(among="AND p.alliance_id IN (SELECT m.pk FROM page m)")},
{STEPS},
{BEGUN},
{SINCE}
SELECT m.*, s.since
FROM page m
LEFT JOIN (SELECT alliance_id, min(since) AS since FROM since GROUP BY alliance_id) s
    ON s.alliance_id = m.pk
"""  # noqa: S608 -- constants of our own
