"""Reading data sets: what is right is read, what is wrong is named with its place."""

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from buendnisnetz.core.errors import DomainError
from buendnisnetz.territories.domain import dataset, outlines
from buendnisnetz.territories.domain.tables import BadDataError, BadFileError
from buendnisnetz.territories.enums import Level, TerritoryKind
from tests.territories import sets

TERRITORIES = sets.TABLES["territories.csv"][0]


def test_reads_a_set(tmp_path: Path) -> None:
    data = dataset.read(sets.write(tmp_path / "muster"))
    assert data.manifest.title == "Musterland"
    assert [row.key for row in data.territories if row.level == Level.DISTRICT] == [
        "16061",
        "16062",
    ]
    assert len(data.populations) == 9
    assert [row.key for row in data.populations if row.estimated] == ["16061002"]
    assert [row.on for row in data.successions] == [date(2019, 1, 1)]
    assert len(data.chambers) == 2
    assert len(data.chamber_districts) == 4


def test_reads_a_row(tmp_path: Path) -> None:
    data = dataset.read(sets.write(tmp_path / "muster"))
    town = next(row for row in data.territories if row.key == "16061001")
    assert (town.name, town.short_name) == ("Altstadt, Stadt", "Altstadt")
    assert town.kind == TerritoryKind.TOWN
    assert (town.area_km2, town.latitude) == (Decimal("90.00"), Decimal("51.1"))
    assert (town.valid_from, town.valid_to, town.seat) == (None, None, "")


def test_a_missing_short_name_is_the_name(tmp_path: Path) -> None:
    data = dataset.read(sets.write(tmp_path / "muster"))
    assert next(row for row in data.territories if row.key == "16061").short_name == "Nordkreis"


def test_reads_packed_tables(tmp_path: Path) -> None:
    folder = tmp_path / "muster"
    path = sets.write(folder)
    plain = folder / "territories.csv"
    (folder / "territories.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    assert len(dataset.read(path).territories) == 8


def test_tables_but_the_first_may_be_missing(tmp_path: Path) -> None:
    folder = tmp_path / "muster"
    path = sets.write(folder)
    for name in ("successions", "populations", "chambers", "chamber_districts"):
        (folder / f"{name}.csv").unlink()
    (folder / "outlines-districts.json.gz").unlink()
    data = dataset.read(path)
    assert (data.successions, data.populations, data.chambers, data.outlines) == ([], [], [], [])


def test_outlines_are_sums_of_steps(tmp_path: Path) -> None:
    (sheet,) = dataset.read(sets.write(tmp_path / "muster")).outlines
    ring = [[10.0, 51.0], [11.0, 51.0], [11.0, 52.0], [10.0, 52.0], [10.0, 51.0]]
    assert sheet.geometries["16061"] == {"type": "MultiPolygon", "coordinates": [[ring]]}
    assert sheet.approximate == {"16062"}
    assert sheet.drawn_on == date(2024, 12, 31)


def test_a_ring_closes() -> None:
    assert outlines.ring([1, 2, 3, 4], 1) == [[1.0, 2.0], [4.0, 6.0], [1.0, 2.0]]


@pytest.mark.parametrize("name", ["thueringen", "deutschland"])
def test_our_own_sets_are_read(name: str) -> None:
    data = dataset.read(name)
    assert data.manifest.lists_on == date(2024, 12, 31)
    assert all(source.attribution for source in data.manifest.sources.values())


def test_size_of_our_sets() -> None:
    sizes = {
        name: sum(path.stat().st_size for path in (dataset.DATA / name).iterdir())
        for name in ("thueringen", "deutschland")
    }
    assert sizes["thueringen"] < 400_000
    assert sizes["deutschland"] < 700_000


WRONG_ROWS = [
    (
        "territories.csv",
        2,
        "161,,STATE,X,,,,,,,,,",
        "Zeile 3, Spalte „key“: „161“ ist kein Schlüssel",
    ),
    (
        "territories.csv",
        2,
        "16061,,KREIS,X,,,,,,,,,",
        "Zeile 3, Spalte „kind“: „KREIS“ ist unbekannt",
    ),
    (
        "territories.csv",
        2,
        "16061,,TOWN,,,,,,,,,,",
        "Zeile 3, Spalte „name“: Hier muss etwas stehen.",
    ),
    (
        "territories.csv",
        2,
        f"16061,,TOWN,{'x' * 121},,,,,,,,,",
        "Zeile 3, Spalte „name“: Der Text ist länger als 120 Zeichen.",
    ),
    (
        "territories.csv",
        2,
        "16061,,TOWN,X,,groß,,,,,,,",
        "Zeile 3, Spalte „area_km2“: „groß“ ist keine Zahl von 0 bis 1000000.",
    ),
    ("territories.csv", 2, "16061,,TOWN,X,,-1,,,,,,,", "Zeile 3, Spalte „area_km2“"),
    ("territories.csv", 2, "16061,,TOWN,X,,NaN,,,,,,,", "Zeile 3, Spalte „area_km2“"),
    ("territories.csv", 2, "16061,,TOWN,X,,,91,,,,,,", "Zeile 3, Spalte „latitude“"),
    (
        "territories.csv",
        2,
        "16061,,TOWN,X,,,,,16061,,,,",
        "Zeile 3, Spalte „seat“: „16061“ ist kein Schlüssel",
    ),
    (
        "territories.csv",
        2,
        "16061,,TOWN,X,,,,,,31.12.2017,,,",
        "Zeile 3, Spalte „valid_from“: „31.12.2017“ ist kein Tag; erwartet wird JJJJ-MM-TT.",
    ),
    (
        "territories.csv",
        2,
        "16061,,TOWN,X,,,,,,2018-01-01,2017-01-01,,",
        "Zeile 3, Spalte „valid_to“: Das Ende liegt vor dem Beginn.",
    ),
    (
        "territories.csv",
        2,
        "16061,,TOWN,X",
        "Zeile 3, Spalte „short_name“: Die Zeile hat 4 statt 13 Spalten.",
    ),
    (
        "territories.csv",
        2,
        "16061,,TOWN,X,,,,,,,,,,,",
        "Zeile 3, Spalte „known_until“: Die Zeile hat 15 statt 13 Spalten.",
    ),
    (
        "territories.csv",
        2,
        '16061,,TOWN,"X"Y,,,,,,,,,',
        "Zeile 3, Spalte „key“: Ein Anführungszeichen fehlt oder ist zu viel.",
    ),
    ("territories.csv", 0, "key,kind", "Zeile 1, Spalte „ars“: Diese Spalte fehlt"),
    (
        "territories.csv",
        0,
        TERRITORIES + ",extra",
        "Zeile 1, Spalte „extra“: Diese Spalte ist unbekannt.",
    ),
    (
        "successions.csv",
        1,
        "16061003,16061002,,MERGER,OFFICIAL,,,amt",
        "Zeile 2, Spalte „on“: Hier muss etwas stehen.",
    ),
    (
        "successions.csv",
        1,
        "16061003,16061002,2019-01-01,MERGER,OFFICIAL,viele,,amt",
        "Zeile 2, Spalte „inhabitants“: „viele“ ist keine ganze Zahl.",
    ),
    (
        "successions.csv",
        1,
        "16061003,16061002,2019-01-01,MERGER,OFFICIAL,,,wiki",
        "Zeile 2, Spalte „source“: Die Quelle „wiki“ steht nicht in set.json.",
    ),
    ("populations.csv", 1, "16061,x,", "Zeile 2, Spalte „2017“: „x“ ist keine ganze Zahl."),
    ("populations.csv", 0, "key,2017,2024", "Zeile 1, Spalte „2023“: Diese Spalte fehlt"),
    (
        "chambers.csv",
        1,
        "XYZ,IHK,Ort",
        "Zeile 2, Spalte „kind“: „XYZ“ ist unbekannt; möglich sind IHK, HWK.",
    ),
    ("chamber_districts.csv", 1, "IHK,IHK Muster,16061001,,,,", "Zeile 2, Spalte „district“"),
]


@pytest.mark.parametrize(("table", "number", "row", "sentence"), WRONG_ROWS)
def test_names_the_place_of_a_fault(
    tmp_path: Path, table: str, number: int, row: str, sentence: str
) -> None:
    path = sets.write(tmp_path / "muster", tables=sets.with_row(table, number, row))
    with pytest.raises(BadDataError) as caught:
        dataset.read(path)
    assert str(caught.value).startswith(f"{table}, ")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": 2}, "set.json: Hier kann nur das Format 1 gelesen werden."),
        ({"lists_on": "gestern"}, "set.json: Dieser Eintrag fehlt oder ist falsch"),
        ({"sources": []}, "set.json: Dieser Eintrag fehlt oder ist falsch"),
        ({"counts": {"2017": {"base": "X"}}}, "set.json: Dieser Eintrag fehlt oder ist falsch"),
    ],
)
def test_names_a_wrong_entry_of_the_manifest(
    tmp_path: Path, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadFileError, match=sentence):
        dataset.read(sets.write(tmp_path / "muster", manifest=changes))


def _packed(content: bytes) -> bytes:
    # The time stamp would make the name of a test differ between two processes that collect it.
    return gzip.compress(content, mtime=0)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("set.json", b"{", r"kein gültiges JSON \(Zeile 1, Spalte 2\)"),
        ("set.json", b"[]", "wird ein Objekt erwartet"),
        ("set.json", b'"\xff"', "kein Text in UTF-8"),
        ("territories.csv", b"\xff\xfe", "kein Text in UTF-8"),
        ("territories.csv", b"", "Spalte „key“: Diese Spalte fehlt"),
        ("outlines-districts.json.gz", b"kein gzip", "Die Datei kann nicht gelesen werden"),
        ("outlines-districts.json.gz", _packed(b"[{}"), "kein gültiges JSON"),
        ("outlines-districts.json.gz", _packed(b"{}"), "Dieser Eintrag fehlt oder ist falsch"),
        ("outlines-districts.json.gz", _packed(b'{"a":1}')[:-6], "kann nicht gelesen werden"),
    ],
)
def test_names_a_broken_file(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    path = sets.write(tmp_path / "muster")
    (tmp_path / "muster" / name).write_bytes(content)
    with pytest.raises(DomainError, match=sentence):
        dataset.read(path)


def test_a_sheet_of_outlines_with_odd_steps_is_refused(tmp_path: Path) -> None:
    path = sets.write(tmp_path / "muster", outlines={"outlines": {"16061": [[[1, 2, 3]]]}})
    with pytest.raises(BadFileError, match="outlines-districts"):
        dataset.read(path)


def test_only_a_header_is_no_data_set(tmp_path: Path) -> None:
    path = sets.write(tmp_path / "muster", tables={"territories.csv": [TERRITORIES]})
    with pytest.raises(BadFileError, match=r"territories\.csv: Die Tabelle fehlt oder ist leer\."):
        dataset.read(path)


def test_without_a_manifest_there_is_no_data_set(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match=r"set\.json: Die Datei fehlt\."):
        dataset.read(f"{tmp_path}/")


def test_an_unknown_data_set_is_named() -> None:
    with pytest.raises(BadFileError, match="atlantis: Einen Datensatz oder einen Ordner"):
        dataset.read("atlantis")
