"""Questions about territories. Every answer is as of a day that the caller names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Max, Min, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.territories.domain.queries.populations import with_population
from buendnisnetz.territories.enums import Level, PopulationBase, TerritoryKind
from buendnisnetz.territories.models import Succession, Territory, TerritoryQuerySet


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


def narrowed(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    """Apply the filter of the list; without a level it shows districts and municipalities."""
    level = values.get("level")
    if not level:
        rows = rows.filter(level__in=[Level.DISTRICT, Level.MUNICIPALITY])
    elif level in Level.values:
        rows = rows.filter(level=level)
    if values.get("parent"):
        rows = rows.filter(ags__startswith=values["parent"]).exclude(ags=values["parent"])
    if values.get("kind"):
        rows = rows.filter(kind=values["kind"])
    return rows


def parts_of(
    territory: Territory, *, on: date, base: PopulationBase | None
) -> list[dict[str, Any]]:
    """What a territory consisted of on a day, with figures of one base: one level further down."""
    level = Level(territory.level)
    if level == Level.MUNICIPALITY:
        return []
    return _PARTS.rows(level, on, base, shape=(level, on, base), whole=territory.pk)


def _parts(level: Level, on: date, base: PopulationBase | None) -> QuerySet[Any, Any]:
    rows = territories_on(on, level=Level.DISTRICT if level == Level.STATE else Level.MUNICIPALITY)
    if level == Level.ASSOCIATION:
        rows = rows.filter(association=Slot("whole"))
    else:
        rows = rows.filter(parent=Slot("whole"))
    return with_population(rows.order_by("sort_key", "ags"), on=on, base=base).values(
        "name", "public_id", "kind", "ags", "area_km2",
        "population", "population_on", "population_estimated",
    )  # fmt: skip


_PARTS = Question(_parts)


def detailed(public_id: str) -> Territory | None:
    """A territory with what its own page names; everybody sees all of them."""
    found: Territory | None = _DETAILED.row(public_id=public_id)
    return found


_DETAILED = Question(
    lambda: Territory.objects.filter(public_id=Slot("public_id")).select_related(
        "parent__parent", "association", "seat"
    )
)


_LATER_OF_MANY = """
WITH RECURSIVE later (root, id) AS (
    SELECT t.id, t.id FROM territories_territory t WHERE t.id = ANY(%s)
    UNION
    SELECT l.root, s.successor_id
    FROM later l
    JOIN territories_territory t ON t.id = l.id AND t.valid_to < %s
    JOIN territories_succession s ON s.predecessor_id = t.id AND s.on <= %s
)
SELECT later.root, t.id FROM later JOIN territories_territory t ON t.id = later.id
WHERE coalesce(t.valid_from, '-infinity') <= %s AND coalesce(t.valid_to, 'infinity') >= %s
ORDER BY later.root, t.ags
"""

_LATER_OF_ONE = """
WITH RECURSIVE later (id) AS (
    VALUES (%s::bigint)
    UNION
    SELECT s.successor_id
    FROM later l
    JOIN territories_territory t ON t.id = l.id AND t.valid_to < %s
    JOIN territories_succession s ON s.predecessor_id = t.id AND s.on <= %s
)
SELECT id FROM later
"""


def successors_on(ids: Iterable[int], day: date) -> dict[int, list[int]]:
    """For each territory: which ones hold its land on a later day, over any number of steps.

    A territory that still holds is its own answer. One query. This is how old data are shown within
    the borders of another day: each old territory counts for the ones named here.
    """
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LATER_OF_MANY, [list(ids), day, day, day, day])
        for root, successor in cursor.fetchall():
            found[root].append(successor)
    return dict(found)


def successors_today(territory: Territory, *, today: date) -> list[Territory]:
    """What became of a territory: those that hold its land today; itself if it still holds."""
    chain = RawSQL(_LATER_OF_ONE, [territory.pk, today, today])  # noqa: S611 -- constant text
    return list(Territory.objects.as_of(today).filter(pk__in=chain).order_by("ags"))


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
    return changes_among(_CHANGES.rows(territory=territory.pk), territory)


def changes_among(
    rows: list[Succession], territory: Territory
) -> tuple[list[Succession], list[Succession]]:
    """The same from rows of :func:`changes` that were read already."""
    return (
        [row for row in rows if row.predecessor_id == territory.pk],
        [row for row in rows if row.successor_id == territory.pk],
    )


def changes() -> QuerySet[Succession]:
    either = Q(predecessor=Slot("territory")) | Q(successor=Slot("territory"))
    rows = Succession.objects.filter(either).select_related("predecessor", "successor", "source")
    return rows.order_by("on", "predecessor__ags", "successor__ags")


_CHANGES = Question(changes)


def known_days(territory: Territory | None = None) -> Known:
    """For which days the lists are complete: in a territory's state, or in all that are stored.

    Free for a territory that was read with ``parent__parent``.
    """
    if territory:
        state = (path_of(territory) or [territory])[0]
        return Known(state.known_from, state.known_until)
    known = _KNOWN.row()
    return Known(known["since"], known["until"]) if known else Known(None, None)


_KNOWN = Question(
    lambda: (
        Territory.objects.filter(level=Level.STATE, known_from__isnull=False)
        .order_by()
        .values("level")
        .annotate(since=Max("known_from"), until=Min("known_until"))
        .values("since", "until")
    )
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
