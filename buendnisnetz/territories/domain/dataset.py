"""A data set on disk: read, checked row by row, and handed on as plain values.

``data/README.md`` describes the format. Nothing here knows the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from buendnisnetz.territories.domain import manifest, outlines, tables
from buendnisnetz.territories.domain.manifest import Manifest
from buendnisnetz.territories.domain.outlines import OutlineSheet
from buendnisnetz.territories.domain.tables import BadFileError, Line
from buendnisnetz.territories.enums import (
    ChamberKind,
    ChangeKind,
    Evidence,
    Level,
    TerritoryKind,
    Urbanisation,
)

DATA = Path(__file__).resolve().parents[1] / "data"
LEVEL_BY_LENGTH = {
    2: Level.STATE,
    5: Level.DISTRICT,
    8: Level.MUNICIPALITY,
    9: Level.ASSOCIATION,
}
LARGEST_AREA_KM2 = 1_000_000


@dataclass(frozen=True)
class TerritoryRow:
    line: Line
    level: Level
    key: str
    ars: str
    kind: TerritoryKind
    name: str
    short_name: str
    area_km2: Decimal | None
    latitude: Decimal | None
    longitude: Decimal | None
    seat: str
    valid_from: date | None
    valid_to: date | None
    known_from: date | None
    known_until: date | None


@dataclass(frozen=True)
class SuccessionRow:
    line: Line
    predecessor: str
    successor: str
    on: date
    kind: ChangeKind
    evidence: Evidence
    inhabitants: int | None
    area_km2: Decimal | None
    source: str


@dataclass(frozen=True)
class PopulationRow:
    """One figure; ``count`` names the count in the manifest."""

    line: Line
    key: str
    count: str
    total: int
    estimated: bool


@dataclass(frozen=True)
class ChamberRow:
    line: Line
    kind: ChamberKind
    name: str
    seat: str


@dataclass(frozen=True)
class ChamberDistrictRow:
    line: Line
    kind: ChamberKind
    chamber: str
    district: str
    valid_from: date | None
    valid_to: date | None
    evidence: str
    source: str


@dataclass(frozen=True)
class UrbanisationRow:
    line: Line
    key: str
    degree: Urbanisation


@dataclass(frozen=True)
class UmbrellaBodyRow:
    line: Line
    state: str
    name: str
    short_name: str
    valid_from: date | None
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class DataSet:
    manifest: Manifest
    territories: list[TerritoryRow]
    successions: list[SuccessionRow]
    populations: list[PopulationRow]
    chambers: list[ChamberRow]
    chamber_districts: list[ChamberDistrictRow]
    outlines: list[OutlineSheet]
    urbanisation: list[UrbanisationRow]
    umbrella_bodies: list[UmbrellaBodyRow]


def read(name: str) -> DataSet:
    """Read one of our own data sets by its name, or a folder by its path.

    Raises :class:`BadFileError` or :class:`BadDataError` for the first fault found.
    """
    folder = DATA / name if "/" not in name and (DATA / name).is_dir() else Path(name)
    if not folder.is_dir():
        raise BadFileError(name, _("there is no such data set and no such folder."))
    found = manifest.read(folder)
    territories = list(_territories(folder))
    if not territories:
        raise BadFileError("territories.csv", _("the table is missing or empty."))
    return DataSet(
        manifest=found,
        territories=territories,
        successions=list(_successions(folder, found)),
        populations=list(_populations(folder, found)),
        chambers=list(_chambers(folder)),
        chamber_districts=list(_chamber_districts(folder)),
        outlines=[outlines.read(path, found) for path in sorted(folder.glob("outlines-*.json.gz"))],
        urbanisation=list(_urbanisation(folder)),
        umbrella_bodies=list(_umbrella_bodies(folder)),
    )


def _key(line: Line, column: str, level: Level | None = None) -> str:
    key = line.needed(column)
    fits = key.isascii() and key.isdecimal() and len(key) in LEVEL_BY_LENGTH
    if not fits or (level and LEVEL_BY_LENGTH[len(key)] != level):
        reason = _("“%(value)s” is no key: a state has 2 digits, a district 5, a municipality 8, an association 9.")  # fmt: skip
        raise line.wrong(column, reason % {"value": key})
    return key


def _period(line: Line) -> tuple[date | None, date | None]:
    start, end = line.day("valid_from"), line.day("valid_to")
    if start and end and end < start:
        raise line.wrong("valid_to", _("the end lies before the beginning."))
    return start, end


def _territories(folder: Path) -> Iterator[TerritoryRow]:
    columns = [
        "key", "ars", "kind", "name", "short_name", "area_km2", "latitude", "longitude",
        "seat", "valid_from", "valid_to", "known_from", "known_until",
    ]  # fmt: skip
    for line in tables.lines(folder, "territories.csv", columns):
        key, name = _key(line, "key"), line.needed("name")
        start, end = _period(line)
        yield TerritoryRow(
            line=line,
            level=LEVEL_BY_LENGTH[len(key)],
            key=key,
            ars=line.text("ars", longest=12),
            kind=line.choice("kind", TerritoryKind),
            name=name,
            short_name=line.text("short_name") or name,
            area_km2=line.decimal("area_km2", least=0, most=LARGEST_AREA_KM2),
            latitude=line.decimal("latitude", least=-90, most=90),
            longitude=line.decimal("longitude", least=-180, most=180),
            seat=line.text("seat") and _key(line, "seat", Level.MUNICIPALITY),
            valid_from=start,
            valid_to=end,
            known_from=line.day("known_from"),
            known_until=line.day("known_until"),
        )


def _successions(folder: Path, found: Manifest) -> Iterator[SuccessionRow]:
    columns = [
        "predecessor", "successor", "on", "kind", "evidence", "inhabitants", "area_km2", "source",
    ]  # fmt: skip
    for line in tables.lines(folder, "successions.csv", columns):
        day = line.day("on")
        if day is None:
            raise line.wrong("on", _("something has to stand here."))
        yield SuccessionRow(
            line=line,
            predecessor=_key(line, "predecessor"),
            successor=_key(line, "successor"),
            on=day,
            kind=line.choice("kind", ChangeKind),
            evidence=line.choice("evidence", Evidence),
            inhabitants=line.whole("inhabitants"),
            area_km2=line.decimal("area_km2", least=0, most=LARGEST_AREA_KM2),
            source=_source(line, found),
        )


def _source(line: Line, found: Manifest) -> str:
    source = line.needed("source")
    if source not in found.sources:
        reason = _("the source “%(value)s” does not stand in set.json.") % {"value": source}
        raise line.wrong("source", reason)
    return source


def _populations(folder: Path, found: Manifest) -> Iterator[PopulationRow]:
    for line in tables.lines(folder, "populations.csv", ["key", *found.counts]):
        key = _key(line, "key")
        for count in found.counts:
            value = line.text(count)
            # A tilde marks a figure that was summed from parts.
            plain = Line(line.file, line.number, {count: value.removeprefix("~")})
            total = plain.whole(count)
            if total is not None:
                yield PopulationRow(line, key, count, total, value.startswith("~"))


def _chambers(folder: Path) -> Iterator[ChamberRow]:
    for line in tables.lines(folder, "chambers.csv", ["kind", "name", "seat"]):
        kind = line.choice("kind", ChamberKind)
        yield ChamberRow(line, kind, line.needed("name"), line.needed("seat", longest=80))


def _chamber_districts(folder: Path) -> Iterator[ChamberDistrictRow]:
    columns = ["kind", "chamber", "district", "valid_from", "valid_to", "evidence", "source"]
    for line in tables.lines(folder, "chamber_districts.csv", columns):
        start, end = _period(line)
        yield ChamberDistrictRow(
            line=line,
            kind=line.choice("kind", ChamberKind),
            chamber=line.needed("chamber"),
            district=_key(line, "district", Level.DISTRICT),
            valid_from=start,
            valid_to=end,
            evidence=line.text("evidence", longest=200),
            source=line.text("source", longest=500),
        )


def _urbanisation(folder: Path) -> Iterator[UrbanisationRow]:
    for line in tables.lines(folder, "urbanisation.csv", ["key", "degree"]):
        key = _key(line, "key", Level.MUNICIPALITY)
        yield UrbanisationRow(line, key, line.choice("degree", Urbanisation))


def _umbrella_bodies(folder: Path) -> Iterator[UmbrellaBodyRow]:
    columns = ["state", "name", "short_name", "valid_from", "valid_to", "source"]
    for line in tables.lines(folder, "umbrella_bodies.csv", columns):
        start, end = _period(line)
        yield UmbrellaBodyRow(
            line=line,
            state=_key(line, "state", Level.STATE),
            name=line.needed("name"),
            short_name=line.text("short_name", longest=40),
            valid_from=start,
            valid_to=end,
            source=line.text("source", longest=300),
        )
