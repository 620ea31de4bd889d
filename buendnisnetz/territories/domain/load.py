"""Loading a data set: all or nothing, and a second time nothing changes."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.statistics import refresh_statistics
from buendnisnetz.territories.domain import facts, matching, surroundings
from buendnisnetz.territories.domain.dataset import DataSet, TerritoryRow
from buendnisnetz.territories.domain.facts import Tally
from buendnisnetz.territories.domain.tables import Line
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory

# Two loads at once would meet each other's keys; the second waits for the first.
_LOCK = 7_205_001
_ORDER = (Level.STATE, Level.DISTRICT, Level.ASSOCIATION, Level.MUNICIPALITY)
_KEY_OF_PARENT = {Level.DISTRICT: 2, Level.ASSOCIATION: 5, Level.MUNICIPALITY: 5}
_BATCH = 1000


@dataclass
class Register:
    """All territories that a load knows, by key; rows refer to each other by key and day."""

    lists_on: date
    by_key: dict[str, list[Territory]] = field(default_factory=lambda: defaultdict(list))

    def add(self, territory: Territory) -> None:
        self.by_key[territory.ags].append(territory)

    def find(self, key: str, day: date) -> Territory | None:
        return next((row for row in self.by_key.get(key, ()) if row.holds_on(day)), None)

    def get(self, key: str, day: date, line: Line, column: str) -> Territory:
        """The territory of a key on a day; raises :class:`BadDataError` if there is none."""
        found = self.find(key, day)
        if found is None:
            reason = _("there is no territory with the key %(key)s on %(day)s.")
            raise line.wrong(column, reason % {"key": key, "day": f"{day:%d.%m.%Y}"})
        return found

    def day_of(self, row: TerritoryRow) -> date:
        """A day on which the row's territory holds: its last one, or that of the list."""
        return row.valid_to or max(self.lists_on, row.valid_from or self.lists_on)


def load(data: DataSet, *, actor: Any = None) -> dict[str, Tally]:
    """Create and update what the data set holds, in one transaction, and say how much of what.

    What is stored and does not stand in the data set stays as it is. Raises
    :class:`BadDataError` at the first row that refers to something unknown.
    """
    with recorded(actor=actor, action="territories.territory.loaded"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        sources = facts.load_sources(data)
        register = Register(data.manifest.lists_on)
        report = {"sources": sources.tally}
        report |= _load_territories(data, register)
        report["successions"] = facts.load_successions(data, register, sources.ids)
        report["populations"] = facts.load_populations(data, register, sources.ids)
        report["outlines"] = facts.load_outlines(data, register, sources.ids)
        report["chambers"] = facts.load_chambers(data)
        report["chamber_districts"] = facts.load_chamber_districts(data, register)
        report["neighbours"] = surroundings.load_neighbours()
        report["urbanisation"] = surroundings.load_urbanisation(data, register)
        report["umbrella_bodies"] = surroundings.load_umbrella_bodies(data, register)
        refresh_statistics()
    return report


def _load_territories(data: DataSet, register: Register) -> dict[str, Tally]:
    report: dict[str, Tally] = {}
    pairs: list[tuple[TerritoryRow, Territory]] = []
    changed: set[int] = set()
    created: set[int] = set()
    for level in _ORDER:
        rows = [row for row in data.territories if row.level == level]
        found = _load_level(level, rows, register, changed, created)
        report[level.value.lower()] = Tally()
        pairs += found
    _seat(pairs, register, changed)
    for row, territory in pairs:
        report[row.level.value.lower()].count(
            created=territory.pk in created, updated=territory.pk in changed
        )
    return report


def _load_level(
    level: Level,
    rows: list[TerritoryRow],
    register: Register,
    changed: set[int],
    created: set[int],
) -> list[tuple[TerritoryRow, Territory]]:
    stored: dict[str, list[Territory]] = defaultdict(list)
    for territory in Territory.objects.filter(level=level):
        register.add(territory)
        stored[territory.ags].append(territory)
    pairs, new = [], []
    updates: list[tuple[Territory, dict[str, Any]]] = []
    for row, territory in _matched(rows, stored):
        values = matching.claims(row) | _above(row, register)
        if territory is None:
            pairs.append((row, Territory(**values)))
            new.append(pairs[-1][1])
            continue
        pairs.append((row, territory))
        values = matching.widened(values, territory)
        different = {name: new for name, new in values.items() if getattr(territory, name) != new}
        if different:
            updates.append((territory, different))
            changed.add(territory.pk)
    _update(updates)
    for territory in Territory.objects.bulk_create(new, batch_size=_BATCH):
        register.add(territory)
        created.add(territory.pk)
    return pairs


def _matched(
    rows: list[TerritoryRow], stored: dict[str, list[Territory]]
) -> list[tuple[TerritoryRow, Territory | None]]:
    by_key: dict[str, list[TerritoryRow]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    result = []
    for key, same in by_key.items():
        found = matching.paired(same, stored.get(key, []))
        taken = {territory.pk for territory in found.values() if territory}
        entries: list[tuple[TerritoryRow | None, matching.Period]] = [
            (None, (territory.valid_from, territory.valid_to))
            for territory in stored.get(key, [])
            if territory.pk not in taken
        ]
        for position, row in enumerate(same):
            territory = found[position]
            start, end = row.valid_from, row.valid_to
            if territory:
                start, end = start or territory.valid_from, end or territory.valid_to
            entries.append((row, (start, end)))
            result.append((row, territory))
        matching.check_periods(entries)
    return result


def _above(row: TerritoryRow, register: Register) -> dict[str, Any]:
    """The territories that a row lies in: they follow from its keys."""
    values: dict[str, Any] = {}
    day = register.day_of(row)
    if row.level in _KEY_OF_PARENT:
        key = row.key[: _KEY_OF_PARENT[row.level]]
        values["parent_id"] = register.get(key, day, row.line, "key").pk
    if row.level == Level.MUNICIPALITY and row.valid_to is None:
        association = register.find(row.ars[:9], day) if len(row.ars) == 12 else None
        if association and association.level == Level.ASSOCIATION:
            values["association_id"] = association.pk
    return values


def _seat(
    pairs: list[tuple[TerritoryRow, Territory]], register: Register, changed: set[int]
) -> None:
    updates = []
    for row, territory in pairs:
        if row.seat:
            seat = register.get(row.seat, register.day_of(row), row.line, "seat").pk
            if territory.seat_id != seat:
                updates.append((territory, {"seat_id": seat}))
                changed.add(territory.pk)
    _update(updates)


def _update(updates: list[tuple[Territory, dict[str, Any]]]) -> None:
    """Write changes; those that only shorten a period first, so that the others find room."""
    shorter: list[Territory] = []
    others: list[Territory] = []
    renamed: list[Territory] = []
    fields: set[str] = set()
    for territory, different in updates:
        before = (territory.valid_from, territory.valid_to)
        for name, value in different.items():
            setattr(territory, name, value)
        if "name" in different or "short_name" in different:
            renamed.append(territory)
            continue
        inside = (territory.valid_from or date.min) >= (before[0] or date.min) and (
            territory.valid_to or date.max
        ) <= (before[1] or date.max)
        (shorter if inside else others).append(territory)
        fields |= different.keys()
    for batch in (shorter, others):
        if batch:
            Territory.objects.bulk_update(batch, sorted(fields), batch_size=_BATCH)
    for territory in renamed:
        # Saving computes the search and sort keys anew.
        territory.save()
