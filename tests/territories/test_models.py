"""What the database itself refuses, and what a model can say about itself."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from buendnisnetz.territories.enums import (
    ChamberKind,
    ChangeKind,
    Level,
    PopulationBase,
    TerritoryKind,
)
from buendnisnetz.territories.models import (
    Chamber,
    ChamberDistrict,
    Outline,
    Population,
    Source,
    Succession,
    Territory,
)
from tests.factories.territories import make_chamber, make_district, make_municipality, make_state

pytestmark = pytest.mark.django_db


def refused(model: Any, **values: Any) -> str:
    """The name of the constraint that refuses a row."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model.objects.create(**values)
    return str(caught.value)


def make_source() -> Source:
    return Source.objects.create(
        key="amt", title="Verzeichnis", attribution="© Amt", licence="frei"
    )


@pytest.mark.parametrize(
    ("level", "ags"),
    [
        (Level.STATE, "160"),
        (Level.DISTRICT, "1606"),
        (Level.DISTRICT, "16O61"),
        (Level.ASSOCIATION, "16061500"),
        (Level.MUNICIPALITY, "160610010"),
        (Level.MUNICIPALITY, ""),
    ],
)
def test_a_key_fits_its_level(level: Level, ags: str) -> None:
    parent = None if level == Level.STATE else make_state()
    name = refused(
        Territory, level=level, kind=TerritoryKind.TOWN, ags=ags, name="X", parent=parent
    )
    assert "territories_territory_key_fits_level" in name


def test_only_a_state_has_nothing_above_it() -> None:
    values = {"kind": TerritoryKind.TOWN, "name": "X"}
    without = refused(Territory, level=Level.DISTRICT, ags="16061", **values)
    assert "territories_territory_has_parent" in without
    above = make_state()
    with_one = refused(Territory, level=Level.STATE, ags="17", parent=above, **values)
    assert "territories_territory_has_parent" in with_one


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ((None, None), (None, None), False),
        ((None, date(2018, 12, 31)), (date(2018, 12, 31), None), False),
        ((None, date(2018, 12, 31)), (date(2019, 1, 1), None), True),
        ((date(2019, 1, 1), None), (date(2020, 1, 1), date(2020, 12, 31)), False),
        ((date(2019, 1, 1), date(2019, 12, 31)), (date(2020, 1, 1), date(2020, 12, 31)), True),
    ],
)
def test_a_key_stands_for_one_territory_at_a_time(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None], allowed: bool
) -> None:
    make_district("16061", valid_from=first[0], valid_to=first[1])
    values = {
        "level": Level.DISTRICT,
        "kind": TerritoryKind.RURAL_DISTRICT,
        "ags": "16061",
        "name": "Y",
        "parent": make_state(),
        "valid_from": second[0],
        "valid_to": second[1],
    }
    if allowed:
        assert Territory.objects.create(**values).pk
    else:
        assert "territories_territory_one_per_key" in refused(Territory, **values)


def test_the_same_digits_may_name_two_levels() -> None:
    district = make_district("16061")
    make_municipality(district, ags="16061001")
    association = Territory(
        level=Level.ASSOCIATION,
        kind=TerritoryKind.ASSOCIATION,
        ags="160610010",
        name="VG",
        parent=district,
    )
    association.save()
    assert Territory.objects.filter(ags__startswith="16061001").count() == 2


def test_a_period_does_not_end_before_it_starts() -> None:
    message = refused(
        Territory,
        level=Level.DISTRICT,
        kind=TerritoryKind.RURAL_DISTRICT,
        ags="16061",
        name="X",
        parent=make_state(),
        valid_from=date(2020, 1, 1),
        valid_to=date(2019, 12, 31),
    )
    assert "territories_territory_starts_before_it_ends" in message


def test_forms_get_sentences_for_what_the_database_refuses() -> None:
    territory = Territory(
        level=Level.DISTRICT,
        kind=TerritoryKind.RURAL_DISTRICT,
        ags="161",
        name="X",
        short_name="X",
        parent=make_state(),
    )
    with pytest.raises(ValidationError) as caught:
        territory.full_clean()
    assert "Der Schlüssel passt nicht zur Ebene." in caught.value.messages


def test_a_succession_is_recorded_once_and_never_of_itself() -> None:
    first, second = make_district("16056"), make_district("16063")
    values = {"on": date(2021, 7, 1), "kind": ChangeKind.MERGER}
    Succession.objects.create(predecessor=first, successor=second, **values)
    again = refused(Succession, predecessor=first, successor=second, **values)
    assert "territories_succession_once" in again
    itself = refused(Succession, predecessor=first, successor=first, **values)
    assert "territories_succession_not_itself" in itself


def test_a_figure_is_recorded_once_per_count() -> None:
    values = {
        "territory": make_district(),
        "counted_on": date(2022, 5, 15),
        "borders_on": date(2024, 12, 31),
        "source": make_source(),
        "total": 5,
    }
    Population.objects.create(base=PopulationBase.CENSUS_2022, **values)
    Population.objects.create(base=PopulationBase.REGISTER_2022, **values)
    again = refused(Population, base=PopulationBase.CENSUS_2022, **values)
    assert "territories_population_once" in again


def test_a_territory_is_drawn_once_a_day() -> None:
    values = {
        "territory": make_district(),
        "drawn_on": date(2024, 12, 31),
        "geometry": '{"type": "MultiPolygon", "coordinates": []}',
        "source": make_source(),
    }
    Outline.objects.create(**values)
    assert "territories_outline_once" in refused(Outline, **values)


def test_a_district_has_one_chamber_of_a_kind() -> None:
    district = make_district()
    chamber = make_chamber(district)
    other = Chamber.objects.create(kind=ChamberKind.IHK, name="IHK Anderswo", seat="Anderswo")
    values = {"territory": district, "valid_from": date(2020, 1, 1)}
    message = refused(ChamberDistrict, chamber=other, kind=ChamberKind.IHK, **values)
    assert "territories_chamberdistrict_one_per_kind" in message
    chamber.districts.update(valid_to=date(2019, 12, 31))
    assert ChamberDistrict.objects.create(chamber=other, kind=ChamberKind.IHK, **values).pk


def test_nothing_that_others_refer_to_is_deleted() -> None:
    district = make_district()
    make_municipality(district)
    with pytest.raises(IntegrityError):
        district.delete()


def test_everything_has_words() -> None:
    first, second = make_district("16056", "Eisenach"), make_district("16063", "Wartburgkreis")
    source = make_source()
    chamber = make_chamber(first)
    succession = Succession(predecessor=first, successor=second, on=date(2021, 7, 1))
    population = Population(territory=first, counted_on=date(2017, 12, 31), total=42_710)
    outline = Outline(territory=first, drawn_on=date(2018, 12, 31))
    membership = chamber.districts.get()
    assert str(first) == "Eisenach"
    assert str(source) == "Verzeichnis"
    assert str(chamber) == "IHK Musterstadt"
    assert str(succession) == f"{first.pk} → {second.pk}"
    assert str(population) == "42710 (2017-12-31)"
    assert str(outline) == f"{first.pk} (2018-12-31)"
    assert str(membership) == f"{first.pk}: {chamber.pk}"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Schmalkalden", ["Schmalkalden-Meiningen"]),
        ("meiningen", ["Schmalkalden-Meiningen"]),
        ("Soemmerda", ["Sömmerda"]),
        ("somerda", ["Sömmerda"]),
        ("16068", ["Sömmerda"]),
        ("", ["Schmalkalden-Meiningen", "Sömmerda"]),
        ("Rostock", []),
    ],
)
def test_search_finds_names_as_people_type_them(typed: str, found: list[str]) -> None:
    make_district("16066", "Schmalkalden-Meiningen")
    make_district("16068", "Sömmerda")
    rows = Territory.objects.districts().search(typed).order_by("ags")
    assert [row.name for row in rows] == found


def test_everybody_sees_territories() -> None:
    make_district()
    assert Territory.objects.visible_to(None).count() == Territory.objects.count() == 2


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2018, 12, 31), False),
        (date(2019, 1, 1), True),
        (date(2019, 12, 31), True),
        (date(2020, 1, 1), False),
    ],
)
def test_both_ends_belong_to_a_period(day: date, holds: bool) -> None:
    district = make_district(valid_from=date(2019, 1, 1), valid_to=date(2019, 12, 31))
    assert district.holds_on(day) is holds
    assert Territory.objects.districts().as_of(day).exists() is holds
