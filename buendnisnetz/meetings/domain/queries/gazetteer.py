"""The register's names for reading institutions, and the reference lists of chambers and umbrella bodies."""

from datetime import date

from buendnisnetz.core.search import search_key
from buendnisnetz.meetings.domain.places import Gazetteer, Place
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Chamber, Territory, UmbrellaBody


def gazetteer_on(day: date, *, state: str = "") -> Gazetteer:
    """All districts and municipalities of a day, or those of the state with this key. One query."""
    rows = Territory.objects.as_of(day).filter(
        level__in=[Level.DISTRICT, Level.MUNICIPALITY], ags__startswith=state
    )
    columns = rows.order_by("ags").values_list("pk", "level", "parent", "short_name")
    return Gazetteer(
        Place(pk, level, pk if level == Level.DISTRICT else parent, name)
        for pk, level, parent, name in columns
    )


def state_key(alliance: Alliance | None, place: str, day: date) -> str:
    """The key of the state whose names a document uses: its alliance's, or where the meeting was.

    Empty if neither tells: then only names that are unique everywhere are found.
    """
    if alliance is not None:
        links = alliance.territory_links.order_by("territory__ags")
        found = links.values_list("territory__ags", flat=True).first()
        return found[:2] if found else ""
    here = gazetteer_on(day).place_of(place) if place else None
    if here is None:
        return ""
    return str(Territory.objects.values_list("ags", flat=True).get(pk=here.pk))[:2]


def chamber_named(name: str) -> Chamber | None:
    """The chamber that words mean: the kind, and nothing but words of its name ("IHK Gera")."""
    asked = _chamber_words(name)
    if len(asked) < 2 or not asked & {"ihk", "hwk"}:
        return None
    found = [row for row in Chamber.objects.order_by("pk") if asked <= _chamber_words(row.name)]
    return found[0] if len(found) == 1 else None


_SPELT_OUT = (("industrie- und handelskammer", "ihk"), ("handwerkskammer", "hwk"))
_NO_NAMES = frozenset(["fur", "zu", "der", "die", "und"])


def _chamber_words(name: str) -> set[str]:
    key = name.casefold()
    for words, short in _SPELT_OUT:
        key = key.replace(words, short)
    return set(search_key(key).split()) - _NO_NAMES


def umbrella_body_named(name: str, day: date) -> UmbrellaBody | None:
    """The umbrella body of this name or short name on a day."""
    key = search_key(name)
    bodies = UmbrellaBody.objects.as_of(day).order_by("pk")
    return next(
        (row for row in bodies if key in {search_key(row.name), search_key(row.short_name)}), None
    )
