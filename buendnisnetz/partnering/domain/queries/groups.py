"""Which working groups could learn from each other, and why (S116)."""

from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from buendnisnetz.core.conditions import any_of, equal_to_any
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.core.words import words_of
from buendnisnetz.network.domain.queries.alliances import twelve_months_before
from buendnisnetz.network.domain.queries.working_groups import member_counts
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import Alliance, AllianceTerritory, GroupMembership, WorkingGroup
from buendnisnetz.partnering.domain.topics import PATTERNS, labels_of, topics_of
from buendnisnetz.partnering.models import Exchange, Resource, ResourceWish
from buendnisnetz.territories.domain.queries.neighbours import bordering
from buendnisnetz.territories.models import Territory

MOST_SUGGESTIONS = 10
_MOST_CANDIDATES = 40
# Two groups are of like size if one has at most twice as many members as the other.
_LIKE_SIZE = 2
_OF_LIKE_SIZE = ngettext_lazy(
    "Of like size: %(count)s member.", "Of like size: %(count)s members.", "count"
)


@dataclass
class Suggestion:
    """A group that another one could meet, why, and how much that weighs; without ``alliance`` it is
    a group of the whole state."""

    pk: int
    public_id: str
    name: str
    alliance: str | None
    weight: int = 0
    _because: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)

    def because(self, reason: Any, weight: int, **values: Any) -> None:
        """Add a reason; its text is put into words only where the suggestion is shown."""
        self._because.append((reason, values))
        self.weight += weight

    @property
    def reasons(self) -> list[str]:
        """The sentences that say why."""
        return [str(reason % values) for reason, values in self._because]


def suggestions_for(group: WorkingGroup, today: date) -> list[Suggestion]:
    """The best partners for a group: same topic; then place, offers and needs, size.

    Whom it met within twelve months is left out. A fixed number of queries.
    """
    own = topics_of(f"{group.topic} {group.name}")
    # A topic that we know is found by its words, however it is spelt.
    also = bool(group.topic) and not topics_of(group.topic)
    district = _district_of(group, today)
    topics = tuple(sorted(own))
    rows = _CANDIDATES.rows(
        topics,
        also,
        shape=(topics, also),
        group=group.pk,
        topic=group.topic,
        since=twelve_months_before(today),
        district=district[0] if district else 0,
        ags=district[1] if district else "",
        day=today,
    )
    numbers = [group.pk, *(row["pk"] for row in rows)]
    sizes = member_counts(numbers, today)
    gives, seeks = _offers_and_needs(numbers, today)
    found = []
    for row in rows:
        one = Suggestion(row["pk"], row["public_id"], row["name"], row["of"])
        shared = own & topics_of(f"{row['topic']} {row['name']}")
        topic = labels_of(shared) or row["topic"]
        one.because(_("Same topic: %(topic)s."), 4, topic=topic)
        _add_place(one, row["place"])
        _add_needs(one, group.pk, gives, seeks)
        _add_size(one, sizes.get(one.pk, 0), sizes.get(group.pk, 0))
        found.append((-one.weight, row["sort_key"], one))
    return [one for _weight, _key, one in sorted(found, key=itemgetter(0, 1))[:MOST_SUGGESTIONS]]


def _district_of(group: WorkingGroup, today: date) -> tuple[int, str] | None:
    """Number and key of the first district in which the group's alliance works."""
    row = _FIRST_PLACE.row(alliance=group.alliance_id, day=today) if group.alliance_id else None
    if row is None or len(row["territory__ags"]) < 5:
        return None
    ags = row["territory__ags"]
    return row["territory" if len(ags) == 5 else "territory__parent"], ags[:5]


_FIRST_PLACE = Question(
    lambda: (
        AllianceTerritory.objects.as_of(Slot("day", planned=True))
        .filter(alliance=Slot("alliance"))
        .order_by("pk")
        .values("territory", "territory__parent", "territory__ags")[:1]
    )
)


_SHOWN = ("pk", "public_id", "name", "topic", "sort_key", "of", "place")


def _candidates(topics: tuple[Any, ...], also: bool) -> QuerySet[Any, Any]:
    """Groups on one of these topics, or ``also`` on a topic of the same words: those in the same
    district first, then those near it."""
    same = Q(topic__iexact=Slot("topic", CharField())) if also else Q(pk__in=[])
    for topic in topics:
        # In this order: a name is seldom looked into, and looking into a text is what takes long.
        nameless = Q(topic="") & Q(name__iregex=PATTERNS[topic])
        same |= Q(topic__iregex=PATTERNS[topic]) | nameless
    day, district = Slot("day", planned=True), Slot("district")
    links = AllianceTerritory.objects.as_of(day)
    inside = Territory.objects.filter(Q(pk=district) | Q(parent=district))
    districts = ArraySubquery(bordering(Slot("ags", CharField()), day).values("pk"))
    near = Territory.objects.filter(
        equal_to_any("pk", districts) | equal_to_any("parent", districts)
    )
    here = links.filter(any_of("territory", inside.values("pk")))
    around = links.filter(any_of("territory", near.values("pk")))
    place = Case(
        When(alliance__in=here.order_by().values("alliance"), then=Value(0)),
        When(alliance__in=around.order_by().values("alliance"), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    own, lately = Slot("group"), Q(agreed_on__gt=Slot("since", planned=True))
    met = Exchange.objects.filter(lately, first_group=own).order_by().values("second_group")
    met_by = Exchange.objects.filter(lately, second_group=own).order_by().values("first_group")
    rows: QuerySet[Any]
    rows = WorkingGroup.objects.as_of(day).filter(same).exclude(pk=own)
    rows = rows.exclude(any_of("pk", met) | any_of("pk", met_by))
    # Read for those that are shown; a join would read it for all on the topic.
    alliances = Alliance.objects.filter(pk=OuterRef("alliance")).order_by()
    rows = rows.annotate(place=place, of=Subquery(alliances.values("name")))
    return rows.order_by("place", "sort_key", "pk").values(*_SHOWN)[:_MOST_CANDIDATES]


_CANDIDATES = Question(_candidates)


def _add_place(one: Suggestion, place: int) -> None:
    if one.alliance is None:
        one.because(_("Works for the whole state."), 1)
    elif place == 0:
        one.because(_("In the same district."), 3)
    elif place == 1:
        one.because(_("In a neighbouring district."), 2)


def _add_needs(
    one: Suggestion, own: int, gives: dict[int, set[str]], seeks: dict[int, set[str]]
) -> None:
    has = gives.get(one.pk, set()) & seeks.get(own, set())
    wants = seeks.get(one.pk, set()) & gives.get(own, set())
    if has:
        one.because(_("Its members can lend what you look for: %(what)s."), 3, what=_kinds(has))
    if wants:
        one.because(_("Looks for what your members can lend: %(what)s."), 2, what=_kinds(wants))


def _add_size(one: Suggestion, members: int, own: int) -> None:
    small, large = sorted((own, members))
    if small and large <= _LIKE_SIZE * small:
        one.because(_OF_LIKE_SIZE, 1, count=members)


def _kinds(kinds: set[str]) -> str:
    return ", ".join(word for kind, word in words_of(Contribution).items() if kind in kinds)


def _offers_and_needs(
    groups: list[int], today: date
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """What members of each group can lend, and what each group looks for: kinds by group."""
    gives: dict[int, set[str]] = {}
    seeks: dict[int, set[str]] = {}
    for row in _KINDS.rows(groups=groups, day=today):
        kinds = seeks if row["sought"] else gives
        kinds.setdefault(row["working_group"], set()).add(row["kind"])
    return gives, seeks


def _offered_and_sought() -> QuerySet[Any, Any]:
    groups, day = one_of("working_group", "groups"), Slot("day", planned=True)
    # The same join filters and is read, so that what is no longer lent gives no reason.
    lent = Q(organisation__resources__in=Resource.objects.as_of(day))
    offers = GroupMembership.objects.as_of(day).filter(groups, lent).order_by()
    wishes = ResourceWish.objects.filter(groups, closed_on=None).order_by()
    return offers.values(
        "working_group", kind=F("organisation__resources__kind"), sought=Value(False)
    ).union(wishes.values("working_group", "kind", sought=Value(True)))


_KINDS = Question(_offered_and_sought)
