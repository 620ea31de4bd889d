"""Loading: all or nothing, a second time nothing, and nothing is lost."""

from datetime import date
from pathlib import Path

import pytest

from buendnisnetz.audit.history import history_of
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.facts import Tally
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.domain.tables import BadDataError, BadFileError
from buendnisnetz.territories.enums import ChangeKind, Evidence, TerritoryKind
from buendnisnetz.territories.models import (
    Chamber,
    ChamberDistrict,
    Outline,
    Population,
    Source,
    Succession,
    Territory,
)
from tests.territories import sets
from tests.territories.sets import changed


def load_small(folder: Path, **changes: object) -> dict[str, Tally]:
    return load(dataset.read(sets.write(folder, **changes)))  # type: ignore[arg-type]


def one(key: str, name: str = "") -> Territory:
    rows = Territory.objects.filter(ags=key)
    return rows.get(name=name) if name else rows.get()


@pytest.mark.django_db
def test_a_small_set(tmp_path: Path) -> None:
    report = load_small(tmp_path / "muster")
    assert changed(report) == {
        "sources": (1, 0),
        "state": (1, 0),
        "district": (2, 0),
        "association": (1, 0),
        "municipality": (4, 0),
        "successions": (1, 0),
        "populations": (9, 0),
        "outlines": (2, 0),
        "chambers": (2, 0),
        "chamber_districts": (4, 0),
        "neighbours": (2, 0),
    }
    assert changed(load_small(tmp_path / "muster")) == {}


@pytest.mark.django_db
def test_rows_know_what_they_lie_in(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    village = Territory.objects.select_related("parent__parent", "association").get(ags="16061002")
    assert village.parent == one("16061")
    assert village.parent.parent == one("16")
    assert village.association == one("160615001")
    assert one("160615001").parent == one("16061")
    assert one("16061").seat == one("16061001")
    # What had ended when the list was made is in no association of that list.
    assert one("16061003").association is None


@pytest.mark.django_db
def test_facts_hang_on_the_territory_of_their_day(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    succession = Succession.objects.get()
    assert (succession.predecessor, succession.successor) == (one("16061003"), one("16061002"))
    assert (succession.kind, succession.evidence) == (ChangeKind.MERGER, Evidence.OFFICIAL)
    assert succession.inhabitants == 500
    figure = Population.objects.get(territory=one("16061002"), counted_on=date(2023, 12, 31))
    assert (figure.total, figure.estimated) == (950, True)
    assert figure.borders_on == date(2024, 12, 31)
    assert figure.source == Source.objects.get(key="amt")
    assert Outline.objects.get(territory=one("16062")).approximate
    assert Chamber.objects.get(kind="IHK").districts.count() == 2


@pytest.mark.django_db
def test_what_is_found_is_ready_to_be_searched_and_sorted(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    assert list(Territory.objects.search("suedstadt").order_by("ags")) == [
        one("16062"),
        one("16062000"),
    ]
    assert one("16062").sort_key == "sudstadt"


@pytest.mark.django_db
def test_a_changed_row_is_reported_and_written(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    number = one("16061002").pk
    row = "16061002,160615001002,MUNICIPALITY,Bachdorf,,61.50,51.2,10.2,,,,,"
    report = load_small(tmp_path / "muster", tables=sets.with_row("territories.csv", 6, row))
    assert changed(report) == {"municipality": (0, 1)}
    assert (one("16061002").pk, str(one("16061002").area_km2)) == (number, "61.50")


@pytest.mark.django_db
def test_a_new_name_for_the_same_row_is_found_by_search(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    row = "16061002,160615001002,MUNICIPALITY,Quellendorf,,60.00,51.2,10.2,,,,,"
    load_small(tmp_path / "muster", tables=sets.with_row("territories.csv", 6, row))
    assert list(Territory.objects.search("quellendorf")) == [one("16061002")]
    assert one("16061002").sort_key == "quellendorf"


@pytest.mark.django_db
def test_a_rename_on_a_day_makes_a_successor(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    number = one("16061002").pk
    rows = list(sets.TABLES["territories.csv"])
    rows[6] = "16061002,160615001002,MUNICIPALITY,Bachdorf,,60.00,51.2,10.2,,,2023-12-31,,"
    rows.append("16061002,160615001002,TOWN,Bachstadt,,60.00,51.2,10.2,,2024-01-01,,,")
    successions = [
        *sets.TABLES["successions.csv"],
        "16061002,16061002,2024-01-01,NAME,OFFICIAL,,,amt",
    ]
    tables = {"territories.csv": rows, "successions.csv": successions}
    report = load_small(tmp_path / "muster", tables=tables)
    # The figures of 2023 are published for the borders of 2024, so they move to the new row.
    assert changed(report) == {
        "municipality": (1, 1),
        "successions": (1, 0),
        "populations": (1, 0),
    }
    assert one("16061002", "Bachdorf").pk == number
    assert one("16061002", "Bachdorf").valid_to == date(2023, 12, 31)
    renamed = Succession.objects.get(kind=ChangeKind.NAME)
    assert renamed.successor == one("16061002", "Bachstadt")


@pytest.mark.django_db
def test_periods_may_move_against_each_other(tmp_path: Path) -> None:
    rows = list(sets.TABLES["territories.csv"])
    first = "16061002,160615001002,MUNICIPALITY,Bachdorf,,60.00,51.2,10.2,,,{end},,"
    second = "16061002,160615001002,TOWN,Bachstadt,,60.00,51.2,10.2,,{start},,,"
    rows[6:7] = [first.format(end="2022-12-31"), second.format(start="2023-01-01")]
    load_small(tmp_path / "muster", tables={"territories.csv": rows})
    rows[6:8] = [first.format(end="2023-06-30"), second.format(start="2023-07-01")]
    report = load_small(tmp_path / "muster", tables={"territories.csv": rows})
    assert changed(report) == {"municipality": (0, 2)}
    assert one("16061002", "Bachdorf").valid_to == date(2023, 6, 30)
    assert one("16061002", "Bachstadt").valid_from == date(2023, 7, 1)


@pytest.mark.django_db
def test_what_is_not_in_the_set_stays(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    rows = [row for row in sets.TABLES["territories.csv"] if not row.startswith("16061003")]
    tables = {
        "territories.csv": rows,
        "successions.csv": sets.TABLES["successions.csv"][:1],
        "populations.csv": sets.TABLES["populations.csv"][:1],
    }
    assert changed(load_small(tmp_path / "muster", tables=tables)) == {}
    assert one("16061003").name == "Cleindorf"
    assert Succession.objects.count() == 1


@pytest.mark.django_db
def test_an_empty_field_erases_nothing(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    row = '16061001,,TOWN,"Altstadt, Stadt",Altstadt,,,,,,,,'
    report = load_small(tmp_path / "muster", tables=sets.with_row("territories.csv", 5, row))
    assert changed(report) == {}
    assert str(one("16061001").latitude) == "51.10000"


@pytest.mark.django_db
def test_a_chamber_may_lose_a_district(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    row = "IHK,IHK Muster,16062,,2024-12-31,genannt,https://example.org/ihk"
    tables = sets.with_row("chamber_districts.csv", 3, row)
    assert changed(load_small(tmp_path / "muster", tables=tables)) == {"chamber_districts": (0, 1)}
    assert ChamberDistrict.objects.get(territory=one("16062"), kind="IHK").valid_to == date(
        2024, 12, 31
    )


@pytest.mark.django_db
def test_the_history_names_the_act(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    row = "16061002,160615001002,MUNICIPALITY,Bachdorf,,61.50,51.2,10.2,,,,,"
    load_small(tmp_path / "muster", tables=sets.with_row("territories.csv", 6, row))
    entries = history_of(one("16061002"))
    assert {entry.action for entry in entries} == {"aus einem Datensatz geladen"}
    # Both loads ran in the test's one transaction, so their order by time is open.
    shortest = min(entries, key=lambda entry: len(entry.changes))
    assert [(change.label, change.before, change.after) for change in shortest.changes] == [
        ("Fläche in km²", "60.00", "61.50")
    ]


WRONG_REFERENCES = [
    (
        "territories.csv",
        9,
        "16063001,,TOWN,X,,,,,,,,,",
        "territories.csv, Zeile 10, Spalte „key“: Am 31.12.2024 gibt es kein Gebiet mit dem Schlüssel 16063.",
    ),
    (
        "territories.csv",
        2,
        "16061,,RURAL_DISTRICT,Nordkreis,,,,,16061009,,,,",
        "territories.csv, Zeile 3, Spalte „seat“: Am 31.12.2024 gibt es kein Gebiet mit dem Schlüssel 16061009.",
    ),
    (
        "territories.csv",
        9,
        "16061001,,TOWN,Y,,,,,,2020-01-01,,,",
        "territories.csv, Zeile 10, Spalte „valid_from“: Der Schlüssel 16061001 steht in dieser Zeit schon für ein anderes Gebiet.",
    ),
    (
        "successions.csv",
        1,
        "16061003,16061002,2020-01-01,MERGER,OFFICIAL,,,amt",
        "successions.csv, Zeile 2, Spalte „predecessor“: Am 31.12.2019 gibt es kein Gebiet mit dem Schlüssel 16061003.",
    ),
    (
        "successions.csv",
        1,
        "16061003,16061009,2019-01-01,MERGER,OFFICIAL,,,amt",
        "Spalte „successor“: Am 01.01.2019 gibt es kein Gebiet mit dem Schlüssel 16061009.",
    ),
    (
        "successions.csv",
        1,
        "16061002,16061002,2019-01-01,NAME,OFFICIAL,,,amt",
        "Spalte „successor“: Ein Gebiet kann nicht auf sich selbst folgen.",
    ),
    (
        "populations.csv",
        4,
        "16061003,500,400",
        "populations.csv, Zeile 5, Spalte „key“: Am 31.12.2024 gibt es kein Gebiet mit dem Schlüssel 16061003.",
    ),
    (
        "chamber_districts.csv",
        1,
        "IHK,IHK Fern,16061,,,,",
        "chamber_districts.csv, Zeile 2, Spalte „chamber“: Die Kammer „IHK Fern“ steht nicht in chambers.csv.",
    ),
    (
        "chamber_districts.csv",
        1,
        "IHK,IHK Muster,16069,,,,",
        "Spalte „district“: Am 31.12.2024 gibt es kein Gebiet",
    ),
    (
        "chamber_districts.csv",
        5,
        "IHK,IHK Muster,16061,2020-01-01,,,",
        "Zeile 6, Spalte „valid_from“: Der Kreis 16061 gehört in dieser Zeit schon",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "number", "row", "sentence"), WRONG_REFERENCES)
def test_a_wrong_reference_stops_everything(
    tmp_path: Path, table: str, number: int, row: str, sentence: str
) -> None:
    with pytest.raises(BadDataError) as caught:
        load_small(tmp_path / "muster", tables=sets.with_row(table, number, row))
    assert sentence in str(caught.value)
    assert [model.objects.count() for model in (Territory, Source, Population, Chamber)] == [0] * 4


@pytest.mark.django_db
def test_an_outline_of_nothing_is_refused(tmp_path: Path) -> None:
    outlines = {"outlines": {"16069": [[[1, 1, 1, 0, 0, 1]]]}}
    with pytest.raises(BadFileError, match=r"Am 31\.12\.2024 gibt es kein Gebiet mit dem .* 16069"):
        load_small(tmp_path / "muster", outlines=outlines)
    assert not Territory.objects.exists()


@pytest.mark.django_db
def test_a_row_that_meets_another_stored_territory_is_refused(tmp_path: Path) -> None:
    rows = list(sets.TABLES["territories.csv"])
    rows[6] = "16061002,,MUNICIPALITY,Bachdorf,,,,,,,2019-12-31,,"
    rows.append("16061002,,TOWN,Bachstadt,,,,,,2020-01-01,,,")
    load_small(tmp_path / "muster", tables={"territories.csv": rows})
    rows[6:] = [*rows[7:9], "16061002,,TOWN,Bachstadt,,,,,,2019-06-01,,,"]
    with pytest.raises(BadDataError, match="Der Schlüssel 16061002 steht in dieser Zeit schon"):
        load_small(tmp_path / "muster", tables={"territories.csv": rows})


@pytest.mark.django_db
def test_a_district_is_not_given_to_a_second_chamber_unnoticed(tmp_path: Path) -> None:
    load_small(tmp_path / "muster")
    rows = ["kind,name,seat", "IHK,IHK Neu,Altstadt"]
    districts = [sets.TABLES["chamber_districts.csv"][0], "IHK,IHK Neu,16061,2020-01-01,,,"]
    tables = {"chambers.csv": rows, "chamber_districts.csv": districts}
    with pytest.raises(BadDataError, match="Der Kreis 16061 gehört in dieser Zeit schon zu einer"):
        load_small(tmp_path / "muster", tables=tables)


@pytest.mark.django_db
def test_areas_without_a_municipality_are_not_municipalities(tmp_path: Path) -> None:
    row = "16061444,,UNINCORPORATED,Forst,,5.00,,,,,,,"
    load_small(tmp_path / "muster", tables=sets.with_row("territories.csv", 9, row))
    assert one("16061444").kind == TerritoryKind.UNINCORPORATED
    municipalities = Territory.objects.municipalities()
    assert not municipalities.filter(ags="16061444").exists()
    assert municipalities.count() == 4
    assert Territory.objects.districts().count() == 2
