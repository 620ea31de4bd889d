"""Questions about which districts border on each other."""

from datetime import date
from typing import Any

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


def bordering(ags: Any, day: Any) -> QuerySet[Territory]:
    """The districts that border on the one with this key on a day; both may be slots."""
    links = Neighbour.objects.filter(territory__ags=ags)
    rows: QuerySet[Territory] = Territory.objects.as_of(day)
    return rows.filter(pk__in=links.order_by().values("neighbour")).order_by()
