"""Questions about territories. Every answer is as of a day that the caller names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.territories.enums import Level, TerritoryKind
from buendnisnetz.territories.models import Source, Succession, Territory, TerritoryQuerySet


class UnknownTerritoryError(DomainError):
    """No territory with this key holds on this day."""

    def __init__(self, ags: str, on: date) -> None:
        super().__init__(
            _("There is no territory with the key %(ags)s on %(day)s.")
            % {"ags": ags, "day": f"{on:%d.%m.%Y}"}
        )


@dataclass(frozen=True)
class Known:
    """For which days the lists of a state are complete; empty if nothing is said about it."""

    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


def territories_on(day: date, *, level: Level | None = None, within: str = "") -> TerritoryQuerySet:
    """Territories that held on a day, by key; ``within`` is the key of a state or district.

    Areas without a municipality are not among the municipalities.
    """
    rows = Territory.objects.as_of(day)
    if level:
        rows = rows.filter(level=level)
    if within:
        # Keys nest: what lies in a territory begins with its key.
        rows = rows.filter(ags__startswith=within)
    found: TerritoryQuerySet = rows.exclude(kind=TerritoryKind.UNINCORPORATED).order_by("ags")
    return found


def districts_on(day: date, *, state: str = "") -> TerritoryQuerySet:
    return territories_on(day, level=Level.DISTRICT, within=state)


def municipalities_on(day: date, *, within: str = "") -> TerritoryQuerySet:
    return territories_on(day, level=Level.MUNICIPALITY, within=within)


def territory_on(ags: str, day: date) -> Territory:
    """The territory of a key on a day; raises :class:`UnknownTerritoryError`."""
    found: Territory | None = (
        Territory.objects.as_of(day)
        .filter(ags=ags)
        .select_related("parent__parent", "association")
        .first()
    )
    if found is None:
        raise UnknownTerritoryError(ags, day)
    return found


def path_of(territory: Territory) -> list[Territory]:
    """What a territory lies in, the widest first; free if it was read with ``parent__parent``."""
    above = []
    current = territory.parent
    while current is not None:
        above.append(current)
        current = current.parent
    return above[::-1]


def district_of(territory: Territory) -> Territory | None:
    """The district that a territory is or lies in; None for a state."""
    if territory.level == Level.STATE:
        return None
    return territory if territory.level == Level.DISTRICT else territory.parent


def detailed(rows: QuerySet[Territory]) -> QuerySet[Territory]:
    """With what a territory's own page names."""
    return rows.select_related("parent__parent", "association", "seat")


_ON_THE_MAP_OF = """
WITH RECURSIVE later (root, id) AS (
    SELECT t.id, t.id FROM territories_territory t WHERE t.id = ANY(%(ids)s)
    UNION
    SELECT l.root, s.successor_id
    FROM later l
    JOIN territories_territory t ON t.id = l.id AND t.valid_to < %(day)s
    JOIN territories_succession s ON s.predecessor_id = t.id AND s.on <= %(day)s
)
SELECT l.root, t.id
FROM later l JOIN territories_territory t ON t.id = l.id
WHERE (t.valid_from IS NULL OR t.valid_from <= %(day)s)
  AND (t.valid_to IS NULL OR t.valid_to >= %(day)s)
ORDER BY l.root, t.ags
"""


def successors_on(ids: Iterable[int], day: date) -> dict[int, list[int]]:
    """For each territory: which ones hold its land on a later day, over any number of steps.

    A territory that still holds is its own answer. One query. This is how old data are shown within
    the borders of another day: each old territory counts for the ones named here.
    """
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_ON_THE_MAP_OF, {"ids": list(ids), "day": day})
        for root, successor in cursor.fetchall():
            found[root].append(successor)
    return dict(found)


def successors_today(territory: Territory, *, today: date) -> list[Territory]:
    """What became of a territory: those that hold its land today; itself if it still holds."""
    ids = successors_on([territory.pk], today).get(territory.pk, [])
    return list(Territory.objects.filter(pk__in=ids).order_by("ags")) if ids else []


def keys_after(ids: Sequence[int]) -> dict[int, list[str]]:
    """The keys of what directly followed each territory that ended."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = (
        Succession.objects.filter(predecessor__in=ids, predecessor__valid_to__lt=F("on"))
        .order_by("predecessor", "successor__ags")
        .values_list("predecessor", "successor__ags")
    )
    for predecessor, ags in rows:
        found[predecessor].append(ags)
    return dict(found)


def changes_of(territory: Territory) -> tuple[list[Succession], list[Succession]]:
    """What followed a territory, and what it came from. One query."""
    rows = list(
        Succession.objects.filter(Q(predecessor=territory) | Q(successor=territory))
        .select_related("predecessor", "successor", "source")
        .order_by("on", "predecessor__ags", "successor__ags")
    )
    return (
        [row for row in rows if row.predecessor_id == territory.pk],
        [row for row in rows if row.successor_id == territory.pk],
    )


def known_days(state: str = "") -> Known:
    """For which days the lists are complete: of one state, or of all that are stored."""
    rows = Territory.objects.filter(level=Level.STATE, known_from__isnull=False)
    if state:
        rows = rows.filter(ags=state)
    days: list[tuple[date, date | None]] = list(rows.values_list("known_from", "known_until"))
    if not days:
        return Known(None, None)
    return Known(
        max(start for start, _end in days),
        min((end for _start, end in days if end), default=None),
    )


def district_choices(*, on: date) -> list[tuple[int, str]]:
    """All districts of a day as (number, name), in dictionary order."""
    rows = districts_on(on).order_by("sort_key", "ags").values_list("pk", "name")
    return list(rows)


def district_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of districts by their numbers, ended ones too."""
    rows: dict[int, str] = dict(
        Territory.objects.filter(level=Level.DISTRICT, pk__in=list(ids)).values_list("pk", "name")
    )
    return rows


def sources_of(*numbers: Iterable[int | None]) -> list[dict[str, Any]]:
    """The sources behind facts on a page, each once, in the order of their titles."""
    wanted = {number for group in numbers for number in group if number}
    return list(Source.objects.filter(pk__in=wanted).order_by("title").values()) if wanted else []
