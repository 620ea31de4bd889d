"""What a list of alliances shows of each besides its own columns."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Value

from buendnisnetz.core.questions import Compiled, Question, Slot, one_of
from buendnisnetz.core.together import together
from buendnisnetz.network.domain.queries.alliances import members_on_day
from buendnisnetz.network.domain.queries.holders import coordinating
from buendnisnetz.network.models import AllianceTerritory, Charge


class ContactPost(NamedTuple):
    public_id: str
    title: str


class Details(NamedTuple):
    """The territories of an alliance on a day, as text; how many members it has; the post that is
    asked for it, as ``holders.current_contact``."""

    places: str
    members: int
    contact: ContactPost | None


def details_of(alliances: Iterable[int], day: date) -> dict[int, Details]:
    """Of each alliance on a page of a list; one query."""
    wanted = list(alliances)
    found = _DETAILS.row(alliances=wanted, day=day)
    places: dict[int, list[str]] = {}
    for row in found["places"]:
        places.setdefault(row["alliance"], []).append(row["territory__short_name"])
    members = {row["alliance"]: row["count"] for row in found["members"]}
    contacts = _contacts(found["own"], found["charged"])
    return {
        number: Details(
            ", ".join(places.get(number, ())), members.get(number, 0), contacts.get(number)
        )
        for number in wanted
    }


def _contacts(own: list[dict[str, Any]], charged: list[dict[str, Any]]) -> dict[int, ContactPost]:
    # Of an alliance's own posts the best stands last.
    asked = {row["alliance"]: row for row in own}
    for row in charged:
        if not asked.get(row["alliance"], row)["is_held"]:
            asked[row["alliance"]] = row
    return {number: ContactPost(row["key"], row["name"]) for number, row in asked.items()}


def _details() -> Compiled:
    day, among = Slot("day", planned=True), one_of("alliance", "alliances")
    return together(
        places=AllianceTerritory.objects.as_of(day)
        .filter(among)
        .order_by("territory__sort_key", "pk")
        .values("alliance", "territory__short_name"),
        members=members_on_day(day)
        .filter(among)
        .order_by()
        .values("alliance")
        .annotate(count=Count("pk")),
        own=coordinating(day)
        .filter(among)
        .order_by("is_held", "is_contact", "-pk")
        .values("alliance", "is_held", key=F("public_id"), name=F("title")),
        charged=Charge.objects.as_of(day)
        .filter(among)
        .values("alliance", is_held=Value(False), key=F("post__public_id"), name=F("post__title")),
    )


_DETAILS = Question(_details)
