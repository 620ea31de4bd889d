"""Which working groups could learn from each other, and why (S116)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from buendnisnetz.core.conditions import any_of
from buendnisnetz.core.questions import Question, Slot, one_of
from buendnisnetz.core.words import words_of
from buendnisnetz.network.domain.queries.alliances import twelve_months_before
from buendnisnetz.network.domain.queries.working_groups import member_counts
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import AllianceTerritory, GroupMembership, WorkingGroup
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
    """A group that another one could meet, why, and how much that weighs."""

    group: WorkingGroup
    weight: int = 0
    members: int = 0
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
    district = _district_of(group, today)
    near = bordering(district[1], today) if district else []
    topics = tuple(sorted(own))
    rows = _CANDIDATES.rows(
        topics,
        bool(group.topic),
        shape=(topics, bool(group.topic)),
        group=group.pk,
        topic=group.topic,
        met=_met_lately(group, today),
        district=district[0] if district else 0,
        near=near,
        day=today,
    )
    found = [Suggestion(row) for row in rows]
    sizes = member_counts([group.pk, *(row.group.pk for row in found)], today)
    gives, seeks = _offers_and_needs([group.pk, *(row.group.pk for row in found)], today)
    for row in found:
        row.members = sizes.get(row.group.pk, 0)
        shared = own & topics_of(f"{row.group.topic} {row.group.name}")
        topic = labels_of(shared) or row.group.topic
        row.because(_("Same topic: %(topic)s."), 4, topic=topic)
        _add_place(row)
        _add_needs(row, group.pk, gives, seeks)
        _add_size(row, sizes.get(group.pk, 0))
    return sorted(found, key=lambda row: (-row.weight, row.group.sort_key))[:MOST_SUGGESTIONS]


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


_SHOWN = ("public_id", "name", "topic", "sort_key", "alliance__name")


def _candidates(topics: tuple[Any, ...], has_topic: bool) -> QuerySet[WorkingGroup]:
    """Groups on the same topic, those in the same district first, then those near it."""
    same = Q(topic__iexact=Slot("topic", CharField())) if has_topic else Q(pk__in=[])
    for topic in topics:
        same |= Q(topic__iregex=PATTERNS[topic]) | Q(topic="", name__iregex=PATTERNS[topic])
    day, district = Slot("day", planned=True), Slot("district")
    links = AllianceTerritory.objects.as_of(day)
    inside = Territory.objects.filter(Q(pk=district) | Q(parent=district))
    near = Territory.objects.filter(one_of("pk", "near") | one_of("parent", "near"))
    here = links.filter(any_of("territory", inside.values("pk")))
    around = links.filter(any_of("territory", near.values("pk")))
    place = Case(
        When(alliance__in=here.order_by().values("alliance"), then=Value(0)),
        When(alliance__in=around.order_by().values("alliance"), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows: QuerySet[Any]
    rows = WorkingGroup.objects.as_of(day).filter(same).exclude(pk=Slot("group"))
    rows = rows.filter(~one_of("pk", "met")).annotate(place=place)
    rows = rows.select_related("alliance").only(*_SHOWN)
    return rows.order_by("place", "sort_key", "pk")[:_MOST_CANDIDATES]


_CANDIDATES = Question(_candidates)


def _met_lately(group: WorkingGroup, today: date) -> list[int]:
    pairs = _EXCHANGES.rows(group=group.pk, since=twelve_months_before(today))
    return [number for pair in pairs for number in pair.values() if number != group.pk]


_EXCHANGES = Question(
    lambda: Exchange.objects.filter(
        Q(first_group=Slot("group")) | Q(second_group=Slot("group")),
        agreed_on__gt=Slot("since", planned=True),
    ).values("first_group", "second_group")
)


def _add_place(row: Suggestion) -> None:
    place: int = row.group.place  # type: ignore[attr-defined]  # annotated
    if row.group.alliance is None:
        row.because(_("Works for the whole state."), 1)
    elif place == 0:
        row.because(_("In the same district."), 3)
    elif place == 1:
        row.because(_("In a neighbouring district."), 2)


def _add_needs(
    row: Suggestion, own: int, gives: dict[int, set[str]], seeks: dict[int, set[str]]
) -> None:
    has = gives.get(row.group.pk, set()) & seeks.get(own, set())
    wants = seeks.get(row.group.pk, set()) & gives.get(own, set())
    if has:
        row.because(_("Its members can lend what you look for: %(what)s."), 3, what=_kinds(has))
    if wants:
        row.because(_("Looks for what your members can lend: %(what)s."), 2, what=_kinds(wants))


def _add_size(row: Suggestion, own: int) -> None:
    small, large = sorted((own, row.members))
    if small and large <= _LIKE_SIZE * small:
        row.because(_OF_LIKE_SIZE, 1, count=row.members)


def _kinds(kinds: set[str]) -> str:
    return ", ".join(word for kind, word in words_of(Contribution).items() if kind in kinds)


def _offers_and_needs(
    groups: list[int], today: date
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """What members of each group can lend, and what each group looks for: kinds by group."""
    gives: dict[int, set[str]] = {}
    seeks: dict[int, set[str]] = {}
    for row in _OFFERS.rows(groups=groups, day=today):
        gives.setdefault(row["working_group"], set()).add(row["organisation__resources__kind"])
    for row in _WISHES.rows(groups=groups):
        seeks.setdefault(row["working_group"], set()).add(row["kind"])
    return gives, seeks


_GROUPS = one_of("working_group", "groups")
# The same join filters and is read, so that what is no longer lent gives no reason.
_OFFERS = Question(
    lambda: (
        GroupMembership.objects.as_of(Slot("day", planned=True))
        .filter(
            _GROUPS, organisation__resources__in=Resource.objects.as_of(Slot("day", planned=True))
        )
        .order_by()
        .values("working_group", "organisation__resources__kind")
    )
)
_WISHES = Question(
    lambda: (
        ResourceWish.objects.filter(_GROUPS, closed_on=None)
        .order_by()
        .values("working_group", "kind")
    )
)
