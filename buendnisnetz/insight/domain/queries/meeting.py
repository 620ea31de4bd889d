"""Who was at the table of a meeting: kinds, sides, territories, chambers, umbrella bodies (S13, S82)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from buendnisnetz.core.search import search_key
from buendnisnetz.core.words import words_of
from buendnisnetz.insight.domain.queries.parts import DISTRICT_OF, MOVED, PLACE
from buendnisnetz.insight.domain.queries.running import fetch_again, statement
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.enums import OrganisationKind, Sector

# These speak for more than the place where they sit.
STATE_WIDE: frozenset[OrganisationKind] = frozenset(
    {
        OrganisationKind.CHAMBER,
        OrganisationKind.EMPLOYMENT_AGENCY,
        OrganisationKind.STATE_AUTHORITY,
        OrganisationKind.UMBRELLA_BODY,
        OrganisationKind.COORDINATION_OFFICE,
    }
)


class Share(NamedTuple):
    """Who of a list was there, and who was not."""

    there: list[str]
    missing: list[str]

    @property
    def total(self) -> int:
        return len(self.there) + len(self.missing)


@dataclass(frozen=True)
class MeetingCoverage:
    """What a meeting's attendance says; shares are None where the state or the list is not known."""

    people: int
    by_kind: list[tuple[OrganisationKind, int, int]]
    by_sector: list[tuple[Sector, int]]
    companies: list[str]
    double_roles: list[tuple[str, ...]]
    districts: Share | None
    chambers: Share | None
    umbrella_bodies: Share | None
    stayed_away: list[str]


_ROOTS = """
seats AS (
    SELECT a.id AS attendance, a.status IN ('PRESENT', 'GUEST') AS present, x.body, x.place
    FROM meetings_attendance a
    CROSS JOIN LATERAL (VALUES (a.organisation_id, 1), (a.also_for_id, 2)) AS x (body, place)
    WHERE a.meeting_id = %(meeting)s AND x.body IS NOT NULL
),
root (id) AS (
    SELECT o.territory_id FROM seats s JOIN network_organisation o ON o.id = s.body
    WHERE o.territory_id IS NOT NULL
    UNION
    SELECT l.territory_id FROM meetings_attendance a
    JOIN network_allianceterritory l ON l.alliance_id = a.alliance_id
    WHERE a.meeting_id = %(meeting)s
)"""
# One row per person and body; an alliance is a body without a kind.
_SEATS = """
SELECT s.attendance, s.present, o.name, o.kind, o.sector, o.chamber_id, o.search_key,
    ARRAY(SELECT d.district_id FROM district_of d WHERE d.root = o.territory_id) AS districts
FROM seats s JOIN network_organisation o ON o.id = s.body
UNION ALL
SELECT a.id, a.status IN ('PRESENT', 'GUEST'), n.name, NULL, NULL, NULL, NULL,
    ARRAY(SELECT d.district_id FROM network_allianceterritory l
        JOIN district_of d ON d.root = l.territory_id
        WHERE l.alliance_id = n.id AND HOLDS(l))
FROM meetings_attendance a JOIN network_alliance n ON n.id = a.alliance_id
WHERE a.meeting_id = %(meeting)s
UNION ALL
SELECT a.id, a.status IN ('PRESENT', 'GUEST'), NULL, NULL, NULL, NULL, NULL, '{}'
FROM meetings_attendance a
WHERE a.meeting_id = %(meeting)s AND a.alliance_id IS NULL AND a.organisation_id IS NULL
"""
# The lists of the state on the day: its districts, the chambers of these, its umbrella bodies.
_LISTS = """
SELECT 'district' AS list, t.id, t.short_name AS name, '' AS other, t.sort_key AS place
FROM territories_territory t
WHERE t.level = 'DISTRICT' AND HOLDS(t) AND left(t.ags, 2) = (SELECT key FROM state)
UNION ALL
SELECT DISTINCT 'chamber', c.id, c.name, '', c.name
FROM territories_chamberdistrict x
JOIN territories_chamber c ON c.id = x.chamber_id
CROSS JOIN LATERAL (SELECT t.ags FROM territories_territory t WHERE t.id = x.territory_id OFFSET 0) t
WHERE HOLDS(x) AND left(t.ags, 2) = (SELECT key FROM state)
UNION ALL
SELECT 'umbrella', u.id, u.name, u.short_name, u.name
FROM territories_umbrellabody u JOIN territories_territory t ON t.id = u.state_id
WHERE HOLDS(u) AND t.ags = (SELECT key FROM state)
ORDER BY 1, 5
"""
# Where the meeting was, or else where the most frequent of its districts lies.
_STATE = """
state (key) AS (
    SELECT left(t.ags, 2)
    FROM (
        SELECT m.territory_id AS id, NULL AS times FROM meetings_meeting m WHERE m.id = %(meeting)s
        UNION ALL
        SELECT x.id, count(*) FROM seat s CROSS JOIN unnest(s.districts) AS x (id)
        WHERE s.present GROUP BY x.id
    ) p
    JOIN territories_territory t ON t.id = p.id
    ORDER BY p.times DESC NULLS FIRST, t.id LIMIT 1
)"""
# The day is read from the meeting, not sent: for a day of which nothing is known PostgreSQL expects so
# much to have moved that it would plan anew for each.
_ASKED = "asked (day) AS (SELECT held_on FROM meetings_meeting WHERE id = %(meeting)s)"
_SEAT = f"seat AS MATERIALIZED ({_SEATS})"
_BOTH = f"""
SELECT (SELECT json_agg(s) FROM seat s) AS seats,
    (SELECT json_agg(l) FROM ({_LISTS}) l WHERE EXISTS (SELECT FROM seat)) AS lists
"""  # noqa: S608 -- our own
_OF_MEETING = statement([_ASKED, _ROOTS, MOVED, PLACE, DISTRICT_OF, _SEAT, _STATE], _BOTH).replace(
    "%(day)s", "(SELECT day FROM asked)"
)


def coverage_of(meeting: Meeting) -> MeetingCoverage | None:
    """The coverage of a meeting as of its day; None without anybody on the list. One query."""
    found = fetch_again(_OF_MEETING, {"meeting": meeting.pk}, {"meeting"})[0]
    seats = found["seats"]
    if not seats:
        return None
    present = [seat for seat in seats if seat["present"]]
    lists = _lists(found["lists"] or [])
    return MeetingCoverage(
        people=len({seat["attendance"] for seat in present}),
        by_kind=_by_kind(present),
        by_sector=Counter(
            Sector(seat["sector"]) for seat in present if seat["sector"]
        ).most_common(),
        companies=_companies(present),
        double_roles=_double_roles(present),
        districts=_share(lists["district"], _district_ids(present)),
        chambers=_share(lists["chamber"], {seat["chamber_id"] for seat in present}),
        umbrella_bodies=_share(lists["umbrella"], _umbrella_ids(present, lists["umbrella"])),
        stayed_away=_stayed_away(seats, present),
    )


def _lists(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"district": [], "chamber": [], "umbrella": []}
    for row in rows:
        found[row["list"]].append(row)
    return found


def _share(rows: list[dict[str, Any]], there: Iterable[int | None]) -> Share | None:
    if not rows:
        return None
    found = set(there)
    return Share(
        [row["name"] for row in rows if row["id"] in found],
        [row["name"] for row in rows if row["id"] not in found],
    )


def _by_kind(present: list[dict[str, Any]]) -> list[tuple[OrganisationKind, int, int]]:
    """Each kind with how many bodies and how many people, the most frequent first."""
    people: dict[str, set[int]] = {}
    bodies: dict[str, set[str]] = {}
    for seat in present:
        if seat["kind"]:
            people.setdefault(seat["kind"], set()).add(seat["attendance"])
            bodies.setdefault(seat["kind"], set()).add(seat["name"])
    rows = [(OrganisationKind(kind), len(bodies[kind]), len(people[kind])) for kind in people]
    words = words_of(OrganisationKind)
    return sorted(rows, key=lambda row: (-row[2], words[row[0]]))


def _seats_by_person(present: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for seat in present:
        found.setdefault(seat["attendance"], []).append(seat)
    return found


def _companies(present: list[dict[str, Any]]) -> list[str]:
    """Companies whose people stand for nothing else."""
    alone = [seats[0] for seats in _seats_by_person(present).values() if len(seats) == 1]
    return sorted({seat["name"] for seat in alone if seat["kind"] == OrganisationKind.COMPANY})


def _double_roles(present: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """The bodies of each person who stands for two."""
    both = [seats for seats in _seats_by_person(present).values() if len(seats) > 1]
    return sorted(tuple(seat["name"] for seat in seats) for seats in both)


def _district_ids(present: list[dict[str, Any]]) -> set[int]:
    return {
        district
        for seat in present
        if seat["kind"] not in STATE_WIDE
        for district in seat["districts"]
    }


def _umbrella_ids(present: list[dict[str, Any]], known: list[dict[str, Any]]) -> set[int]:
    """Organisations carry no link to the reference list: they are told by name or short name."""
    names = [
        seat["search_key"] for seat in present if seat["kind"] == OrganisationKind.UMBRELLA_BODY
    ]
    return {
        row["id"]
        for row in known
        if any(
            search_key(row["name"]) in name
            or (row["other"] and search_key(row["other"]) in name.split())
            for name in names
        )
    }


def _stayed_away(seats: list[dict[str, Any]], present: list[dict[str, Any]]) -> list[str]:
    """Bodies that were expected and for which nobody came."""
    there = {seat["name"] for seat in present}
    return sorted({seat["name"] for seat in seats if seat["name"] and seat["name"] not in there})
