"""Every municipality of a day: how it is reached, and by what not (S67, S68, S75, S76)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.queries.parts import STEPS
from buendnisnetz.insight.domain.queries.running import SqlRows
from buendnisnetz.insight.domain.standards import MEETING_MONTHS
from buendnisnetz.insight.enums import Reached
from buendnisnetz.territories.enums import URBAN, Urbanisation

# Where a territory that something stands at lies on the day: what ended is what followed it, an
# independent city is its one municipality, and what began later is what it was before, if it only
# changed key or name. Territories that are nothing else than themselves are not listed.
_WENT = f"""
starts AS (
    SELECT t.id AS root, t.id, t.valid_from, t.valid_to FROM territories_territory t
    WHERE (t.valid_to < %(day)s OR t.valid_from > %(day)s)
        AND NOT (t.level = 'DISTRICT' AND t.kind = 'INDEPENDENT_CITY')
    UNION ALL
    SELECT c.id, m.id, m.valid_from, m.valid_to FROM territories_territory c
    JOIN territories_territory m
        ON m.parent_id = c.id AND m.level = 'MUNICIPALITY' AND m.kind = 'INDEPENDENT_CITY'
    WHERE c.level = 'DISTRICT' AND c.kind = 'INDEPENDENT_CITY'
),
moved (root, id, valid_from, valid_to) AS (
    SELECT root, id, valid_from, valid_to FROM starts
    {STEPS},
went (root, id) AS (
    SELECT m.root, m.id FROM moved m WHERE HOLDS(m)
)"""  # noqa: S608 -- a constant of our own
# What may stand at a territory, a bit each; nothing but a mark leaves a place a white spot.
_OWN, _CONTACT, _CARETAKER, _MEMBER, _MEETING, _MARK = 1, 2, 4, 8, 16, 32
# Posts that make a place's contact or caretaker, if somebody holds them.
_POSTS = """
posts AS MATERIALIZED (
    SELECT p.id, p.territory_id, p.is_contact, p.kind FROM network_post p
    WHERE p.territory_id IS NOT NULL AND (p.kind = 'CARETAKER' OR p.is_contact) AND HOLDS(p)
        AND INSIDE(p.territory_id)
    UNION ALL
    SELECT p.id, o.territory_id, p.is_contact, p.kind
    FROM network_organisation o JOIN network_post p ON p.organisation_id = o.id
    WHERE o.kind = 'MUNICIPALITY' AND o.territory_id IS NOT NULL AND INSIDE(o.territory_id)
        AND (p.kind = 'CARETAKER' OR p.is_contact) AND HOLDS(p)
    UNION ALL
    SELECT p.id, o.territory_id, false, p.kind
    FROM network_post p JOIN network_organisation o ON o.id = p.organisation_id
    WHERE p.kind = 'CARETAKER' AND o.kind <> 'MUNICIPALITY' AND HOLDS(p)
        AND o.territory_id IS NOT NULL AND INSIDE(o.territory_id)
)"""
# After went, posts: everything that stands anywhere, put together once by where that lies on the day.
# Keys in one array are looked up in the order of the index, each page of it once.
_FACTS = f"""
signs (territory_id, what, said_on) AS (
    SELECT l.territory_id, {_OWN}, NULL::date
    FROM network_allianceterritory l
    JOIN network_alliancestatusperiod p
        ON p.alliance_id = l.alliance_id AND p.status IN ('ACTIVE', 'FOUNDING') AND HOLDS(p)
    WHERE HOLDS(l) AND INSIDE(l.territory_id)
    UNION ALL
    SELECT p.territory_id, CASE WHEN p.kind <> 'CARETAKER' THEN {_CONTACT}
        WHEN p.is_contact THEN {_CONTACT | _CARETAKER} ELSE {_CARETAKER} END, NULL
    FROM posts p
    WHERE p.id IN (
        SELECT t.post_id FROM network_term t
        WHERE t.post_id = ANY(ARRAY(SELECT id FROM posts)) AND HOLDS(t)
    )
    UNION ALL
    SELECT m.territory_id, {_MEETING}, NULL
    FROM meetings_meeting m
    WHERE m.status = 'HELD' AND m.territory_id IS NOT NULL AND m.held_on <= %(day)s
        AND m.held_on > (%(day)s::date - make_interval(months => %(months)s))::date
        AND INSIDE(m.territory_id)
    UNION ALL
    SELECT o.territory_id, {_MEMBER}, NULL
    FROM network_organisation o
    WHERE o.territory_id IS NOT NULL AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
        AND MEMBERS(o)
    UNION ALL
    SELECT k.territory_id, {_MARK}, k.valid_from
    FROM insight_nocontactmark k WHERE HOLDS(k) AND INSIDE(k.territory_id)
),
facts AS MATERIALIZED (
    SELECT coalesce(w.id, x.territory_id) AS id, bit_or(x.what) AS what,
        count(*) FILTER (WHERE x.what = {_MEETING})::int AS meetings, min(x.said_on) AS said_on
    FROM signs x LEFT JOIN went w ON w.root = x.territory_id
    GROUP BY 1
)"""  # noqa: S608 -- constants of our own
# After went: a territory that is asked about, what is above it, and what became of others.
_INSIDE = """
held (id) AS (
    SELECT t.id FROM territories_territory t
    WHERE t.ags LIKE %(within)s OR t.ags = ANY(%(above)s)
),
inside (id) AS (
    SELECT id FROM held
    UNION ALL
    SELECT w.root FROM went w WHERE w.id IN (SELECT id FROM held)
)"""
# After facts: the municipalities, with what a list sorts by and counts.
_COVERAGE = f"""
linked (id) AS MATERIALIZED (
    SELECT f.id FROM facts f WHERE f.what & {_OWN} > 0
),
areas AS MATERIALIZED (
    SELECT d.id, d.sort_key,
        d.id IN (SELECT l.id FROM linked l) OR d.parent_id IN (SELECT l.id FROM linked l) AS linked
    FROM territories_territory d WHERE d.level = 'DISTRICT' AND AREA(d.ags)
),
places AS NOT MATERIALIZED (
    SELECT t.id AS pk, t.ags, t.sort_key, t.search_key, t.urbanisation, t.parent_id
    FROM territories_territory t
    WHERE t.level = 'MUNICIPALITY' AND t.kind <> 'UNINCORPORATED' AND HOLDS(t)
        AND t.ags LIKE %(within)s
),
coverage AS NOT MATERIALIZED (
    SELECT t.pk, t.ags, t.sort_key, t.search_key, t.urbanisation, d.id AS district_id,
        d.sort_key AS district_key,
        CASE WHEN f.what & {_OWN} > 0 THEN 'OWN' WHEN d.linked THEN 'DISTRICT' ELSE '' END AS alliance,
        coalesce(f.what & {_CONTACT} > 0, false) AS contact,
        coalesce(f.what & {_CARETAKER} > 0, false) AS caretaker,
        coalesce(f.meetings, 0) AS meetings, coalesce(f.what & {_MEMBER} > 0, false) AS member,
        f.said_on, NOT d.linked AND coalesce(f.what, {_MARK}) = {_MARK} AS white
    FROM places t
    JOIN areas d ON d.id = t.parent_id
    LEFT JOIN facts f ON f.id = t.pk
)"""  # noqa: S608 -- constants of our own
# What only the rows of a page need.
_DETAILS = """
SELECT m.*, t.public_id, t.short_name AS name, t.kind, t.latitude, t.longitude,
    d.short_name AS district, d.ags AS district_ags, k.said_by
FROM page m
JOIN territories_territory t ON t.id = m.pk
JOIN territories_territory d ON d.id = m.district_id
LEFT JOIN (
    SELECT coalesce(w.id, k.territory_id) AS id, min(k.said_by) AS said_by
    FROM insight_nocontactmark k LEFT JOIN went w ON w.root = k.territory_id
    WHERE HOLDS(k) GROUP BY 1
) k ON k.id = m.pk
"""
_CITIES = tuple(sorted(URBAN))
# Per district; meetings outside the seat are those of its other municipalities (S75).
_DISTRICTS = """
seats (district_id, id) AS (
    SELECT d.id, coalesce(w.id, d.seat_id)
    FROM territories_territory d LEFT JOIN went w ON w.root = d.seat_id
    WHERE d.level = 'DISTRICT' AND d.seat_id IS NOT NULL AND d.kind <> 'INDEPENDENT_CITY'
),
counts AS (
    SELECT c.district_id,
        count(*)::int AS n,
        count(*) FILTER (WHERE c.alliance <> '')::int AS alliance,
        count(*) FILTER (WHERE c.contact)::int AS contact,
        count(*) FILTER (WHERE c.caretaker)::int AS caretaker,
        count(*) FILTER (WHERE c.meetings > 0)::int AS meeting,
        count(*) FILTER (WHERE c.member)::int AS member,
        count(*) FILTER (WHERE c.white)::int AS white,
        count(*) FILTER (WHERE NOT c.contact AND c.said_on IS NULL)::int AS unknown_contact,
        count(*) FILTER (WHERE c.urbanisation = ANY(%(urban)s))::int AS urban,
        count(*) FILTER (WHERE c.urbanisation = ANY(%(urban)s) AND NOT c.white)::int AS urban_reached,
        count(*) FILTER (WHERE c.urbanisation = %(rural)s)::int AS rural,
        count(*) FILTER (WHERE c.urbanisation = %(rural)s AND NOT c.white)::int AS rural_reached,
        coalesce(sum(c.meetings), 0)::int AS meetings,
        coalesce(sum(c.meetings) FILTER (WHERE s.id IS NULL), 0)::int AS outside
    FROM coverage c
    LEFT JOIN seats s ON s.id = c.pk AND s.district_id = c.district_id
    GROUP BY c.district_id
),
districts AS (
    SELECT c.district_id AS pk, d.public_id, d.ags, d.short_name AS name, d.sort_key, d.kind, c.*,
        CASE WHEN d.seat_id IS NOT NULL AND d.kind <> 'INDEPENDENT_CITY' THEN c.outside END
            AS meetings_outside
    FROM counts c JOIN territories_territory d ON d.id = c.district_id
)"""


def _spelt(parts: tuple[str, ...], inside: str, area: str, members: str) -> tuple[str, ...]:
    """The parts with what a question about everywhere, or only about one territory, asks besides."""
    wanted = {"INSIDE": inside, "AREA": area, "MEMBERS": members}
    return tuple(
        _WANTED.sub(lambda found: wanted[found[1]].format(found[2]), part) for part in parts
    )


_WANTED = re.compile(r"(INSIDE|AREA|MEMBERS)\(([\w.]+)\)")
_MEMBERS = """
    SELECT m.organisation_id FROM network_membership m
    JOIN network_alliancestatusperiod p
        ON p.alliance_id = m.alliance_id AND p.status IN ('ACTIVE', 'FOUNDING') AND HOLDS(p)
    WHERE HOLDS(m)"""
_EVERYWHERE = _spelt(
    (_WENT, _POSTS, _FACTS, _COVERAGE), "true", "true", f"{{0}}.id = ANY(ARRAY({_MEMBERS}))"
)
_WITHIN = _spelt(
    (_WENT, _INSIDE, _POSTS, _FACTS, _COVERAGE),
    "{0} = ANY(ARRAY(SELECT id FROM inside))",
    "{0} LIKE %(area)s",
    "{0}.territory_id = ANY(ARRAY(SELECT id FROM inside))"  # noqa: S608 -- constants of our own
    f" AND EXISTS ({_MEMBERS} AND m.organisation_id = {{0}}.id)",
)

# How each question is asked of a row.
CONDITIONS: dict[Reached, str] = {
    Reached.ALLIANCE: "alliance <> ''",
    Reached.CONTACT: "contact",
    Reached.CARETAKER: "caretaker",
    Reached.MEETING: "meetings > 0",
    Reached.MEMBER: "member",
}
TOTALS = ", ".join(
    [
        "count(*)::int AS n",
        *(
            f"count(*) FILTER (WHERE {condition})::int AS {name.value.lower()}"
            for name, condition in CONDITIONS.items()
        ),
        "count(*) FILTER (WHERE white)::int AS white",
    ]
)


@dataclass(frozen=True)
class Totals:
    """How many municipalities of a selection there are, and how many each question reaches."""

    n: int
    alliance: int
    contact: int
    caretaker: int
    meeting: int
    member: int
    white: int


def coverage(day: date, *, within: str = "") -> SqlRows:
    """The municipalities of a day in a territory (its key; empty: everywhere)."""
    params = _parameters(day, within)
    if within:
        return SqlRows(_WITHIN, "coverage", params, details=_DETAILS)
    first = ("places", frozenset({"pk", "sort_key", "urbanisation"}))
    return SqlRows(_EVERYWHERE, "coverage", params, details=_DETAILS, first=first, again=True)


def districts(day: date, *, within: str = "") -> SqlRows:
    """The same counted per district."""
    parts, params = _WITHIN if within else _EVERYWHERE, _parameters(day, within)
    return SqlRows((*parts, _DISTRICTS), "districts", params, again=not within)


def totals(rows: SqlRows) -> Totals:
    return Totals(**rows.one(TOTALS))


def narrowed(rows: SqlRows, values: dict[str, Any]) -> SqlRows:
    """Apply the filter of the list."""
    if values.get("missing") in Reached.values:
        rows = rows.where(f"NOT ({CONDITIONS[Reached(values['missing'])]})")
    elif values.get("missing") == "white":
        rows = rows.where("white")
    elif values.get("missing") == "mark":
        rows = rows.where("NOT contact AND said_on IS NULL")
    if values.get("settled") == "urban":
        rows = rows.where("urbanisation = ANY(%(urban)s)")
    elif values.get("settled") == "rural":
        rows = rows.where("urbanisation = %(rural)s")
    return rows


def searched(rows: SqlRows, typed: str) -> SqlRows:
    """Municipalities whose name or key holds what was typed."""
    pattern = search_key(typed).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return rows.where("search_key LIKE %(typed)s OR ags LIKE %(typed)s", typed=f"%{pattern}%")


def _parameters(day: date, within: str) -> dict[str, Any]:
    return {
        "day": day,
        "within": f"{within}%",
        # Keys nest: the first two digits are the state's, the first five the district's.
        "area": f"{within[:5]}%",
        "above": [within[:2], within[:5]],
        "months": MEETING_MONTHS,
        "urban": list(_CITIES),
        "rural": Urbanisation.SPARSE.value,
    }
