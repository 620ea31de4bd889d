"""The map as a page: a picture, a legend, the table with the same words, and the file for the script."""

import json
from typing import Any

import pytest

from buendnisnetz.territories.models import Territory
from tests.factories.network import make_alliance
from tests.network.views.reading import rows_of, text_of
from tests.territories.conftest import loaded, thuringia  # noqa: F401

pytestmark = pytest.mark.usefixtures("thuringia")
MAP, FILE = "/orte/karte/", "/orte/karte/umrisse/"


def test_a_state_as_a_picture_a_legend_and_a_table(keeper):
    answer = keeper.get(MAP)
    page = answer.content.decode()
    assert page.count('<path class="is-map__area') == 22
    assert "weniger als ein Drittel" in text_of(answer)
    rows = {row[0]: row[1:] for row in rows_of(answer)}
    assert len(rows) == 22
    assert rows["Ilm-Kreis"] == ["0 von 16 Gemeinden", "mit Umriss"]
    assert "/orte/karte/?frage=ALLIANCE&amp;stand=2026-11-22&amp;kreis=16070" in page


def test_a_district_leads_back_to_its_state(keeper):
    answer = keeper.get(MAP + "?kreis=16070&frage=WHITE&stand=2024-12-31")
    assert "weißer Fleck" in text_of(answer)
    assert ["Ilmenau", "weißer Fleck", "mit Umriss"] in rows_of(answer)
    assert "land=16" in answer.content.decode()


def test_an_earlier_day_says_what_is_a_point_only(keeper):
    answer = keeper.get(MAP + "?kreis=16070&stand=2017-08-24")
    drawn = [row[2] for row in rows_of(answer)]
    assert drawn.count("als Punkt") > 10
    assert answer.content.decode().count("<circle") == drawn.count("als Punkt")
    assert "der Umriss" in text_of(answer)


@pytest.mark.parametrize(
    "query", ["?land=99", "?kreis=16999", "?kreis=16056&stand=2024-01-01", "?land=16&kreis=x"]
)
def test_no_such_place_on_the_day(keeper, query):
    assert keeper.get(MAP + query).status_code == 404
    assert keeper.get(FILE + query).status_code == 404


def test_an_unknown_question_is_that_about_alliances(keeper):
    assert rows_of(keeper.get(MAP + "?frage=QUATSCH")) == rows_of(keeper.get(MAP))


def test_the_file_holds_what_the_table_says(keeper):
    make_alliance(territory=Territory.objects.get(ags="16070029", valid_to=None))
    data = json.loads(keeper.get(FILE + "?kreis=16070").content)
    found = {one["properties"]["name"]: one["properties"]["text"] for one in data["features"]}
    assert found["Ilmenau"] == "ein eigenes Bündnis"
    assert found == {row[0]: row[1] for row in rows_of(keeper.get(MAP + "?kreis=16070"))}


@pytest.mark.parametrize(("query", "queries"), [("", 6), ("?kreis=16070", 6)])
def test_costs(keeper, query: str, queries: int, django_assert_num_queries: Any):
    keeper.get(MAP + query)
    with django_assert_num_queries(queries):
        keeper.get(MAP + query)


def test_tiles_only_by_setting(keeper, settings):
    assert "data-tiles" not in keeper.get(MAP).content.decode()
    settings.TILES_URL = "https://kacheln.example.org/{z}/{x}/{y}.png"
    settings.TILES_ATTRIBUTION = "© Kachelamt"
    page = keeper.get(MAP).content.decode()
    assert "https://kacheln.example.org/{z}/{x}/{y}.png" in page
    assert "© Kachelamt" in page
