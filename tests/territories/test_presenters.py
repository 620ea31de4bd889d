"""Outlines as drawings."""

import json
import re
from datetime import date
from typing import Any

import pytest

from buendnisnetz.territories import presenters
from buendnisnetz.territories.domain.queries.outlines import Area, Sheet


def square(west: float, south: float, side: float = 1.0) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def area(number: int, geometry: dict[str, Any], *, approximate: bool = False) -> Area:
    return Area(
        number, f"gebiet{number}", f"Gebiet {number}", None, json.dumps(geometry), approximate
    )


def sheet(*areas: Area) -> Sheet:
    return Sheet(date(2024, 12, 31), list(areas), "© Amt", "https://example.org/")


def test_the_drawing_fills_its_width() -> None:
    drawing = presenters.drawing(sheet(area(1, square(10, 0))), set())
    (shape,) = drawing.shapes
    assert drawing.width == presenters.WIDTH
    # At the equator a degree is as long in both directions.
    assert drawing.height == pytest.approx(presenters.WIDTH, abs=1)
    assert shape.path == "M6 634l628 0 0 -628 -628 0z"


def test_north_is_up_and_degrees_of_longitude_shrink() -> None:
    drawing = presenters.drawing(sheet(area(1, square(10, 59.5))), set())
    assert drawing.height == pytest.approx(2 * (presenters.WIDTH - 12) + 12, rel=0.01)


def test_highlighted_shapes_lie_on_top_and_the_list_keeps_its_order() -> None:
    areas = [area(1, square(10, 50)), area(2, square(11, 50))]
    drawing = presenters.drawing(sheet(*areas), {1})
    assert [shape.name for shape in drawing.shapes] == ["Gebiet 1", "Gebiet 2"]
    assert [shape.name for shape in drawing.layers] == ["Gebiet 2", "Gebiet 1"]
    assert [shape.highlighted for shape in drawing.layers] == [False, True]


def test_holes_and_islands_are_drawn() -> None:
    geometry = square(10, 50, 3)
    geometry["coordinates"][0].append(square(11, 51)["coordinates"][0][0])
    geometry["coordinates"].append(square(14, 50)["coordinates"][0])
    drawing = presenters.drawing(sheet(area(1, geometry)), set())
    assert drawing.shapes[0].path.count("M") == 3


def test_points_that_fall_together_are_left_out() -> None:
    geometry = square(10, 50)
    ring = geometry["coordinates"][0][0]
    ring.insert(1, [10.0001, 50.0])
    drawing = presenters.drawing(sheet(area(1, geometry)), set())
    assert len(re.findall(r"-?\d+ -?\d+", drawing.shapes[0].path)) == 4


def test_what_is_smaller_than_a_unit_has_no_path() -> None:
    areas = [area(1, square(10, 50, 5)), area(2, square(12, 52, 0.0001))]
    assert presenters.drawing(sheet(*areas), set()).shapes[1].path == ""


def test_a_border_that_moved_is_drawn_anew() -> None:
    before, after = area(1, square(10, 50)), area(1, square(10, 50, 2))
    beside = area(2, square(14, 50))
    drawings = [presenters.drawing(sheet(row, beside), set()) for row in (before, after, before)]
    paths = [[shape.path for shape in drawing.shapes] for drawing in drawings]
    assert paths[0] == paths[2]
    assert paths[0][0] != paths[1][0]
    assert drawings[0].height < drawings[1].height


@pytest.mark.parametrize(
    ("highlighted", "place", "marked"),
    [
        (set(), (10.5, 50.5), True),
        ({1}, (10.5, 50.5), False),
        (set(), (None, None), False),
        (set(), None, False),
    ],
)
def test_a_place_is_marked_only_without_an_outline(
    highlighted: set[int], place: tuple[float | None, float | None] | None, marked: bool
) -> None:
    drawing = presenters.drawing(sheet(area(1, square(10, 50))), highlighted, place=place)
    assert (drawing.marker is not None) == marked


def test_the_marker_stands_in_the_middle() -> None:
    drawing = presenters.drawing(sheet(area(1, square(10, 50))), set(), place=(10.5, 50.5))
    assert drawing.marker is not None
    assert drawing.marker.x == presenters.WIDTH // 2
    assert drawing.marker.y == pytest.approx(drawing.height / 2, abs=1)


def test_a_drawing_says_if_lines_are_estimates() -> None:
    assert presenters.drawing(sheet(area(1, square(10, 50), approximate=True)), set()).approximate
    assert not presenters.drawing(sheet(area(1, square(10, 50))), set()).approximate
