"""The state's overview: one row per alliance with its gaps, its balance and what needs attention."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from buendnisnetz.insight.domain.queries.gaps import Need, in_order, need_of
from buendnisnetz.insight.domain.queries.parts import GAPS, parameters
from buendnisnetz.insight.domain.queries.running import SqlRows, fetch, statement
from buendnisnetz.insight.domain.queries.since import SINCE_PARTS
from buendnisnetz.insight.rules import View

# The last sign of life: a meeting held, a sign-in of its people, an answer to a reminder, a
# confirmation of its state. Of sign-ins only the last is known, so on a past day a later one counts.
# That people without an account are left out is said outright: else they are all read.
_SIGNS = """
signs AS (
    SELECT x.alliance_id, max(x.day) AS day FROM (
        SELECT m.alliance_id, m.held_on AS day FROM meetings_meeting m
        WHERE m.status = 'HELD' AND m.held_on <= %(day)s AND m.alliance_id IS NOT NULL
            AND ONLY(m.alliance_id)
        UNION ALL
        SELECT g.alliance_id, m.held_on
        FROM meetings_meeting m JOIN network_workinggroup g ON g.id = m.working_group_id
        WHERE m.status = 'HELD' AND m.held_on <= %(day)s AND m.alliance_id IS NULL
            AND ONLY(g.alliance_id)
        UNION ALL
        SELECT s.scope_id, (u.last_login AT TIME ZONE %(zone)s)::date
        FROM accounts_assignment s JOIN accounts_user u ON u.id = s.user_id
        WHERE s.scope_kind = 'ALLIANCE' AND ONLY(s.scope_id)
        UNION ALL
        SELECT p.alliance_id, (u.last_login AT TIME ZONE %(zone)s)::date
        FROM accounts_user u
        JOIN network_person n ON n.user_id = u.id AND n.user_id IS NOT NULL
        JOIN network_term t ON t.person_id = n.id
        JOIN network_post p ON p.id = t.post_id AND ONLY(p.alliance_id)
        UNION ALL
        SELECT coalesce(k.alliance_id, p.alliance_id), (r.answered_at AT TIME ZONE %(zone)s)::date
        FROM tasks_reminder r
        JOIN tasks_task k ON k.id = r.task_id
        JOIN network_post p ON p.id = r.post_id
        WHERE (r.answered_at AT TIME ZONE %(zone)s)::date <= %(day)s
        UNION ALL
        SELECT c.alliance_id, c.confirmed_on FROM network_alliancestatusperiod c
        WHERE c.confirmed_on <= %(day)s AND ONLY(c.alliance_id)
    ) x
    WHERE x.alliance_id IS NOT NULL GROUP BY x.alliance_id
)"""
_CARE = """
held AS (
    SELECT p.alliance_id, bool_or(p.kind = 'COORDINATOR') AS contact,
        bool_or(p.kind = 'SPONSOR') AS sponsor
    FROM network_post p JOIN network_term t ON t.post_id = p.id AND HOLDS(t)
    WHERE p.alliance_id IS NOT NULL AND p.kind IN ('COORDINATOR', 'SPONSOR') AND HOLDS(p)
        AND ONLY(p.alliance_id)
    GROUP BY p.alliance_id
),
talks AS (
    SELECT p.alliance_id, max(k.held_on) AS day
    FROM insight_sponsortalk k JOIN network_post p ON p.id = k.post_id
    WHERE k.held_on <= %(day)s AND ONLY(p.alliance_id) GROUP BY p.alliance_id
),
topics AS (
    SELECT o.alliance_id, count(*) AS n FROM insight_alliancetopic o
    WHERE o.status = 'ACTIVE' AND o.opened_on <= %(day)s AND ONLY(o.alliance_id) AND NOT EXISTS (
        SELECT 1 FROM network_term t JOIN network_post p ON p.id = t.post_id
        WHERE t.post_id = o.responsible_id AND HOLDS(t) AND HOLDS(p)
    )
    GROUP BY o.alliance_id
)"""
_SUMS = """
gaps AS (
    SELECT alliance_id, count(*) AS n,
        array_agg(key ORDER BY label) AS keys, array_agg(label ORDER BY label) AS labels
    FROM present WHERE present < at_least GROUP BY alliance_id
),
balance AS (
    SELECT alliance_id, sum(n)::int AS members,
        coalesce(sum(n) FILTER (WHERE sector = 'BUSINESS'), 0)::int AS business
    FROM members GROUP BY alliance_id
),
limits AS (
    SELECT a.id, coalesce(s.quiet_months, %(quiet_months)s) AS quiet_months,
        coalesce(s.business_percent, %(business_percent)s) AS business_percent
    FROM shown a
    LEFT JOIN territories_territory t ON t.ags = a.state AND t.level = 'STATE'
    LEFT JOIN insight_statesettings s ON s.state_id = t.id
)"""
_OVERVIEW = """
overview AS (
    SELECT a.id AS pk, a.slug, a.name, a.sort_key, a.search_key, a.kind, a.districts, a.whole,
        a.status, coalesce(g.n, 0)::int AS gaps, coalesce(g.keys, '{}') AS keys,
        coalesce(g.labels, '{}') AS labels,
        CASE WHEN a.whole THEN coalesce(b.members, 0) END AS members,
        CASE WHEN a.whole AND b.members > 0 THEN b.business::float / b.members END AS business_share,
        CASE WHEN a.whole THEN s.day END AS sign_of_life,
        CASE WHEN a.whole THEN array_remove(ARRAY[
            CASE WHEN a.status IN ('ACTIVE', 'FOUNDING')
                AND coalesce(s.day, '-infinity') < quiet.day
                AND coalesce(a.founded_on, '-infinity') < quiet.day THEN 'ASLEEP' END,
            CASE WHEN a.confirmed_on < (%(day)s::date - interval '12 months')::date
                THEN 'UNCONFIRMED' END,
            CASE WHEN NOT coalesce(h.contact, false) THEN 'NO_CONTACT' END,
            CASE WHEN NOT coalesce(h.sponsor, false) THEN 'NO_SPONSOR' END,
            CASE WHEN coalesce(h.sponsor, false) AND coalesce(t.day, '-infinity')
                < (%(day)s::date - make_interval(months => %(talk_months)s))::date
                THEN 'NO_TALK' END,
            CASE WHEN o.n > 0 THEN 'TOPIC_VACANT' END,
            CASE WHEN coalesce(b.business, 0) * 100
                < l.business_percent * greatest(coalesce(b.members, 0), 1) THEN 'FEW_BUSINESS' END
        ], NULL) ELSE '{}' END AS warnings
    FROM shown a
    JOIN limits l ON l.id = a.id
    CROSS JOIN LATERAL (
        SELECT (%(day)s::date - make_interval(months => l.quiet_months))::date AS day
    ) quiet
    LEFT JOIN gaps g ON g.alliance_id = a.id
    LEFT JOIN balance b ON b.alliance_id = a.id
    LEFT JOIN signs s ON s.alliance_id = a.id
    LEFT JOIN held h ON h.alliance_id = a.id
    LEFT JOIN talks t ON t.alliance_id = a.id
    LEFT JOIN topics o ON o.alliance_id = a.id
)"""
PARTS = (*GAPS, _SIGNS, _CARE, _SUMS, _OVERVIEW)


def overview(view: View, day: date, *, only: list[int] | None = None) -> SqlRows:
    """Alliances that exist on the day and that the reader may see, for the list."""
    return SqlRows(PARTS, "overview", parameters(view, day, only=only))


@dataclass(frozen=True)
class Report:
    """An alliance's row of the overview with its requirements, met or not."""

    row: dict[str, Any]
    needs: list[Need]


_REPORTS = """
SELECT o.*, p.key, p.label, p.kinds, p.at_least, p.present, p.tier, s.since, s.since_kind
FROM overview o
LEFT JOIN present p ON p.alliance_id = o.pk
LEFT JOIN since s ON s.alliance_id = o.pk AND s.key = p.key
ORDER BY o.sort_key, o.pk
"""


def reports(view: View, day: date, *, only: list[int] | None = None) -> list[Report]:
    """What the overview says with what is behind its numbers, in dictionary order. One query."""
    found: dict[int, Report] = {}
    rows = fetch(statement([*PARTS, *SINCE_PARTS], _REPORTS), parameters(view, day, only=only))
    for row in rows:
        report = found.setdefault(row["pk"], Report(row, []))
        if row["key"] is not None:
            report.needs.append(need_of(row))
    return [Report(report.row, in_order(report.needs)) for report in found.values()]


def narrowed(rows: SqlRows, values: dict[str, Any]) -> SqlRows:
    """Apply the filter of the list."""
    if values.get("district"):
        rows = rows.where(
            "(SELECT t.id FROM territories_territory t WHERE t.ags = %(district)s"
            " AND t.level = 'DISTRICT' ORDER BY t.valid_from DESC NULLS LAST LIMIT 1)"
            " = ANY(districts)",
            district=values["district"],
        )
    if values.get("missing"):
        rows = rows.where("%(missing)s = ANY(keys)", missing=values["missing"])
    if values.get("warning"):
        rows = rows.where("%(warning)s = ANY(warnings)", warning=values["warning"])
    if values.get("only") == "gaps":
        rows = rows.where("gaps > 0")
    return rows
