"""Questions about which districts border on each other."""

from datetime import date

from buendnisnetz.territories.models import Neighbour, Territory


def neighbours_on(district: Territory, day: date) -> list[Territory]:
    """The districts that border on a district on a day, in dictionary order."""
    links = Neighbour.objects.filter(territory=district).values("neighbour")
    found = Territory.objects.as_of(day).filter(pk__in=links)
    return list(found.order_by("sort_key", "ags"))


def bordering(ags: str, day: date) -> list[int]:
    """The numbers of the districts that border on the one with this key on a day. One query."""
    links = Neighbour.objects.filter(territory__ags=ags).values("neighbour")
    found = Territory.objects.as_of(day).filter(pk__in=links)
    return list(found.order_by("pk").values_list("pk", flat=True))
