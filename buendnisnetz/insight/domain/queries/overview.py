"""The state's overview: one row per alliance with its gaps, its balance and what needs attention."""

from datetime import date
from typing import Any

from buendnisnetz.insight.domain.queries.gaps import Report, reports_from
from buendnisnetz.insight.domain.queries.parts import GAPS, parameters
from buendnisnetz.insight.domain.queries.running import (
    SqlRows,
    fetch,
    fetch_again,
    of_some,
    statement,
)
from buendnisnetz.insight.domain.queries.since import OLDEST, SINCE_PARTS
from buendnisnetz.insight.rules import View

# The last sign of life: a meeting held, a sign-in of its people, an answer to a reminder, a
# confirmation of its state. Of sign-ins only the last is known, so on a past day a later one counts.
# That people without an account are left out is said outright: else they are all read.
# With it, put together once: the last talk, and by ``has`` a contact, a sponsor, a topic without
# anybody.
_CONTACT, _SPONSOR, _VACANT = 1, 2, 4
_CARE = f"""
care AS (
    SELECT x.alliance_id, max(x.sign) AS sign, max(x.talk) AS talk, bit_or(x.has) AS has FROM (
        SELECT a.id AS alliance_id, m.held_on AS sign, NULL::date AS talk, 0 AS has
        FROM shown a
        CROSS JOIN LATERAL (
            SELECT m.held_on FROM meetings_meeting m
            WHERE m.alliance_id = a.id AND m.status = 'HELD' AND m.held_on <= %(day)s
            ORDER BY m.held_on DESC LIMIT 1
        ) m
        UNION ALL
        SELECT g.alliance_id, m.held_on, NULL, 0
        FROM meetings_meeting m JOIN network_workinggroup g ON g.id = m.working_group_id
        WHERE m.status = 'HELD' AND m.held_on <= %(day)s AND m.alliance_id IS NULL
            AND ONLY(g.alliance_id)
        UNION ALL
        SELECT s.scope_id, (u.last_login AT TIME ZONE %(zone)s)::date, NULL, 0
        FROM accounts_assignment s JOIN accounts_user u ON u.id = s.user_id
        WHERE s.scope_kind = 'ALLIANCE' AND ONLY(s.scope_id)
        UNION ALL
        SELECT p.alliance_id, (u.last_login AT TIME ZONE %(zone)s)::date, NULL, 0
        FROM accounts_user u
        JOIN network_person n ON n.user_id = u.id AND n.user_id IS NOT NULL
        JOIN network_term t ON t.person_id = n.id
        JOIN network_post p ON p.id = t.post_id AND ONLY(p.alliance_id)
        UNION ALL
        SELECT coalesce(k.alliance_id, p.alliance_id),
            (r.answered_at AT TIME ZONE %(zone)s)::date, NULL, 0
        FROM tasks_reminder r
        JOIN tasks_task k ON k.id = r.task_id
        JOIN network_post p ON p.id = r.post_id
        WHERE (r.answered_at AT TIME ZONE %(zone)s)::date <= %(day)s
            AND (ONLY(k.alliance_id) OR ONLY(p.alliance_id))
        UNION ALL
        SELECT c.alliance_id, c.confirmed_on, NULL, 0 FROM network_alliancestatusperiod c
        WHERE c.confirmed_on <= %(day)s AND ONLY(c.alliance_id)
        UNION ALL
        SELECT p.alliance_id, NULL, NULL,
            CASE p.kind WHEN 'COORDINATOR' THEN {_CONTACT} ELSE {_SPONSOR} END
        FROM network_post p JOIN network_term t ON t.post_id = p.id AND HOLDS(t)
        WHERE p.alliance_id IS NOT NULL AND p.kind IN ('COORDINATOR', 'SPONSOR') AND HOLDS(p)
            AND ONLY(p.alliance_id)
        UNION ALL
        SELECT p.alliance_id, NULL, k.held_on, 0
        FROM insight_sponsortalk k JOIN network_post p ON p.id = k.post_id
        WHERE k.held_on <= %(day)s AND ONLY(p.alliance_id)
        UNION ALL
        SELECT o.alliance_id, NULL, NULL, {_VACANT} FROM insight_alliancetopic o
        WHERE o.status = 'ACTIVE' AND o.opened_on <= %(day)s AND ONLY(o.alliance_id) AND NOT EXISTS (
            SELECT 1 FROM network_term t JOIN network_post p ON p.id = t.post_id
            WHERE t.post_id = o.responsible_id AND HOLDS(t) AND HOLDS(p)
        )
    ) x
    GROUP BY x.alliance_id
)"""  # noqa: S608 -- constants of our own
_SUMS = """
gaps AS (
    SELECT p.alliance_id, count(*) AS n,
        array_agg(p.key ORDER BY r.label) AS keys, array_agg(r.label ORDER BY r.label) AS labels
    FROM present p JOIN rule r ON r.id = p.rule_id
    WHERE p.present < p.at_least GROUP BY p.alliance_id
),
balance AS (
    SELECT alliance_id, sum(n)::int AS members,
        coalesce(sum(n) FILTER (WHERE sector = 'BUSINESS'), 0)::int AS business
    FROM members GROUP BY alliance_id
),
limits AS (
    SELECT t.ags AS state, s.quiet_months, s.business_percent
    FROM insight_statesettings s JOIN territories_territory t ON t.id = s.state_id
)"""
_OVERVIEW = f"""
overview AS (
    SELECT a.id AS pk, a.slug, a.name, a.sort_key, a.search_key, a.kind, a.districts, a.whole,
        a.status, coalesce(g.n, 0)::int AS gaps, coalesce(g.keys, '{{}}') AS keys,
        coalesce(g.labels, '{{}}') AS labels,
        CASE WHEN a.whole THEN coalesce(b.members, 0) END AS members,
        CASE WHEN a.whole AND b.members > 0 THEN b.business::float / b.members END AS business_share,
        CASE WHEN a.whole THEN c.sign END AS sign_of_life,
        CASE WHEN a.whole THEN array_remove(ARRAY[
            CASE WHEN a.status IN ('ACTIVE', 'FOUNDING')
                AND coalesce(c.sign, '-infinity') < quiet.day
                AND coalesce(a.founded_on, '-infinity') < quiet.day THEN 'ASLEEP' END,
            CASE WHEN a.confirmed_on < (%(day)s::date - interval '12 months')::date
                THEN 'UNCONFIRMED' END,
            CASE WHEN coalesce(c.has, 0) & {_CONTACT} = 0 THEN 'NO_CONTACT' END,
            CASE WHEN coalesce(c.has, 0) & {_SPONSOR} = 0 THEN 'NO_SPONSOR' END,
            CASE WHEN c.has & {_SPONSOR} > 0 AND coalesce(c.talk, '-infinity')
                < (%(day)s::date - make_interval(months => %(talk_months)s))::date
                THEN 'NO_TALK' END,
            CASE WHEN c.has & {_VACANT} > 0 THEN 'TOPIC_VACANT' END,
            CASE WHEN coalesce(b.business, 0) * 100
                < coalesce(l.business_percent, %(business_percent)s)
                    * greatest(coalesce(b.members, 0), 1) THEN 'FEW_BUSINESS' END
        ], NULL) ELSE '{{}}' END AS warnings
    FROM shown a
    LEFT JOIN limits l ON l.state = a.state
    CROSS JOIN LATERAL (
        SELECT (%(day)s::date - make_interval(
            months => coalesce(l.quiet_months, %(quiet_months)s)))::date AS day
    ) quiet
    LEFT JOIN gaps g ON g.alliance_id = a.id
    LEFT JOIN balance b ON b.alliance_id = a.id
    LEFT JOIN care c ON c.alliance_id = a.id
)"""  # noqa: S608 -- constants of our own
PARTS = (*GAPS, _CARE, _SUMS, _OVERVIEW)
_OF_SOME = of_some(PARTS)
# What differs from reader to reader.
_WHOSE = ("alliances", "districts", "organisations")


def overview(view: View, day: date, *, only: list[int] | None = None) -> SqlRows:
    """Alliances that exist on the day and that the reader may see, for the list.

    ``since`` is the first day since which something is missing without a break.
    """
    params = parameters(view, day, only=only)
    if params["only"] is None:
        return SqlRows(PARTS, "overview", params, details=OLDEST, again=True, sent=_WHOSE)
    sent = ("only", *_WHOSE)
    return SqlRows(_OF_SOME, "overview", params, details=OLDEST, again=True, sent=sent)


_REPORTS = """
SELECT o.*, r.key, r.label, r.kinds, p.at_least, p.present, r.tier, s.since, s.since_kind
FROM overview o
LEFT JOIN present p ON p.alliance_id = o.pk
LEFT JOIN rule r ON r.id = p.rule_id
LEFT JOIN since s ON s.alliance_id = o.pk AND s.rule_id = p.rule_id
ORDER BY o.sort_key, o.pk
"""


def reports(view: View, day: date, *, only: list[int] | None = None) -> list[Report]:
    """What the overview says with what is behind its numbers, in dictionary order. One query."""
    sql = statement((*PARTS, *SINCE_PARTS), _REPORTS)
    return reports_from(fetch(sql, parameters(view, day, only=only)))


def report_of(alliance: int, view: View, day: date) -> Report | None:
    """The same of one alliance; None if it does not exist on the day or the reader may not see it."""
    sql = statement((*PARTS, *SINCE_PARTS), _REPORTS, of_one=True)
    params = {**parameters(view, day), "one": alliance}
    return next(iter(reports_from(fetch_again(sql, params, ("one", *_WHOSE)))), None)


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
