"""Reading single fields and files; outlines as steps."""

import csv
import gzip
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnisnetz.territories.domain import outlines, tables
from buendnisnetz.territories.domain.tables import BadDataError, BadFileError, Line
from buendnisnetz.territories.enums import ChamberKind

SCALE = 10_000
POINTS = st.lists(
    st.tuples(st.integers(-1_800_000, 1_800_000), st.integers(-900_000, 900_000)),
    min_size=3,
    max_size=30,
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]))


def line(value: str) -> Line:
    return Line("muster.csv", 7, {"feld": value})


def steps_of(points: list[tuple[int, int]]) -> list[int]:
    """The way a file holds a ring: its first point, then the way to each next one."""
    flat, x, y = [], 0, 0
    for next_x, next_y in points:
        flat += [next_x - x, next_y - y]
        x, y = next_x, next_y
    return flat


@given(POINTS)
def test_steps_lead_back_to_the_points(points: list[tuple[int, int]]) -> None:
    ring = outlines.ring(steps_of(points), SCALE)
    assert ring[0] == ring[-1]
    assert [(round(x * SCALE), round(y * SCALE)) for x, y in ring[:-1]] == points


def test_several_polygons_with_holes() -> None:
    outer, hole = [0, 0, 9, 0, 0, 9], [1, 1, 1, 0, 0, 1]
    found = outlines.geometry([[outer, hole], [outer]], 1)
    assert [len(polygon) for polygon in found["coordinates"]] == [2, 1]
    assert found["coordinates"][0][1] == [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_tables_come_back_as_they_were_written(rows: list[tuple[str, str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["a", "b"])
    writer.writerows(rows)
    found = [
        (row.text("a", longest=10_000), row.text("b", longest=10_000))
        for row in _read(buffer.getvalue().encode(), packed=True)
    ]
    assert found == [(a.strip(), b.strip()) for a, b in rows]


def _read(content: bytes, *, packed: bool = False) -> list[Line]:
    import tempfile  # noqa: PLC0415 -- fixtures of functions do not go with given examples

    with tempfile.TemporaryDirectory() as folder:
        name = "t.csv.gz" if packed else "t.csv"
        (Path(folder) / name).write_bytes(gzip.compress(content) if packed else content)
        return list(tables.lines(Path(folder), "t.csv", ["a", "b"]))


def test_a_missing_table_has_no_rows(tmp_path: Path) -> None:
    assert list(tables.lines(tmp_path, "t.csv", ["a"])) == []


def test_line_numbers_count_lines_of_the_file() -> None:
    found = _read(b'a,b\n1,"zwei\nZeilen"\n3,4\n')
    assert [row.number for row in found] == [3, 4]


@pytest.mark.parametrize(
    ("typed", "day"), [("", None), ("2017-08-24", date(2017, 8, 24)), ("0001-01-01", date.min)]
)
def test_days(typed: str, day: date | None) -> None:
    assert line(typed).day("feld") == day


@pytest.mark.parametrize("typed", ["2017-8-24", "24.08.2017", "2017-02-29", "heute"])
def test_no_days(typed: str) -> None:
    with pytest.raises(BadDataError, match=r"muster\.csv, Zeile 7, Spalte „feld“: .* ist kein Tag"):
        line(typed).day("feld")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), ("0", Decimal(0)), ("269.91", Decimal("269.91")), ("1e2", Decimal(100))],
)
def test_numbers(typed: str, number: Decimal | None) -> None:
    assert line(typed).decimal("feld", least=0, most=1000) == number


@pytest.mark.parametrize("typed", ["269,91", "-1", "1001", "Infinity", "NaN", "viel"])
def test_no_numbers(typed: str) -> None:
    with pytest.raises(BadDataError, match="ist keine Zahl von 0 bis 1000"):
        line(typed).decimal("feld", least=0, most=1000)


@pytest.mark.parametrize(
    ("typed", "number"), [("", None), ("0", 0), ("007", 7), ("84669326", 84_669_326)]
)
def test_whole_numbers(typed: str, number: int | None) -> None:
    assert line(typed).whole("feld") == number


@pytest.mark.parametrize("typed", ["1.5", "-1", "1_000", "१२", "9999999999"])
def test_no_whole_numbers(typed: str) -> None:
    with pytest.raises(BadDataError, match="ist keine ganze Zahl"):
        line(typed).whole("feld")


def test_choices() -> None:
    assert line("IHK").choice("feld", ChamberKind) is ChamberKind.IHK
    with pytest.raises(BadDataError, match="„ihk“ ist unbekannt; möglich sind IHK, HWK"):
        line("ihk").choice("feld", ChamberKind)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="Die Datei kann nicht gelesen werden"):
        tables.read_bytes(tmp_path)
