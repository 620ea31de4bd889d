"""The commands, as people and other programs call them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from buendnisnetz.config.management import execute
from buendnisnetz.core.errors import DomainError
from buendnisnetz.territories.management.tables import as_table
from buendnisnetz.territories.models import Territory
from tests.territories import sets


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def run_json(*arguments: str) -> Any:
    """Stdout has to be one JSON value and nothing else."""
    return json.loads(run(*arguments, "--json"))


pytestmark = pytest.mark.usefixtures("thuringia")


def test_districts_before_eisenach_joined() -> None:
    rows = run_json("territories", "--on", "2017-08-24", "--level", "district")
    assert len(rows) == 23
    assert rows[5] == {
        "ags": "16056",
        "ars": "160560000000",
        "name": "Eisenach, Stadt",
        "kind": "INDEPENDENT_CITY",
        "population": 42710,
        "population_base": "REGISTER_2011",
        "population_on": "2017-12-31",
        "valid_from": None,
        "valid_to": "2021-06-30",
        "successors": ["16063"],
    }


@pytest.mark.parametrize(
    ("day", "level", "count"),
    [
        ("2017-08-24", "municipality", 849),
        ("2021-07-01", "district", 22),
        ("2023-12-31", "municipality", 624),
        ("2024-12-31", "municipality", 605),
        ("2024-12-31", "state", 1),
    ],
)
def test_how_many(day: str, level: str, count: int) -> None:
    assert len(run_json("territories", "--on", day, "--level", level)) == count


def test_only_what_lies_in_a_parent() -> None:
    rows = run_json(
        "territories", "--on", "2024-12-31", "--level", "municipality", "--parent", "16070"
    )
    assert len(rows) == 16
    assert {row["ags"][:5] for row in rows} == {"16070"}


def test_a_split_municipality_has_several_successors() -> None:
    rows = run_json(
        "territories", "--on", "2022-12-31", "--level", "municipality", "--parent", "16064"
    )
    anrode = next(row for row in rows if row["name"] == "Anrode")
    assert anrode["successors"] == ["16061118", "16064046", "16064071"]


def test_one_list_never_mixes_bases() -> None:
    for day in ("2017-12-31", "2020-01-01", "2022-05-15", "2024-12-31"):
        rows = run_json("territories", "--on", day, "--level", "municipality")
        assert len({row["population_base"] for row in rows} - {None}) == 1
        assert all((row["population"] is None) == (row["population_on"] is None) for row in rows)


def test_a_table_for_people() -> None:
    text = run("territories", "--on", "2017-08-24", "--level", "state")
    assert "Schlüssel" in text
    assert "Thüringen" in text
    assert "2151205" in text
    assert "Fortschreibung auf Grundlage des Zensus 2011" in text


def test_a_day_without_territories() -> None:
    Territory.objects.filter(level="STATE").update(valid_from="2030-01-01")
    text = run("territories", "--on", "2017-08-24", "--level", "state")
    assert text.strip() == "An diesem Tag gibt es kein Gebiet dieser Ebene."


@pytest.mark.parametrize(
    ("ags", "ihk", "hwk"),
    [
        ("16070", "IHK Südthüringen", "Handwerkskammer Erfurt"),
        ("16063105", "IHK Erfurt", "Handwerkskammer Südthüringen"),
    ],
)
def test_chambers(ags: str, ihk: str, hwk: str) -> None:
    found = run_json("chambers", "--ags", ags)
    assert set(found) == {"ihk", "hwk"}
    assert (found["ihk"]["name"], found["hwk"]["name"]) == (ihk, hwk)
    assert found["hwk"]["evidence"]


def test_chambers_of_a_day() -> None:
    found = run_json("chambers", "--ags", "16056", "--on", "2018-01-01")
    assert found["ihk"]["valid_to"] == "2021-06-30"


def test_chambers_for_people() -> None:
    text = run("chambers", "--ags", "16070")
    assert "IHK  IHK Südthüringen" in text
    assert "ausdrücklich genannt" in text


def test_chambers_that_are_not_known() -> None:
    Territory.objects.get(ags="16070", level="DISTRICT").chamber_districts.all().delete()
    assert run_json("chambers", "--ags", "16070") == {"ihk": None, "hwk": None}
    assert "keine Kammer bekannt" in run("chambers", "--ags", "16070")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("territories", "--level", "district", "--on", "gestern"),
            "„gestern“ ist kein Tag; bitte schreiben Sie ihn als JJJJ-MM-TT.",
        ),
        (
            ("territories", "--level", "district", "--on", "2017-02-30"),
            "„2017-02-30“ ist kein Tag; bitte schreiben Sie ihn als JJJJ-MM-TT.",
        ),
        (
            ("territories", "--level", "district", "--on", "2017-08-24", "--parent", "99"),
            "Am 24.08.2017 gibt es kein Gebiet mit dem Schlüssel 99.",
        ),
        (
            ("chambers", "--ags", "16056", "--on", "2024-12-31"),
            "Am 31.12.2024 gibt es kein Gebiet mit dem Schlüssel 16056.",
        ),
        (
            ("chambers", "--ags", "16", "--on", "2024-12-31"),
            "Am 31.12.2024 gibt es kein Gebiet mit dem Schlüssel 16.",
        ),
        (
            ("load_territories", "--data", "atlantis"),
            "atlantis: Einen Datensatz oder einen Ordner mit diesem Namen gibt es nicht.",
        ),
    ],
)
def test_bad_input(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    with pytest.raises((CommandError, DomainError)) as caught:
        run(*arguments)
    assert str(caught.value) == sentence
    # The command line closes its connections; the test's own has to stay open.
    monkeypatch.setattr("buendnisnetz.core.commands.connections.close_all", lambda: None)
    assert execute(list(arguments)) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.strip()) == ("", sentence)


@pytest.mark.parametrize(
    "arguments",
    [
        ["territories"],
        ["territories", "--level", "planet"],
        ["territories", "--level", "state", "--wrong"],
        ["chambers"],
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert execute(arguments) == 2
    assert capsys.readouterr().out == ""


def test_load_says_what_it_did() -> None:
    lines = run("load_territories").splitlines()
    assert lines[0] == "Thüringen, Gebietsgeschichte seit 31.12.2016"
    assert "  Gemeinden: 0 angelegt, 0 geändert, 877 unverändert" in lines
    assert len(lines) == 14


def test_load_refuses_a_bad_file(tmp_path: Path) -> None:
    before = Territory.objects.count()
    path = sets.write(
        tmp_path / "muster", tables=sets.with_row("territories.csv", 2, "16061,,X,Nord,,,,,,,,,")
    )
    with pytest.raises(DomainError, match=r"territories\.csv, Zeile 3, Spalte „kind“"):
        run("load_territories", "--data", path)
    assert Territory.objects.count() == before


def test_a_table_is_as_wide_as_its_longest_entry() -> None:
    assert as_table(["Name", "Zahl"], [["Erfurt", "5"], ["Gera", "1234"]]).splitlines() == [
        "Name    Zahl",
        "------  ----",
        "Erfurt     5",
        "Gera    1234",
    ]
