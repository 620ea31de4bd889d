"""Who could close a gap: organisations near by that are no members yet, why, and who knows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot, one_of
from buendnisnetz.core.together import together
from buendnisnetz.insight.domain.queries.gaps import Need
from buendnisnetz.insight.domain.queries.parts import LIES, LINKS, LOST, MOVED
from buendnisnetz.insight.domain.queries.running import fetch_again, statement
from buendnisnetz.insight.enums import Reason
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.domain.queries.alliances import members_on_day
from buendnisnetz.network.domain.queries.holders import PostOnDay, posts_by_id
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, Post

MOST = 8


@dataclass(frozen=True)
class Acquaintance:
    """An alliance that a candidate belongs to, with the post that coordinates it and who holds it."""

    slug: str
    name: str
    post_id: str
    post: str
    holders: str


@dataclass(frozen=True)
class SharedMeeting:
    """The last meeting where the candidate and the alliance sat at one table, and how many there were."""

    public_id: str
    title: str
    held_on: date
    count: int


@dataclass
class Candidate:
    """An organisation that could close a gap."""

    pk: int
    public_id: str
    name: str
    kind: OrganisationKind
    place: str
    reasons: tuple[Reason, ...]
    nearby: str
    known_by: list[Acquaintance] = field(default_factory=list)
    met: SharedMeeting | None = None


# After links: the territories of alliances and of organisations of the wanted kinds that are something
# else on the day (a list of one has each of these few looked up); where the many others lie, they say
# themselves. The kinds are read by a SELECT of their own, so that a plan for any kinds looks as good as
# one for these.
_ROOTS = """
root (id) AS (
    SELECT k.id FROM links k WHERE NOT k.holds
    UNION
    SELECT t.id FROM territories_territory t
    WHERE (t.valid_to < %(day)s OR t.valid_from > %(day)s) AND EXISTS (
        SELECT 1 FROM network_organisation o
        WHERE o.territory_id = ANY(ARRAY[t.id]) AND o.kind = ANY((SELECT %(kinds)s::text[])::text[])
    )
)"""
_SELF = """
own (id) AS MATERIALIZED (
    SELECT DISTINCT l.district_id FROM lies l
    WHERE l.alliance_id = %(alliance)s::bigint AND HOLDS(l) AND l.district_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM network_alliancestatusperiod p
        WHERE p.alliance_id = l.alliance_id AND p.status <> 'DISSOLVED' AND HOLDS(p)
    )
),
around (id) AS (
    SELECT id FROM own
    UNION
    SELECT n.neighbour_id FROM own o JOIN territories_neighbour n ON n.territory_id = o.id
),
chambers AS MATERIALIZED (
    SELECT DISTINCT c.chamber_id FROM own o
    JOIN territories_chamberdistrict c ON c.territory_id = o.id AND HOLDS(c)
),
chamber_area (id) AS MATERIALIZED (
    SELECT DISTINCT c.territory_id FROM chambers h
    JOIN territories_chamberdistrict c ON c.chamber_id = h.chamber_id AND HOLDS(c)
),
nearby AS MATERIALIZED (
    SELECT m.organisation_id, min(a.name) AS alliance
    FROM network_alliance a
    JOIN network_alliancestatusperiod p
        ON p.alliance_id = a.id AND p.status <> 'DISSOLVED' AND HOLDS(p)
    JOIN network_membership m ON m.alliance_id = a.id AND HOLDS(m)
    WHERE a.id <> %(alliance)s::bigint AND a.id = ANY(ARRAY(
        SELECT l.alliance_id FROM lies l JOIN around r ON r.id = l.district_id WHERE HOLDS(l)
    ))
    GROUP BY m.organisation_id
)"""
# After these: what lies in the alliance's districts or in those of its chambers, and who is there.
_POOL = """
wide (id) AS MATERIALIZED (
    SELECT id FROM own UNION SELECT id FROM chamber_area
),
lying_in (root, district_id) AS (
    SELECT x.root, x.district_id FROM lost x WHERE x.district_id IN (SELECT id FROM wide)
    UNION
    SELECT t.id, t.parent_id FROM territories_territory t
    WHERE t.level NOT IN ('STATE', 'DISTRICT') AND HOLDS(t)
        AND t.parent_id = ANY(ARRAY(SELECT id FROM wide))
    UNION
    SELECT t.id, t.id FROM territories_territory t
    WHERE t.level = 'DISTRICT' AND HOLDS(t) AND t.id = ANY(ARRAY(SELECT id FROM wide))
),
site AS MATERIALIZED (
    SELECT l.root, bool_or(l.district_id IN (SELECT id FROM own)) AS local,
        bool_or(l.district_id IN (SELECT id FROM chamber_area)) AS same_chamber
    FROM lying_in l GROUP BY l.root
),
pool AS (
    SELECT o.id, o.public_id, o.name, o.sort_key, o.kind, o.territory_id, n.alliance AS nearby,
        o.chamber_id IN (SELECT chamber_id FROM chambers) AS responsible,
        coalesce(s.local, false) AS local, coalesce(s.same_chamber, false) AS same_chamber
    FROM network_organisation o
    LEFT JOIN site s ON s.root = o.territory_id
    LEFT JOIN nearby n ON n.organisation_id = o.id
    WHERE o.kind = ANY((SELECT %(kinds)s::text[])::text[]) AND HOLDS(o)
        AND (o.territory_id = ANY(ARRAY(SELECT root FROM site))
            OR o.id = ANY(ARRAY(SELECT organisation_id FROM nearby))
            OR o.chamber_id = ANY(ARRAY(SELECT chamber_id FROM chambers)))
        AND o.id NOT IN (SELECT m.organisation_id FROM network_membership m
            WHERE m.alliance_id = %(alliance)s::bigint AND HOLDS(m))
),
ranked AS (
    SELECT p.*, row_number() OVER (
        PARTITION BY p.kind
        ORDER BY coalesce(p.responsible, false) DESC, p.local DESC, (p.nearby IS NOT NULL) DESC,
            p.sort_key, p.id
    ) AS rank
    FROM pool p
    WHERE p.responsible OR p.local OR p.nearby IS NOT NULL
        OR (p.same_chamber AND p.kind <> 'CHAMBER')
)"""
_BEST = """
SELECT r.*, t.short_name AS place
FROM ranked r LEFT JOIN territories_territory t ON t.id = r.territory_id
WHERE r.rank <= %(most)s ORDER BY r.rank, r.sort_key
"""
_PARTS = (LINKS, _ROOTS, MOVED, LOST, LIES, _SELF, _POOL)


def candidates_for(
    alliance: Alliance, needs: Sequence[Need], user: Any, day: date
) -> dict[str, list[Candidate]]:
    """For each unmet requirement its candidates, the best first; three queries for any number."""
    gaps = [need for need in needs if need.is_gap]
    kinds = sorted({kind for need in gaps for kind in need.kinds})
    if not kinds:
        return {}
    params = {"day": day, "alliance": alliance.pk, "kinds": kinds, "most": MOST, "only": None}
    rows = fetch_again(statement(_PARTS, _BEST), params, sent=("alliance", "kinds"))
    found = [_candidate(row) for row in rows]
    if found:
        numbers = [one.pk for one in found]
        near = _NEAR.one_to(user, alliance=alliance.pk, found=numbers, day=day)
        _add_acquaintances(found, near["known"], user, day)
        _add_meetings(found, near["met"])
    return {need.key: [one for one in found if one.kind in need.kinds][:MOST] for need in gaps}


def _candidate(row: dict[str, Any]) -> Candidate:
    reasons = (
        (Reason.RESPONSIBLE_CHAMBER, row["responsible"]),
        (Reason.SAME_DISTRICT, row["local"]),
        (Reason.NEIGHBOUR_MEMBER, row["nearby"]),
        (Reason.CHAMBER_DISTRICT, row["same_chamber"] and not row["local"]),
    )
    return Candidate(
        pk=row["id"],
        public_id=row["public_id"],
        name=row["name"],
        kind=OrganisationKind(row["kind"]),
        place=row["place"] or "",
        reasons=tuple(reason for reason, holds in reasons if holds),
        nearby=row["nearby"] or "",
    )


def _add_acquaintances(
    found: list[Candidate], links: list[dict[str, Any]], user: Any, day: date
) -> None:
    """The alliances that each belongs to, with the coordinating post: whom to ask for a word."""
    posts = {
        post.public_id: post
        for post in posts_by_id({row["contact"] for row in links if row["contact"]}, day, user)
    }
    by_pk = {one.pk: one for one in found}
    for row in links:
        post = posts.get(row["contact"])
        known = _acquaintance(row["alliance__slug"], row["alliance__name"], post)
        by_pk[row["organisation"]].known_by.append(known)


def _known(user: Any) -> QuerySet[Any]:
    day = Slot("day", planned=True)
    visible = Alliance.objects.visible_to(user).order_by().values("pk")
    coordinating = Post.objects.as_of(day).filter(
        alliance=OuterRef("alliance"), kind=PostKind.COORDINATOR
    )
    first = coordinating.order_by("-is_contact", "pk").values("public_id")[:1]
    rows = members_on_day(day).filter(one_of("organisation", "found"), alliance__in=visible)
    named: QuerySet[Any] = rows.annotate(contact=Subquery(first)).order_by(
        "alliance__sort_key", "pk"
    )
    return named.values("organisation", "alliance__slug", "alliance__name", "contact")


def _acquaintance(slug: str, name: str, post: PostOnDay | None) -> Acquaintance:
    if post is None:
        return Acquaintance(slug, name, "", "", "")
    holders = ", ".join(holder.name for holder in post.holders)
    return Acquaintance(slug, name, post.public_id, post.title, holders)


def _add_meetings(found: list[Candidate], rows: list[dict[str, Any]]) -> None:
    """Meetings that somebody of the candidate attended together with somebody of the alliance."""
    by_pk = {one.pk: one for one in found}
    for row in rows:
        one = by_pk[row["attendances__organisation"]]
        count = one.met.count + 1 if one.met else 1
        one.met = SharedMeeting(row["public_id"], row["title"], row["held_on"], count)


def _met(user: Any) -> QuerySet[Any]:
    day, alliance = Slot("day", planned=True), Slot("alliance")
    visible = Meeting.objects.visible_to(user).filter(held_on__lte=day).order_by().values("pk")
    bodies = members_on_day(day).filter(alliance=alliance).values("organisation")
    shared = Meeting.objects.filter(pk__in=visible)
    ours = (
        shared.filter(alliance=alliance)
        .values("pk")
        .union(
            shared.filter(attendances__organisation__in=bodies).values("pk"),
            shared.filter(attendances__alliance=alliance).values("pk"),
        )
    )
    rows: QuerySet[Any] = Meeting.objects.filter(
        one_of("attendances__organisation", "found"),
        pk__in=ours,
        attendances__status__in=("PRESENT", "GUEST"),
    )
    return (
        rows.order_by("held_on", "pk")
        .values("attendances__organisation", "public_id", "title", "held_on")
        .distinct()
    )


# Both in one question; they are about the same organisations.
_NEAR = Visible(lambda user: together(known=_known(user), met=_met(user)))
