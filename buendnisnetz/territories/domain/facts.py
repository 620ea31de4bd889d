"""Loading what hangs on territories: sources, successions, populations, outlines, chambers."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.territories.domain.dataset import ChamberDistrictRow, DataSet
from buendnisnetz.territories.domain.matching import Period, overlap
from buendnisnetz.territories.domain.tables import BadFileError, Line
from buendnisnetz.territories.models import (
    Chamber,
    ChamberDistrict,
    Outline,
    Population,
    Source,
    Succession,
    Territory,
)

_BATCH = 1000


class Finder(Protocol):
    """Finds a territory by key and day; see ``load.Register``."""

    lists_on: date

    def find(self, key: str, day: date) -> Territory | None: ...

    def get(self, key: str, day: date, line: Line, column: str) -> Territory: ...


@dataclass
class Tally:
    """How many rows of one kind were created, updated or left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def count(self, *, created: bool, updated: bool) -> None:
        if created:
            self.created += 1
        elif updated:
            self.updated += 1
        else:
            self.unchanged += 1


@dataclass(frozen=True)
class Sources:
    ids: dict[str, int]
    tally: Tally


def synchronise(
    model: type[models.Model],
    stored: Mapping[Any, models.Model],
    wanted: Iterable[tuple[Any, dict[str, Any]]],
) -> Tally:
    """Create and update rows of one model; ``wanted`` are (identity, values by attribute)."""
    tally = Tally()
    created, updated = [], []
    fields: set[str] = set()
    for identity, values in wanted:
        row = stored.get(identity)
        different = {} if row is None else {
            name: value for name, value in values.items() if getattr(row, name) != value
        }  # fmt: skip
        tally.count(created=row is None, updated=bool(different))
        if row is None:
            created.append(model(**values))
        elif different:
            for name, value in different.items():
                setattr(row, name, value)
            updated.append(row)
            fields |= different.keys()
    if updated:
        model._default_manager.bulk_update(updated, sorted(fields), batch_size=_BATCH)
    model._default_manager.bulk_create(created, batch_size=_BATCH)
    return tally


def load_sources(data: DataSet) -> Sources:
    wanted = [
        (
            row.key,
            {
                "key": row.key,
                "title": row.title,
                "attribution": row.attribution,
                "licence": row.licence,
                "url": row.url,
            },
        )
        for row in data.manifest.sources.values()
    ]
    tally = synchronise(Source, {row.key: row for row in Source.objects.all()}, wanted)
    return Sources(dict(Source.objects.values_list("key", "pk")), tally)


def load_successions(data: DataSet, register: Finder, sources: dict[str, int]) -> Tally:
    """The predecessor held on the day before, the successor on the day itself."""
    wanted = []
    for row in data.successions:
        before = register.get(
            row.predecessor, row.on - timedelta(days=1), row.line, "predecessor"
        ).pk
        after = register.get(row.successor, row.on, row.line, "successor").pk
        if before == after:
            reason = _("a territory cannot succeed itself.")
            raise row.line.wrong("successor", reason)
        values = {
            "predecessor_id": before,
            "successor_id": after,
            "on": row.on,
            "kind": row.kind,
            "evidence": row.evidence,
            "inhabitants": row.inhabitants,
            "area_km2": row.area_km2,
            "source_id": sources[row.source],
        }
        wanted.append(((before, after, row.on), values))
    stored = {(row.predecessor_id, row.successor_id, row.on): row for row in Succession.objects.all()}  # fmt: skip
    return synchronise(Succession, stored, wanted)


def load_populations(data: DataSet, register: Finder, sources: dict[str, int]) -> Tally:
    wanted = []
    for row in data.populations:
        count = data.manifest.counts[row.count]
        territory = register.get(row.key, count.territories_on, row.line, "key").pk
        values = {
            "territory_id": territory,
            "counted_on": count.counted_on,
            "base": count.base,
            "borders_on": count.territories_on,
            "total": row.total,
            "estimated": row.estimated,
            "source_id": sources[count.source],
        }
        wanted.append(((territory, count.counted_on, count.base), values))
    stored = {(row.territory_id, row.counted_on, row.base): row for row in Population.objects.all()}
    return synchronise(Population, stored, wanted)


def load_outlines(data: DataSet, register: Finder, sources: dict[str, int]) -> Tally:
    wanted = []
    for sheet in data.outlines:
        for key, geometry in sheet.geometries.items():
            territory = register.find(key, sheet.territories_on)
            if territory is None:
                reason = _("there is no territory with the key %(key)s on %(day)s.")
                place = {"key": key, "day": f"{sheet.territories_on:%d.%m.%Y}"}
                raise BadFileError(sheet.file, reason % place)
            values = {
                "territory_id": territory.pk,
                "drawn_on": sheet.drawn_on,
                "geometry": json.dumps(geometry),
                "approximate": key in sheet.approximate,
                "source_id": sources[sheet.source],
            }
            wanted.append(((territory.pk, sheet.drawn_on), values))
    days = {sheet.drawn_on for sheet in data.outlines}
    rows = Outline.objects.filter(drawn_on__in=days)
    return synchronise(Outline, {(row.territory_id, row.drawn_on): row for row in rows}, wanted)


def load_chambers(data: DataSet) -> Tally:
    wanted = [
        (row.name, {"kind": row.kind, "name": row.name, "seat": row.seat}) for row in data.chambers
    ]
    return synchronise(Chamber, {row.name: row for row in Chamber.objects.all()}, wanted)


def load_chamber_districts(data: DataSet, register: Finder) -> Tally:
    """A row is the stored one of the same chamber and district that begins on the same day."""
    chambers = {(row.kind, row.name): row.pk for row in Chamber.objects.all()}
    wanted = []
    for row in data.chamber_districts:
        if (row.kind, row.chamber) not in chambers:
            reason = _("the chamber “%(value)s” does not stand in chambers.csv.")
            raise row.line.wrong("chamber", reason % {"value": row.chamber})
        day = row.valid_to or max(register.lists_on, row.valid_from or register.lists_on)
        territory = register.get(row.district, day, row.line, "district").pk
        chamber = chambers[(row.kind, row.chamber)]
        values = {"chamber_id": chamber, "territory_id": territory, **_period_and_evidence(row)}
        wanted.append(((chamber, territory, row.valid_from), values))
    stored = {
        (row.chamber_id, row.territory_id, row.valid_from): row
        for row in ChamberDistrict.objects.select_related("territory")
    }
    others = [row for identity, row in stored.items() if identity not in dict(wanted)]
    _check_districts(data.chamber_districts, others)
    return synchronise(ChamberDistrict, stored, wanted)


def _period_and_evidence(row: ChamberDistrictRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "evidence": row.evidence,
        "source": row.source,
    }


def _check_districts(rows: list[ChamberDistrictRow], others: list[ChamberDistrict]) -> None:
    """A district belongs to one chamber of a kind at a time; ``others`` are stored and stay."""
    taken: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for other in others:
        taken[other.kind, other.territory.ags].append((other.valid_from, other.valid_to))
    for row in rows:
        period, place = (row.valid_from, row.valid_to), (str(row.kind), row.district)
        if any(overlap(period, other) for other in taken[place]):
            reason = _("the district %(key)s already belongs to a chamber of this kind then.")
            raise row.line.wrong("valid_from", reason % {"key": row.district})
        taken[place].append(period)
