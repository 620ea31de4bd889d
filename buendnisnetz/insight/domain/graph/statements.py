"""The statements behind the network: who took part in what, and who is tied by it.

A node is one number: four times the row's key, plus 0 for an organisation, 1 for an alliance, 2 for
a working group. All parts need ``first``, ``last`` and ``held`` (the parameters of a period).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from buendnisnetz.insight.domain.graph.wishes import Period, Projection, Wish
from buendnisnetz.network.domain import ties

ORGANISATION, ALLIANCE, GROUP = 0, 1, 2


def node_of(kind: int, key: int) -> int:
    return 4 * key + kind


def kind_of(node: int) -> int:
    return node % 4


def chosen_sources(wish: Wish) -> list[tuple[int, ties.Source]]:
    """The sources of the wanted kinds, each with the number of its kind."""
    numbers = {kind: number for number, kind in enumerate(ties.kinds())}
    return [
        (numbers[source.kind], source)
        for source in ties.sources()
        if not wish.kinds or source.kind in wish.kinds
    ]


def occasions_of(rests_on: Iterable[str]) -> dict[int, list[int]]:
    """The occasions that ties rest on, as ``TIES`` tells them, by the places of their sources."""
    found: dict[int, list[int]] = {}
    for number in sorted({int(word) for words in rests_on for word in words.split()}):
        found.setdefault(number % 16, []).append(number // 16)
    return found


def period_parameters(period: Period) -> dict[str, Any]:
    """What happened counts from the first day; what lasts has to hold after ``held``."""
    return {"first": period.first, "last": period.last, "held": period.on or period.first}


def appearances(
    wish: Wish, user: Any, only: Mapping[int, list[int]] | None = None
) -> tuple[str, dict[str, Any]]:
    """The part ``appearance``: bodies on occasions within the period, each once.

    ``only`` narrows it to some occasions of each source, given by its place.
    """
    selects, params = [], period_parameters(wish.period)
    for place, (kind, source) in enumerate(chosen_sources(wish)):
        if only is not None and place not in only:
            continue
        found = source.find(user)
        params |= found.params
        since = "held" if source.lasting else "first"
        select = _SOURCE.format(
            place=place, kind=kind, host=source.with_host, sql=found.sql, since=since
        )
        if only is not None:
            select += _ONLY.format(place=place)
            params[f"only_{place}"] = only[place]
        selects.append(select)
    return _SETTLED[wish.projection].replace("SOURCES", "\nUNION ALL\n".join(selects)), params


_SOURCE = """
SELECT {place} AS source, {kind} AS kind, {host} AS with_host, f.* FROM ({sql}) f
WHERE coalesce(f.first_day, '-infinity') <= %(last)s
    AND coalesce(f.last_day, 'infinity') >= %({since})s
"""
_ONLY = "    AND f.occasion = ANY(%(only_{place})s::bigint[])\n"
# Between organisations and alliances a working group stands for its alliance.
_NODE = {
    Projection.TOGETHER: """CASE {body} WHEN 'O' THEN 4 * {key} WHEN 'A' THEN 4 * {key} + 1
        ELSE (SELECT 4 * g.alliance_id + 1 FROM network_workinggroup g WHERE g.id = {key}) END""",
    Projection.BODIES: "4 * {key} + CASE {body} WHEN 'O' THEN 0 WHEN 'A' THEN 1 ELSE 2 END",
}
# ``number`` names an occasion among those of all sources, of which there are fewer than 16; one
# number is joined by, because of two the planner takes the wrong one for telling.
_APPEARANCE = """
appearance AS MATERIALIZED (
    SELECT DISTINCT 16 * f.occasion + f.source AS number, f.source, f.kind, f.with_host, f.occasion, f.title, f.address,
        {host} AS host, {node} AS node, f.first_day, f.last_day
    FROM (SOURCES) f
)"""
_SETTLED = {
    projection: _APPEARANCE.format(
        host=node.format(body="f.host", key="f.host_id"),
        node=node.format(body="f.body", key="f.body_id"),
    )
    for projection, node in _NODE.items()
}
# After appearance. Two bodies are tied by an occasion for the days on which both took part.
PAIRS = {
    Projection.TOGETHER: """
pair AS (
    SELECT x.number, x.source, x.kind, x.occasion, x.title, x.address, x.node AS a, y.node AS b,
        greatest(x.first_day, y.first_day) AS first_day, least(x.last_day, y.last_day) AS last_day
    FROM appearance x
    JOIN appearance y ON y.number = x.number AND x.node < y.node
        AND coalesce(x.first_day, '-infinity') <= coalesce(y.last_day, 'infinity')
        AND coalesce(y.first_day, '-infinity') <= coalesce(x.last_day, 'infinity')
    WHERE NOT x.with_host
    UNION ALL
    SELECT x.number, x.source, x.kind, x.occasion, x.title, x.address, least(x.node, x.host), greatest(x.node, x.host),
        x.first_day, x.last_day
    FROM appearance x WHERE x.with_host AND x.node <> x.host
)""",
    Projection.BODIES: """
pair AS (
    SELECT x.number, x.source, x.kind, x.occasion, x.title, x.address, least(x.node, x.host) AS a,
        greatest(x.node, x.host) AS b, x.first_day, x.last_day
    FROM appearance x WHERE x.node <> x.host AND mod(x.node, 4) = 0
)""",
}
# Overlaps of a pair can lie outside the asked days although each of the two reaches into them. The
# occasions are told as one text: a row each, or a list, costs more than everything else.
TIES = """
SELECT t.a, t.b, cardinality(t.occasions) AS weight, t.kinds, t.first_day, t.last_day,
    array_to_string(t.occasions, ' ') AS rests_on
FROM (
    SELECT p.a, p.b, array_agg(DISTINCT p.number) AS occasions,
        bit_or(1 << p.kind) AS kinds, min(p.first_day) AS first_day,
        CASE WHEN bool_or(p.last_day IS NULL) THEN NULL ELSE max(p.last_day) END AS last_day
    FROM pair p
    WHERE coalesce(p.first_day, '-infinity') <= %(last)s AND coalesce(p.last_day, 'infinity') >= %(first)s
    GROUP BY p.a, p.b
) t
ORDER BY t.a, t.b
"""
EVIDENCE = """
SELECT e.* FROM (
    SELECT p.a, p.b, p.source, p.title, p.address, p.first_day, p.last_day,
        row_number() OVER newest AS place, count(*) OVER (PARTITION BY p.a, p.b)::int AS number
    FROM pair p
    JOIN unnest(%(one)s::bigint[], %(other)s::bigint[]) AS w (a, b) ON w.a = p.a AND w.b = p.b
    WHERE coalesce(p.first_day, '-infinity') <= %(last)s
        AND coalesce(p.last_day, 'infinity') >= %(first)s
    WINDOW newest AS (
        PARTITION BY p.a, p.b ORDER BY p.first_day DESC NULLS LAST, p.title, p.occasion
    )
) e
WHERE e.place <= %(most)s
ORDER BY e.a, e.b, e.place
"""
# Organisations and alliances that exist within the period, and with the bodies the working groups.
NODES = """
SELECT 4 * o.id AS node, o.name, o.public_id AS address, o.sort_key, o.sector AS side, o.kind, t.ags
FROM network_organisation o LEFT JOIN territories_territory t ON t.id = o.territory_id
WHERE coalesce(o.valid_from, '-infinity') <= %(last)s AND coalesce(o.valid_to, 'infinity') >= %(held)s
    AND (%(sector)s = '' OR o.sector = %(sector)s)
    AND (%(territory)s = '' OR starts_with(t.ags, %(territory)s))
UNION ALL
SELECT 4 * a.id + 1, a.name, a.slug, a.sort_key, '', '', l.ags
FROM network_alliance a
CROSS JOIN LATERAL (
    SELECT min(t.ags) AS ags, bool_or(starts_with(t.ags, %(territory)s)) AS inside
    FROM network_allianceterritory k JOIN territories_territory t ON t.id = k.territory_id
    WHERE k.alliance_id = a.id
        AND coalesce(k.valid_from, '-infinity') <= %(last)s AND coalesce(k.valid_to, 'infinity') >= %(held)s
) l
WHERE (%(territory)s = '' OR l.inside) AND EXISTS (
    SELECT FROM network_alliancestatusperiod s WHERE s.alliance_id = a.id AND s.status <> 'DISSOLVED'
        AND coalesce(s.valid_from, '-infinity') <= %(last)s AND coalesce(s.valid_to, 'infinity') >= %(held)s
)
UNION ALL
SELECT 4 * g.id + 2, g.name, g.public_id, g.sort_key, '', '', NULL
FROM network_workinggroup g
WHERE %(groups)s AND coalesce(g.valid_from, '-infinity') <= %(last)s
    AND coalesce(g.valid_to, 'infinity') >= %(held)s AND (%(territory)s = '' OR EXISTS (
        SELECT FROM network_allianceterritory k JOIN territories_territory t ON t.id = k.territory_id
        WHERE k.alliance_id = g.alliance_id AND starts_with(t.ags, %(territory)s)
    ))
ORDER BY node
"""
