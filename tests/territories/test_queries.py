"""Questions as of a day, answered from the data of Thuringia."""

from datetime import date

import pytest
from django.db.models import Count

from buendnisnetz.territories.domain.queries import chambers, outlines, populations
from buendnisnetz.territories.domain.queries import territories as queries
from buendnisnetz.territories.enums import ChamberKind, Evidence, Level, PopulationBase
from buendnisnetz.territories.models import Chamber, Population, Succession, Territory

pytestmark = pytest.mark.usefixtures("thuringia")
MEETING = date(2017, 8, 24)
NOW = date(2024, 12, 31)


def names(rows: list[Territory]) -> list[str]:
    return [row.short_name for row in rows]


@pytest.mark.parametrize(
    ("day", "districts"),
    [
        (MEETING, 23),
        (date(2018, 1, 1), 23),
        (date(2020, 12, 31), 23),
        (date(2021, 6, 30), 23),
        (date(2021, 7, 1), 22),
        (NOW, 22),
    ],
)
def test_o10_districts(day: date, districts: int) -> None:
    assert queries.districts_on(day).count() == districts


@pytest.mark.parametrize(
    ("day", "municipalities"),
    [
        (MEETING, 849),
        (date(2018, 7, 5), 849),
        (date(2018, 7, 6), 821),
        (date(2018, 12, 31), 821),
        (date(2019, 1, 1), 664),
        (date(2019, 12, 30), 664),
        (date(2019, 12, 31), 634),
        (date(2020, 11, 30), 634),
        (date(2020, 12, 1), 633),
        (date(2021, 1, 1), 631),
        (date(2021, 12, 31), 631),
        (date(2023, 12, 31), 624),
        (date(2024, 1, 1), 605),
        (NOW, 605),
    ],
)
def test_o11_municipalities(day: date, municipalities: int) -> None:
    assert queries.municipalities_on(day).count() == municipalities


@pytest.mark.parametrize(
    ("day", "ihk", "hwk"),
    [
        (date(2017, 12, 31), [11, 7, 5], [10, 6, 7]),
        (date(2021, 7, 1), [10, 7, 5], [10, 5, 7]),
    ],
)
def test_o12_o13_districts_per_chamber(day: date, ihk: list[int], hwk: list[int]) -> None:
    found = chambers.with_districts(day).order_by("name").values_list("kind", "district_count")
    assert [count for kind, count in found if kind == ChamberKind.IHK] == ihk
    assert [count for kind, count in found if kind == ChamberKind.HWK] == hwk


def test_o14_census() -> None:
    for rows in (queries.districts_on(NOW), queries.municipalities_on(NOW)):
        total = populations.total_of(
            rows, counted_on=date(2022, 5, 15), base=PopulationBase.CENSUS_2022
        )
        assert (total.total, total.missing) == (2_110_396, 0)


def test_a_total_says_what_is_missing() -> None:
    total = populations.total_of(
        queries.municipalities_on(date(2019, 1, 1)),
        counted_on=date(2017, 12, 31),
        base=PopulationBase.REGISTER_2011,
    )
    # The 2 of 2018, the 17 of 2019, and the one that got a new name.
    assert total.missing == 2 + 17 + 1


@pytest.mark.parametrize(
    ("chamber", "inhabitants"),
    [
        ("IHK Südthüringen", 380_761),
        # Within the borders of 2024: Hallungen has left the Wartburgkreis since the census.
        ("Handwerkskammer Südthüringen", 431_091),
        ("IHK Ostthüringen zu Gera", 648_924),
    ],
)
def test_people_per_chamber(chamber: str, inhabitants: int) -> None:
    held = chambers.districts_of(Chamber.objects.get(name=chamber), NOW).held
    total = populations.total_of(
        Territory.objects.filter(pk__in=[row.territory_id for row in held]),
        counted_on=date(2022, 5, 15),
        base=PopulationBase.CENSUS_2022,
    )
    assert total.total == inhabitants


@pytest.mark.parametrize(
    ("ags", "ihk", "hwk"),
    [
        ("16070", "IHK Südthüringen", "Handwerkskammer Erfurt"),
        ("16063", "IHK Erfurt", "Handwerkskammer Südthüringen"),
        ("16063003", "IHK Erfurt", "Handwerkskammer Südthüringen"),
        ("16053000", "IHK Ostthüringen zu Gera", "Handwerkskammer für Ostthüringen"),
    ],
)
def test_chambers_of_a_territory(ags: str, ihk: str, hwk: str) -> None:
    found = chambers.chambers_of(ags, NOW)
    assert found[ChamberKind.IHK].chamber.name == ihk
    assert found[ChamberKind.HWK].chamber.name == hwk


def test_eisenach_had_chambers_until_it_ended() -> None:
    found = chambers.chambers_of("16056000", date(2021, 6, 30))
    assert {fact.chamber.name for fact in found.values()} == {
        "IHK Erfurt",
        "Handwerkskammer Südthüringen",
    }
    assert {fact.valid_to for fact in found.values()} == {date(2021, 6, 30)}
    with pytest.raises(queries.UnknownTerritoryError, match=r"Am 01\.07\.2021 gibt es kein Gebiet"):
        chambers.chambers_of("16056", date(2021, 7, 1))


def test_a_state_has_no_chambers() -> None:
    with pytest.raises(queries.UnknownTerritoryError):
        chambers.chambers_of("16", NOW)


def test_chambers_of_many() -> None:
    districts = {row.ags: row.pk for row in queries.districts_on(NOW)}
    found = chambers.chamber_ids_of(districts.values(), NOW)
    assert len(found) == 22
    south = Chamber.objects.get(name="IHK Südthüringen").pk
    assert [ags for ags, pk in districts.items() if found[pk][ChamberKind.IHK] == south] == [
        "16054",
        "16066",
        "16069",
        "16070",
        "16072",
    ]


def test_former_districts() -> None:
    chamber = Chamber.objects.get(name="IHK Erfurt")
    assert [row.territory.ags for row in chambers.districts_of(chamber, NOW).former] == ["16056"]
    assert chambers.districts_of(chamber, date(2021, 6, 30)).former == []


def test_path() -> None:
    town = queries.territory_on("16070004", NOW)
    assert names(queries.path_of(town)) == ["Thüringen", "Ilm-Kreis"]
    assert queries.district_of(town) == queries.territory_on("16070", NOW)
    assert queries.district_of(queries.territory_on("16", NOW)) is None


def test_one_key_two_names() -> None:
    assert queries.territory_on("16073112", date(2018, 12, 31)).short_name == "Königsee-Rottenbach"
    assert queries.territory_on("16073112", date(2019, 1, 1)).short_name == "Königsee"


def test_an_unknown_key() -> None:
    with pytest.raises(queries.UnknownTerritoryError, match="kein Gebiet mit dem Schlüssel 16999"):
        queries.territory_on("16999", NOW)


@pytest.mark.parametrize(
    ("ags", "day", "today"),
    [
        ("16056", MEETING, ["16063"]),
        ("16056000", MEETING, ["16063105"]),
        ("16070055", MEETING, ["16070029"]),
        ("16064073", MEETING, ["16061118", "16064046", "16064071"]),
        # Its chain has two steps: into Rodeberg's neighbours only in 2024.
        ("16064055", MEETING, ["16061118", "16064046"]),
        ("16070017", MEETING, ["16054000"]),
        ("16073112", MEETING, ["16073112"]),
        ("16070004", MEETING, ["16070004"]),
    ],
)
def test_successors_today(ags: str, day: date, today: list[str]) -> None:
    found = queries.successors_today(queries.territory_on(ags, day), today=NOW)
    assert [row.ags for row in found] == today


def test_successors_over_two_steps() -> None:
    birkenfelde = queries.territory_on("16061007", MEETING)
    before = queries.successors_today(birkenfelde, today=date(2023, 12, 31))
    assert names(before) == ["Birkenfelde"]
    assert names(queries.successors_today(birkenfelde, today=NOW)) == ["Uder"]


def test_successors_of_many_in_one_query(django_assert_num_queries: object) -> None:
    ids = list(queries.municipalities_on(MEETING).values_list("pk", flat=True))
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.successors_on(ids, NOW)
    assert set(found) == set(ids)
    assert len({successor for after in found.values() for successor in after}) == 605


def test_the_day_before_nothing_has_a_successor() -> None:
    eisenach = queries.territory_on("16056", MEETING)
    assert queries.successors_on([eisenach.pk], date(2021, 6, 30)) == {eisenach.pk: [eisenach.pk]}


def test_changes_of_a_territory() -> None:
    later, earlier = queries.changes_of(queries.territory_on("16064073", MEETING))
    assert [(row.successor.ags, row.inhabitants) for row in later] == [
        ("16061118", 1699),
        ("16064046", 313),
        ("16064071", 1126),
    ]
    assert {row.evidence for row in later} == {Evidence.OFFICIAL}
    assert earlier == []
    _later, earlier = queries.changes_of(queries.territory_on("16061119", NOW))
    assert len(earlier) == 11


def test_keys_after() -> None:
    eisenach, erfurt = (queries.territory_on(key, MEETING).pk for key in ("16056", "16051"))
    assert queries.keys_after([eisenach, erfurt]) == {eisenach: ["16063"]}


def test_evidence_is_known_for_every_succession() -> None:
    found = dict(Succession.objects.values_list("evidence").annotate(Count("pk")).order_by())
    assert found == {Evidence.REFERENCE: 245, Evidence.OFFICIAL: 32}


def test_nearest_figure() -> None:
    erfurt = queries.territory_on("16051", NOW)
    figure = populations.nearest(erfurt, on=MEETING)
    assert figure is not None
    assert (figure.total, figure.base) == (212_988, PopulationBase.REGISTER_2011)
    census = populations.nearest(erfurt, on=MEETING, base=PopulationBase.CENSUS_2022)
    assert census is not None
    assert (census.total, census.counted_on) == (218_200, date(2022, 5, 15))
    assert populations.nearest(erfurt, on=NOW, base=PopulationBase.REGISTER_2022) is None


@pytest.mark.parametrize(
    ("day", "base"),
    [
        (MEETING, PopulationBase.REGISTER_2011),
        (date(2022, 5, 15), PopulationBase.CENSUS_2022),
        (NOW, PopulationBase.REGISTER_2011),
    ],
)
def test_a_list_has_figures_of_one_base(day: date, base: PopulationBase) -> None:
    assert populations.base_near(day) == base
    rows = populations.with_population(queries.districts_on(day), on=day, base=base)
    used = Population.objects.filter(base=base)
    for row in rows:
        if row.population is not None:
            figure = used.get(territory=row, counted_on=row.population_on)
            assert figure.total == row.population


def test_without_figures_there_is_no_base() -> None:
    Population.objects.all().delete()
    assert populations.base_near(NOW) is None
    assert populations.base_of_nearest([], NOW) is None
    assert populations.counts() == []


def test_counts() -> None:
    assert populations.counts() == [
        (date(2023, 12, 31), PopulationBase.REGISTER_2011),
        (date(2022, 5, 15), PopulationBase.CENSUS_2022),
        (date(2017, 12, 31), PopulationBase.REGISTER_2011),
    ]


def test_estimates_are_marked_where_municipalities_were_split() -> None:
    estimated = Population.objects.filter(estimated=True, territory__level=Level.DISTRICT)
    assert set(estimated.values_list("territory__ags", flat=True)) == {"16061", "16064"}


def test_parts() -> None:
    district = queries.territory_on("16070", NOW)
    base = PopulationBase.REGISTER_2011
    assert len(queries.parts_of(district, on=NOW, base=base)) == 16
    assert len(queries.parts_of(district, on=MEETING, base=base)) == 42
    assert len(queries.parts_of(queries.territory_on("16", NOW), on=NOW, base=base)) == 22
    association = queries.territory_on("160615001", NOW)
    assert {row["name"] for row in queries.parts_of(association, on=NOW, base=base)} >= {
        "Berlingerode"
    }
    assert queries.parts_of(queries.territory_on("16070004", NOW), on=NOW, base=base) == []


def test_parts_sum_up_to_the_whole() -> None:
    district = queries.territory_on("16070", NOW)
    parts = queries.parts_of(district, on=NOW, base=PopulationBase.REGISTER_2011)
    assert sum(row["population"] for row in parts) == 106_775


def test_known_days() -> None:
    known = queries.known_days(queries.territory_on("16070004", NOW))
    assert (known.since, known.until) == (date(2016, 12, 31), NOW)
    assert known == queries.known_days()
    assert known.covers(MEETING)
    assert not known.covers(date(2016, 12, 30))
    assert not known.covers(date(2025, 1, 1))


def test_without_states_everything_is_unknown() -> None:
    Territory.objects.filter(level=Level.STATE).update(known_from=None)
    assert queries.known_days() == queries.Known(None, None)
    assert queries.known_days().covers(MEETING)


def test_choices_for_roles() -> None:
    choices = queries.district_choices(on=NOW)
    assert len(choices) == 22
    assert choices[0][1] == "Altenburger Land"
    eisenach = queries.territory_on("16056", MEETING)
    assert queries.district_names([choices[0][0], eisenach.pk, 0]) == {
        choices[0][0]: "Altenburger Land",
        eisenach.pk: "Eisenach, Stadt",
    }


@pytest.mark.parametrize(
    ("day", "drawn_on", "areas"),
    [
        (MEETING, date(2018, 12, 31), 23),
        (date(2021, 6, 30), date(2018, 12, 31), 23),
        (date(2021, 7, 1), NOW, 22),
        (NOW, NOW, 22),
    ],
)
def test_sheet_of_districts(day: date, drawn_on: date, areas: int) -> None:
    state = queries.territory_on("16", day)
    sheet = outlines.sheet_of(Level.DISTRICT, state.pk, on=day)
    assert sheet is not None
    assert sheet.drawn_on == drawn_on
    assert len(sheet.areas) == areas
    assert sheet.attribution.startswith("© GeoBasis-DE / BKG")


def test_sheet_of_municipalities_is_that_of_its_day() -> None:
    district = queries.territory_on("16070", NOW)
    sheet = outlines.sheet_of(Level.MUNICIPALITY, district.pk, on=MEETING)
    assert sheet is not None
    assert (sheet.drawn_on, len(sheet.areas)) == (NOW, 16)


def test_no_sheet() -> None:
    eisenach = queries.territory_on("16056", MEETING)
    assert outlines.sheet_of(Level.MUNICIPALITY, eisenach.pk, on=MEETING) is None


def test_no_sheet_of_what_did_not_exist_when_it_was_drawn() -> None:
    state = queries.territory_on("16", NOW)
    Territory.objects.filter(level=Level.DISTRICT).update(
        valid_from=date(2025, 1, 1), valid_to=None
    )
    assert outlines.sheet_of(Level.DISTRICT, state.pk, on=date(2025, 1, 1)) is None


def test_all_levels_of_a_day() -> None:
    # State, districts, associations, municipalities.
    assert queries.territories_on(NOW).count() == 1 + 22 + 80 + 605
    assert queries.territories_on(NOW, within="16070").count() == 1 + 2 + 16
