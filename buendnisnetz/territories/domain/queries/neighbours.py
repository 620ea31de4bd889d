"""Questions about which districts border on each other."""

from datetime import date

from django.db.models import QuerySet

from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.territories.models import Neighbour, Territory


def neighbours_on(district: Territory, day: date) -> list[Territory]:
    """The districts that border on a district on a day, in dictionary order."""
    return _NEIGHBOURS.rows(territory=district.pk, day=day)


def neighbours() -> QuerySet[Territory]:
    """The same with slots; none for what is no district, for nothing is known of others."""
    beside = Neighbour.objects.filter(territory=Slot("territory")).values("neighbour")
    rows: QuerySet[Territory] = Territory.objects.as_of(Slot("day", planned=True))
    return rows.filter(pk__in=beside).order_by("sort_key", "ags")


_NEIGHBOURS = Question(neighbours)


def bordering(ags: str, day: date) -> list[int]:
    """The numbers of the districts that border on the one with this key on a day. One query."""
    return [row["pk"] for row in _BORDERING.rows(ags=ags, day=day)]


_BORDERING = Question(
    lambda: (
        Territory.objects.as_of(Slot("day", planned=True))
        .filter(pk__in=Neighbour.objects.filter(territory__ags=Slot("ags")).values("neighbour"))
        .order_by("pk")
        .values("pk")
    )
)
