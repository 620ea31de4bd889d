"""Which working groups could learn from each other, and why (S116)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buendnisnetz.network.domain.queries.alliances import twelve_months_before
from buendnisnetz.network.domain.queries.working_groups import member_counts
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.models import AllianceTerritory, GroupMembership, WorkingGroup
from buendnisnetz.partnering.domain.topics import PATTERNS, labels_of, topics_of
from buendnisnetz.partnering.models import Exchange, Resource, ResourceWish
from buendnisnetz.territories.domain.queries.neighbours import bordering

MOST_SUGGESTIONS = 10
_CANDIDATES = 40
# Two groups are of like size if one has at most twice as many members as the other.
_LIKE_SIZE = 2


@dataclass
class Suggestion:
    """A group that another one could meet, the sentences that say why, and how much they weigh."""

    group: WorkingGroup
    reasons: list[str] = field(default_factory=list)
    weight: int = 0
    members: int = 0

    def because(self, reason: str, weight: int) -> None:
        self.reasons.append(reason)
        self.weight += weight


def suggestions_for(group: WorkingGroup, today: date) -> list[Suggestion]:
    """The best partners for a group: same topic; then place, offers and needs, size.

    Whom it met within twelve months is left out. A fixed number of queries.
    """
    own = topics_of(f"{group.topic} {group.name}")
    district = _district_of(group, today)
    near = bordering(district[1], today) if district else []
    rows = _candidates(group, sorted(own), district[0] if district else 0, near, today)
    found = [Suggestion(row) for row in rows.select_related("alliance")[:_CANDIDATES]]
    sizes = member_counts([group.pk, *(row.group.pk for row in found)], today)
    gives, seeks = _offers_and_needs([group.pk, *(row.group.pk for row in found)], today)
    for row in found:
        row.members = sizes.get(row.group.pk, 0)
        shared = own & topics_of(f"{row.group.topic} {row.group.name}")
        topic = labels_of(shared) or row.group.topic
        row.because(_("Same topic: %(topic)s.") % {"topic": topic}, 4)
        _add_place(row)
        _add_needs(row, group.pk, gives, seeks)
        _add_size(row, sizes.get(group.pk, 0))
    return sorted(found, key=lambda row: (-row.weight, row.group.sort_key))[:MOST_SUGGESTIONS]


def _district_of(group: WorkingGroup, today: date) -> tuple[int, str] | None:
    """Number and key of the first district in which the group's alliance works."""
    links = AllianceTerritory.objects.as_of(today).filter(alliance=group.alliance_id)
    row = (
        links.order_by("pk").values_list("territory", "territory__parent", "territory__ags").first()
    )
    if row is None or len(row[2]) < 5:
        return None
    return (row[0] if len(row[2]) == 5 else row[1]), row[2][:5]


def _candidates(
    group: WorkingGroup, topics: list[Any], district: int, near: list[int], today: date
) -> QuerySet[WorkingGroup]:
    """Groups on the same topic, those in the same district first, then those near it."""
    same = Q(topic__iexact=group.topic) if group.topic else Q(pk__in=[])
    for topic in topics:
        same |= Q(topic__iregex=PATTERNS[topic]) | Q(topic="", name__iregex=PATTERNS[topic])
    links = AllianceTerritory.objects.as_of(today)
    here = links.filter(Q(territory=district) | Q(territory__parent=district))
    around = links.filter(Q(territory__in=near) | Q(territory__parent__in=near))
    place = Case(
        When(alliance__in=here.order_by().values("alliance"), then=Value(0)),
        When(alliance__in=around.order_by().values("alliance"), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = WorkingGroup.objects.as_of(today).filter(same).exclude(pk=group.pk)
    rows = rows.exclude(pk__in=_met_lately(group, today))
    found: QuerySet[WorkingGroup] = rows.annotate(place=place).order_by("place", "sort_key", "pk")
    return found


def _met_lately(group: WorkingGroup, today: date) -> list[int]:
    pairs = Exchange.objects.filter(
        Q(first_group=group) | Q(second_group=group), agreed_on__gt=twelve_months_before(today)
    ).values_list("first_group", "second_group")
    return [number for pair in pairs for number in pair if number != group.pk]


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
        row.because(
            _("Its members can lend what you look for: %(what)s.") % {"what": _kinds(has)}, 3
        )
    if wants:
        row.because(
            _("Looks for what your members can lend: %(what)s.") % {"what": _kinds(wants)}, 2
        )


def _add_size(row: Suggestion, own: int) -> None:
    small, large = sorted((own, row.members))
    if small and large <= _LIKE_SIZE * small:
        text = ngettext(
            "Of like size: %(count)s member.", "Of like size: %(count)s members.", row.members
        )
        row.because(text % {"count": row.members}, 1)


def _kinds(kinds: set[str]) -> str:
    return ", ".join(str(kind.label) for kind in Contribution if kind in kinds)


def _offers_and_needs(
    groups: list[int], today: date
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """What members of each group can lend, and what each group looks for: kinds by group."""
    gives: dict[int, set[str]] = {}
    seeks: dict[int, set[str]] = {}
    members = GroupMembership.objects.as_of(today).filter(working_group__in=groups)
    # The same join filters and is read, so that what is no longer lent gives no reason.
    offers = members.filter(organisation__resources__in=Resource.objects.as_of(today)).order_by()
    for group, kind in offers.values_list("working_group", "organisation__resources__kind"):
        gives.setdefault(group, set()).add(kind)
    wishes = ResourceWish.objects.filter(working_group__in=groups, closed_on=None).order_by()
    for group, kind in wishes.values_list("working_group", "kind"):
        seeks.setdefault(group, set()).add(kind)
    return gives, seeks
