"""Forms of this room: days as people write them, choices as of a day."""

from datetime import date

import pytest
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from buendnisnetz.territories.domain.queries import territories as queries
from buendnisnetz.territories.forms.filters import ChamberFilter, DayForm, TerritoryFilter
from buendnisnetz.territories.models import Territory
from buendnisnetz.territories.views.days import asked, default_day

MEETING = date(2017, 8, 24)


def request_for(query: str) -> HttpRequest:
    request = HttpRequest()
    request.GET = QueryDict(query)
    return request


@pytest.mark.parametrize("typed", ["2017-08-24", "24.08.2017", " 24.08.2017 "])
def test_days_as_people_write_them(typed: str) -> None:
    form = DayForm({"stand": typed})
    assert form.is_valid()
    assert form.cleaned_data["stand"] == MEETING


@pytest.mark.parametrize("typed", ["gestern", "31.02.2020", "2020-13-01", "08/24/2017"])
def test_what_is_no_day(typed: str) -> None:
    form = DayForm({"stand": typed})
    assert not form.is_valid()
    assert form.errors["stand"] == [
        "Das ist kein Tag. Bitte schreiben Sie ihn als 24.08.2017 oder 2017-08-24."
    ]


def test_the_field_is_one_for_days() -> None:
    html = str(DayForm({"stand": "2017-08-24"})["stand"])
    assert 'type="date"' in html
    assert 'value="2017-08-24"' in html
    assert 'id="filter_stand"' in html


@pytest.mark.usefixtures("thuringia")
def test_districts_to_choose_from_are_those_of_the_day() -> None:
    before = TerritoryFilter({}, day=MEETING).fields["parent"]
    after = TerritoryFilter({}, day=date(2024, 12, 31)).fields["parent"]
    names = [name for _key, name in before.choices]  # type: ignore[attr-defined]
    assert names[:3] == ["alle", "Altenburger Land", "Eichsfeld"]
    assert "Eisenach, Stadt" in names
    assert len(after.choices) == 23  # type: ignore[attr-defined]


@pytest.mark.usefixtures("thuringia")
def test_a_wrong_choice_is_left_out() -> None:
    form = TerritoryFilter({"level": "PLANET", "parent": "99", "kind": "TOWN"}, day=MEETING)
    assert not form.is_valid()
    assert {"level", "parent"} == set(form.errors)
    assert form.cleaned_data["kind"] == "TOWN"


def test_chambers_have_no_search_box() -> None:
    assert list(ChamberFilter({}).fields) == ["stand", "kind"]


def test_today_if_nothing_was_asked() -> None:
    on = asked(request_for(""))
    assert on.day == timezone.localdate()
    assert f'value="{on.day}"' in on.field


def test_the_asked_day() -> None:
    assert asked(request_for("stand=2017-08-24")).day == MEETING


def test_a_wrong_day_keeps_what_was_typed() -> None:
    on = asked(request_for("stand=gestern"))
    assert on.day == timezone.localdate()
    assert 'value="gestern"' in on.field
    assert 'aria-invalid="true"' in on.field


@pytest.mark.parametrize(
    ("valid_to", "day"),
    [(date(2021, 6, 30), date(2021, 6, 30)), (None, None), (date(2999, 12, 31), None)],
)
def test_what_has_ended_is_shown_as_of_its_last_day(
    valid_to: date | None, day: date | None
) -> None:
    territory = Territory(valid_to=valid_to)
    assert default_day(territory) == (day or timezone.localdate())


def test_an_asked_day_wins_over_the_last_one() -> None:
    territory = Territory(valid_to=date(2021, 6, 30))
    assert asked(request_for("stand=2017-08-24"), territory).day == MEETING


@pytest.mark.usefixtures("thuringia")
@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({}, 627),
        ({"level": "DISTRICT"}, 22),
        ({"level": "all"}, 708),
        ({"parent": "16070"}, 16),
        ({"parent": "16070", "level": "DISTRICT"}, 0),
        ({"parent": "16070", "level": "ASSOCIATION"}, 2),
        ({"kind": "FULFILLING_MUNICIPALITY", "level": "all"}, 38),
        ({"kind": "INDEPENDENT_CITY"}, 10),
    ],
)
def test_narrowing(values: dict[str, str], count: int) -> None:
    rows = Territory.objects.as_of(date(2024, 12, 31))
    assert queries.narrowed(rows, values).count() == count
