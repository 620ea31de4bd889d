"""Parts of SQL that say since when something is missing."""

# After shown, wanted: how many members of the wanted kinds there were, step by step up to the day.
# ``gone`` is the day after the last on which there were enough.
STEPS = """
spans AS (
    SELECT m.alliance_id, o.kind, coalesce(m.valid_from, '-infinity') AS first,
        least(coalesce(m.valid_to, 'infinity'), coalesce(o.valid_to, 'infinity')) AS last
    FROM network_membership m JOIN network_organisation o ON o.id = m.organisation_id
    WHERE m.alliance_id IN (SELECT id FROM shown)
),
steps AS (
    SELECT w.alliance_id, w.key, w.at_least, x.day, sum(x.change) AS change
    FROM wanted w
    JOIN spans s ON s.alliance_id = w.alliance_id AND s.kind = ANY(w.kinds) AND s.first <= s.last
    CROSS JOIN LATERAL (
        VALUES (s.first, 1), (CASE WHEN s.last < 'infinity' THEN s.last + 1 END, -1)
    ) AS x (day, change)
    WHERE x.day <= %(day)s
    GROUP BY w.alliance_id, w.key, w.at_least, x.day
),
stretches AS (
    SELECT alliance_id, key, at_least, sum(change) OVER w AS n, lead(day) OVER w AS until
    FROM steps WINDOW w AS (PARTITION BY alliance_id, key ORDER BY day)
),
enough AS (
    SELECT alliance_id, key, max(until) FILTER (WHERE n >= at_least) AS gone
    FROM stretches GROUP BY alliance_id, key
)"""
# After shown: the first day that anything is known about an alliance.
BEGUN = """
begun AS (
    SELECT a.id AS alliance_id,
        CASE WHEN a.founded_on <= %(day)s THEN a.founded_on END AS founded_on,
        least(
            (SELECT min(p.valid_from) FROM network_alliancestatusperiod p WHERE p.alliance_id = a.id),
            (SELECT min(l.valid_from) FROM network_allianceterritory l WHERE l.alliance_id = a.id),
            (SELECT min(m.valid_from) FROM network_membership m WHERE m.alliance_id = a.id)
        ) AS data_from
    FROM shown a
)"""
SINCE = """
since AS (
    SELECT p.alliance_id, p.key,
        coalesce(e.gone, b.founded_on, CASE WHEN b.data_from <= %(day)s THEN b.data_from END) AS since,
        CASE
            WHEN e.gone IS NOT NULL THEN 'MET'
            WHEN b.founded_on IS NOT NULL THEN 'FOUNDED'
            ELSE 'DATA'
        END AS since_kind
    FROM present p
    JOIN begun b ON b.alliance_id = p.alliance_id
    LEFT JOIN enough e ON e.alliance_id = p.alliance_id AND e.key = p.key
    WHERE p.present < p.at_least
)"""
SINCE_PARTS = (STEPS, BEGUN, SINCE)
