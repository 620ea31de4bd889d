"""Maps of coverage: outlines of the day, older places as points, and the same words in the table."""

import json
from datetime import date
from typing import Any

import pytest

from buendnisnetz.insight.domain.queries.maps import (
    ALL,
    NOTHING,
    PARTLY,
    CoverageMap,
    Spot,
    map_of_district,
    map_of_state,
)
from buendnisnetz.insight.enums import MapQuestion
from buendnisnetz.insight.presenters import maps as presenters
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.territories.domain.queries.outlines import Sheet
from buendnisnetz.territories.models import Territory
from tests.factories.insight import join, make_mark
from tests.factories.meetings import make_meeting
from tests.factories.network import TODAY, make_alliance, make_post, make_term
from tests.territories.conftest import loaded, thuringia  # noqa: F401

pytestmark = pytest.mark.usefixtures("thuringia")
BEFORE = date(2017, 8, 24)


def place(ags: str, day: date = TODAY) -> Territory:
    return Territory.objects.as_of(day).get(ags=ags)


def spot_of(found: CoverageMap, ags: str) -> Spot:
    return next(spot for spot in found.spots if spot.ags == ags)


def state_map(question: MapQuestion = MapQuestion.ALLIANCE, day: date = TODAY) -> CoverageMap:
    return map_of_state(place("16"), day, question)


def ilm_kreis(question: MapQuestion, day: date = TODAY) -> CoverageMap:
    return map_of_district(place("16070", day), day, question)


class TestOfAState:
    @pytest.mark.parametrize(("day", "number"), [(BEFORE, 23), (date(2021, 7, 1), 22)])
    def test_the_districts_of_the_day_with_their_outlines(self, day, number):
        found = state_map(day=day)
        assert (len(found.spots), found.without_outline, found.of_districts) == (number, [], True)
        assert found.sheet is not None

    def test_the_step_is_the_share_of_its_municipalities(self):
        total = spot_of(state_map(), "16070").total
        towns = Territory.objects.municipalities().as_of(TODAY).filter(ags__startswith="16070")
        assert total == towns.count()
        steps = []
        for town in towns.order_by("ags"):
            make_alliance(territory=town)
            spot = spot_of(state_map(), "16070")
            steps.append((spot.number, spot.step))
        assert [number for number, _step in steps] == list(range(1, total + 1))
        thirds = [1 + min(2, 3 * number // total) for number in range(1, total)]
        assert [step for _number, step in steps] == [*thirds, ALL]
        assert set(thirds) == {1, 2, 3}

    def test_nothing_known_is_the_lowest_step(self):
        assert {spot.step for spot in state_map().spots} == {NOTHING}
        assert {spot.step for spot in state_map(MapQuestion.WHITE).spots} == {ALL}


class TestOfADistrict:
    def test_an_alliance_of_its_own_or_through_the_district(self):
        make_alliance(territory=place("16070"))
        make_alliance(territory=place("16070029"))
        found = ilm_kreis(MapQuestion.ALLIANCE)
        assert spot_of(found, "16070029").step == ALL
        assert spot_of(found, "16070004").step == PARTLY
        assert presenters.words_of(spot_of(found, "16070004"), MapQuestion.ALLIANCE, False) == (
            "über den Kreis"
        )

    def test_a_contact_or_the_mark_none(self):
        make_term(make_post(place("16070029"), kind=PostKind.OTHER, is_contact=True))
        make_mark(place("16070004"))
        found = ilm_kreis(MapQuestion.CONTACT)
        steps = [spot_of(found, ags).step for ags in ("16070029", "16070004", "16070028")]
        assert steps == [ALL, PARTLY, NOTHING]

    @pytest.mark.parametrize(
        "question",
        [MapQuestion.CARETAKER, MapQuestion.MEETING, MapQuestion.MEMBER, MapQuestion.WHITE],
    )
    def test_the_other_questions_say_yes_or_no(self, question):
        town = place("16070029")
        before = spot_of(ilm_kreis(question), "16070029").step
        if question == MapQuestion.CARETAKER:
            make_term(make_post(town, kind=PostKind.CARETAKER))
        elif question == MapQuestion.MEETING:
            make_meeting(territory=town)
        elif question == MapQuestion.MEMBER:
            join(make_alliance(), OrganisationKind.COMPANY, territory=town)
        else:
            make_alliance(territory=town)
        after = spot_of(ilm_kreis(question), "16070029").step
        assert {before, after} == {ALL, NOTHING}
        assert (before == ALL) is (question == MapQuestion.WHITE)
        assert spot_of(ilm_kreis(question), "16070004").step == before

    def test_municipalities_of_today_have_outlines(self):
        found = ilm_kreis(MapQuestion.ALLIANCE)
        assert found.without_outline == []
        assert {spot.total for spot in found.spots} == {1}

    def test_those_of_an_earlier_day_are_points_or_stand_in_the_table_only(self):
        found = ilm_kreis(MapQuestion.ALLIANCE, BEFORE)
        old = found.without_outline
        assert len(old) > 10
        drawn = presenters.drawing(found, MapQuestion.ALLIANCE)
        assert drawn is not None
        assert len(drawn.shapes) + len(old) == len(found.spots)
        assert len(drawn.dots) == sum(spot.point is not None for spot in old)


def make_spot(pk: int, **facts: Any) -> Spot:
    values: dict[str, Any] = {
        "pk": pk, "public_id": f"ort{pk}", "ags": f"1607000{pk}", "name": f"Ort {pk}",
        "step": ALL, "number": 1, "total": 1, "outline": "", "point": None,
    }  # fmt: skip
    return Spot(**{**values, **facts})


SQUARE = {
    "type": "MultiPolygon",
    "coordinates": [[[[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 51.0], [10.0, 50.0]]]],
}
SPOTS = [
    make_spot(1, outline=json.dumps(SQUARE)),
    make_spot(2, point=(10.5, 50.5), step=NOTHING),
    make_spot(3),
]
SHEET = Sheet(date(2024, 12, 31), [], "© Landesamt", "https://example.org/")


def link(spot: Spot) -> str:
    return f"/{spot.public_id}/"


class TestPresenting:
    def test_the_table_says_how_each_stands_on_the_map(self):
        found = CoverageMap(SPOTS, SHEET, False)
        assert presenters.rows(found, MapQuestion.MEMBER, link) == [
            ("Ort 1", "/ort1/", "ja", "mit Umriss"),
            ("Ort 2", "/ort2/", "nein", "als Punkt"),
            ("Ort 3", "/ort3/", "ja", "gar nicht"),
        ]

    def test_the_drawing_has_shapes_and_dots_inside_its_frame(self):
        drawn = presenters.drawing(CoverageMap(SPOTS, SHEET, False), MapQuestion.MEMBER)
        assert drawn is not None
        (shape,), (dot,) = drawn.shapes, drawn.dots
        assert (shape.name, shape.step, shape.text) == ("Ort 1", ALL, "ja")
        assert 0 < dot.x < drawn.width
        assert 0 < dot.y < drawn.height
        assert (drawn.drawn_on, drawn.attribution) == (SHEET.drawn_on, "© Landesamt")

    def test_points_alone_claim_no_day_of_outlines(self):
        drawn = presenters.drawing(CoverageMap(SPOTS[1:], None, False), MapQuestion.MEMBER)
        assert drawn is not None
        assert (drawn.shapes, drawn.drawn_on, drawn.attribution) == ([], None, "")
        assert drawn.height >= 24

    def test_without_anything_to_draw_there_is_no_drawing(self):
        assert presenters.drawing(CoverageMap([SPOTS[2]], None, False), MapQuestion.MEMBER) is None
        assert presenters.drawing(CoverageMap([], None, True), MapQuestion.MEMBER) is None

    def test_the_file_for_the_script_holds_the_same(self):
        file = presenters.collection(CoverageMap(SPOTS, SHEET, False), MapQuestion.MEMBER, link)
        assert [one["geometry"]["type"] for one in file["features"]] == ["MultiPolygon", "Point"]
        assert file["features"][1]["properties"] == {
            "name": "Ort 2", "step": NOTHING, "text": "nein", "url": "/ort2/",
        }  # fmt: skip

    @pytest.mark.parametrize("question", MapQuestion)
    def test_every_step_that_occurs_stands_in_the_legend(self, question):
        steps = {step for step, _text in presenters.legend(ilm_kreis(question), question)}
        assert {spot.step for spot in ilm_kreis(question).spots} <= steps
        of_state = {step for step, _text in presenters.legend(state_map(question), question)}
        assert of_state == {0, 1, 2, 3, 4}

    def test_a_district_says_how_many(self):
        spot = make_spot(1, number=3, total=16, step=1)
        assert presenters.words_of(spot, MapQuestion.MEMBER, True) == "3 von 16 Gemeinden"
