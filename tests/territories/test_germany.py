"""The national list: the same format, another extent."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.facts import Tally
from buendnisnetz.territories.domain.load import load
from buendnisnetz.territories.domain.queries import territories as queries
from buendnisnetz.territories.enums import Level, TerritoryKind
from buendnisnetz.territories.models import Outline, Territory
from tests.territories.sets import changed

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("germany")]
NOW = date(2024, 12, 31)
MEETING = date(2017, 8, 24)


@pytest.fixture(scope="module")
def _germany_after_thuringia(
    loaded: dict[str, Tally], django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, Tally]]:
    with django_db_blocker.unblock(), transaction.atomic():
        # Taking the names of 10,000 places apart takes longer than all else, and nobody searches here.
        with override_settings(SPLIT_COMPOUNDS=False):
            report = load(dataset.read("deutschland"))
        yield report
        transaction.set_rollback(True)


@pytest.fixture
def germany(_germany_after_thuringia: dict[str, Tally], db: None) -> dict[str, Tally]:
    return _germany_after_thuringia


def test_only_the_rest_of_germany_is_new(germany: dict[str, Tally]) -> None:
    done = changed(germany)
    assert done["state"] == (15, 0)
    assert done["district"] == (378, 0)
    assert done["municipality"] == (10_957 - 605, 0)


def test_in_numbers() -> None:
    assert queries.territories_on(NOW, level=Level.STATE).count() == 16
    assert queries.districts_on(NOW).count() == 400
    assert queries.municipalities_on(NOW).count() == 10_752
    areas = Territory.objects.filter(kind=TerritoryKind.UNINCORPORATED)
    assert areas.count() == 205


def test_every_district_and_state_has_an_outline() -> None:
    with_outline = Outline.objects.values("territory")
    for rows in (queries.districts_on(NOW), queries.territories_on(NOW, level=Level.STATE)):
        assert rows.exclude(pk__in=with_outline).count() == 0


def test_thuringia_keeps_its_history() -> None:
    assert queries.districts_on(MEETING, state="16").count() == 23
    assert queries.municipalities_on(MEETING, within="16").count() == 849
    assert queries.territory_on("16073112", date(2018, 12, 31)).short_name == "Königsee-Rottenbach"
    assert queries.known_days(queries.territory_on("16", NOW)).since == date(2016, 12, 31)
    assert queries.known_days(queries.territory_on("09", NOW)).since == NOW


def test_twice_changes_nothing() -> None:
    assert changed(load(dataset.read("deutschland"))) == {}
    assert changed(load(dataset.read("thueringen"))) == {}


def test_city_states_are_state_district_and_municipality() -> None:
    path = queries.path_of(queries.territory_on("11000000", NOW))
    assert [row.ags for row in path] == ["11", "11000"]
