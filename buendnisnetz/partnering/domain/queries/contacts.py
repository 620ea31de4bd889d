"""Who answers at a place: its alliances, its two chambers' contacts, advice offices, working groups."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.network.domain.queries.alliances import with_status
from buendnisnetz.network.enums import AllianceStatus, PostKind
from buendnisnetz.network.models import Alliance, AllianceTerritory, Post, WorkingGroup
from buendnisnetz.partnering.domain.posts import mail_address
from buendnisnetz.partnering.domain.topics import PATTERNS
from buendnisnetz.partnering.enums import ChamberChoice, ContactPointKind, HandOverWish, Topic
from buendnisnetz.partnering.models import ContactPoint
from buendnisnetz.territories.domain.queries.chambers import chambers_of
from buendnisnetz.territories.domain.queries.territories import successors_on
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.territories.models import Chamber, Territory

TAKES_PARTNERS = (AllianceStatus.ACTIVE, AllianceStatus.FOUNDING)


@dataclass(frozen=True)
class Contact:
    """A post that answers, at its office address; ``specific`` for this district rather than all."""

    post: int
    public_id: str
    title: str
    scope: str
    email: str
    phone: str
    topics: tuple[str, ...]
    offer: str
    specific: bool


class ChamberHere(NamedTuple):
    """The chamber of a kind that a place belongs to, with whom to ask there (nobody known: empty)."""

    kind: ChamberKind
    chamber: Chamber
    contacts: list[Contact]


def alliances_at(place: Territory, today: date) -> list[Any]:
    """Public alliances that work at a place: those of the town itself, then those of its district.

    Each has ``status`` and ``own_place``. Territories that ended count for those that hold their
    land. Dissolved alliances are left out.
    """
    direct = {place.pk, place.parent_id}
    links = AllianceTerritory.objects.as_of(today).filter(
        Q(territory__in=direct)
        | Q(territory__valid_to__lt=today, territory__ags__startswith=place.ags[:2])
    )
    pairs = list(links.values_list("alliance", "territory"))
    ended = {territory for _alliance, territory in pairs} - direct
    heirs = successors_on(ended, today) if ended else {}
    held = [(alliance, set(heirs.get(territory, [territory]))) for alliance, territory in pairs]
    own = {alliance for alliance, places in held if place.pk in places}
    near = {alliance for alliance, places in held if direct & places}
    rows = with_status(Alliance.objects.filter(is_public=True, pk__in=near), today)
    rows = rows.exclude(status=AllianceStatus.DISSOLVED).exclude(status=None)
    for row in (found := list(rows.order_by("status", "sort_key", "pk"))):
        row.own_place = row.pk in own
    return sorted(found, key=lambda row: (not row.own_place, row.status not in TAKES_PARTNERS))


def responsible_alliance(place: Territory, today: date) -> Alliance | None:
    """The alliance that answers for a place: the nearest one that takes partners."""
    return next((row for row in alliances_at(place, today) if row.status in TAKES_PARTNERS), None)


def chambers_at(place: Territory, today: date) -> list[ChamberHere]:
    """The IHK and the HWK of a place with their contacts; a chamber nobody knows is left out."""
    facts = chambers_of(place.ags, today)
    district = place.parent_id or place.pk
    contacts = chamber_contacts([fact.chamber.pk for fact in facts.values()], [district], today)
    return [
        ChamberHere(kind, facts[kind].chamber, contacts.get((facts[kind].chamber.pk, district), []))
        for kind in (ChamberKind.IHK, ChamberKind.HWK)
        if kind in facts
    ]


def chamber_contacts(
    chambers: Collection[int], districts: Collection[int], today: date
) -> dict[tuple[int, int], list[Contact]]:
    """Who answers at which chamber for which district, those for just this district first. One query.

    A contact post for which nobody noted districts or topics answers for all of them.
    """
    found: dict[tuple[int, int], list[Contact]] = {}
    for row in _CHAMBER_POSTS.rows(chambers=list(chambers), day=today):
        for district in districts:
            if row["point__district"] in (None, district):
                key = row["organisation__chamber"], district
                found.setdefault(key, []).append(_contact(row))
    for contacts in found.values():
        contacts.sort(key=lambda contact: not contact.specific)
    return found


_COLUMNS = (
    "pk", "public_id", "title", "scope_name", "email", "phone",
    "point__district", "point__topics", "point__offer",
)  # fmt: skip


def _chamber_posts() -> QuerySet[Any, Any]:
    today = Slot("day", planned=True)
    points = ContactPoint.objects.filter(post=OuterRef("pk"), kind=ContactPointKind.CHAMBER)
    current = Q(contact_points__valid_to=None) | Q(contact_points__valid_to__gte=today)
    current &= Q(contact_points__valid_from=None) | Q(contact_points__valid_from__lte=today)
    rows: QuerySet[Any, Any] = (
        Post.objects.as_of(today)
        .filter(one_of("organisation__chamber", "chambers"), kind=PostKind.CHAMBER_CONTACT)
        .annotate(
            point=FilteredRelation("contact_points", condition=current),
            was_pointed=Exists(points),
        )
        .filter(Q(point__isnull=False) | Q(was_pointed=False))
        .order_by("-is_contact", "sort_key", "pk")
        .values(*_COLUMNS, "organisation__chamber")
    )
    return rows


_CHAMBER_POSTS = Question(_chamber_posts)


def _contact(row: dict[str, Any]) -> Contact:
    return Contact(
        post=row["pk"],
        public_id=row["public_id"],
        title=row["title"],
        scope=row["scope_name"],
        email=row["email"],
        phone=row["phone"],
        topics=tuple(row["point__topics"] or ()),
        offer=row["point__offer"] or "",
        specific=row["point__district"] is not None,
    )


def advice_at(district: int | None, today: date) -> list[ContactPoint]:
    """Advice offices for a district, its own before those of the whole state."""
    rows = ContactPoint.objects.as_of(today).filter(kind=ContactPointKind.ADVICE)
    rows = rows.filter(Q(district=None) | Q(district=district)).select_related("post", "district")
    return sorted(
        rows.order_by("post__scope_sort_key", "pk"), key=lambda row: row.district_id is None
    )


def contact_for(
    place: Territory, wish: HandOverWish, chamber: ChamberChoice, today: date
) -> Post | None:
    """The post that a firm is handed on to: only one that can be written to."""
    if wish == HandOverWish.ADVICE:
        posts = [point.post for point in advice_at(place.parent_id, today)]
    elif wish == HandOverWish.CHAMBER and chamber != ChamberChoice.UNKNOWN:
        here = [found for found in chambers_at(place, today) if found.kind.value == chamber.value]
        numbers = [contact.post for found in here for contact in found.contacts]
        rows = Post.objects.in_bulk(numbers)
        posts = [rows[number] for number in numbers]
    else:
        posts = []
    return next((post for post in posts if mail_address(post, today)), None)


def groups_at(alliances: Collection[int], topic: Topic, today: date) -> list[WorkingGroup]:
    """Working groups on a topic that go on: those of the given alliances, then those of the state."""
    rows = WorkingGroup.objects.as_of(today).filter(Q(alliance__in=alliances) | Q(alliance=None))
    on_topic = Q(topic__iregex=PATTERNS[topic]) | Q(topic="", name__iregex=PATTERNS[topic])
    found = rows.filter(on_topic).select_related("alliance").order_by("sort_key", "pk")
    return sorted(found, key=lambda row: row.alliance_id is None)
