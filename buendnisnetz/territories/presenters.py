"""Outlines as a drawing: coordinates become paths of whole units, north is up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any, NamedTuple

from buendnisnetz.territories.domain.queries.outlines import Area, Sheet

WIDTH = 640
_MARGIN = 6
Point = tuple[float, float]


class Shape(NamedTuple):
    """One territory of a drawing."""

    public_id: str
    name: str
    path: str
    highlighted: bool


class Marker(NamedTuple):
    """A place for which there is no outline."""

    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """What the map macro needs; the shapes stand in dictionary order."""

    width: int
    height: int
    shapes: list[Shape]
    marker: Marker | None
    drawn_on: date
    approximate: bool
    attribution: str
    source_url: str

    @property
    def layers(self) -> list[Shape]:
        """Highlighted shapes come last, so that their lines lie on top."""
        return sorted(self.shapes, key=lambda shape: shape.highlighted)


class _Projection:
    """Degrees to units of the drawing: equal distances look equal near the middle."""

    def __init__(self, points: list[Point]) -> None:
        self.west, east = min(x for x, _y in points), max(x for x, _y in points)
        south, self.north = min(y for _x, y in points), max(y for _x, y in points)
        self.squeeze = cos(radians((south + self.north) / 2))
        span = max((east - self.west) * self.squeeze, 1e-6)
        self.scale = (WIDTH - 2 * _MARGIN) / span
        self.height = round((self.north - south) * self.scale) + 2 * _MARGIN

    def __call__(self, longitude: float, latitude: float) -> tuple[int, int]:
        x = (longitude - self.west) * self.squeeze * self.scale
        y = (self.north - latitude) * self.scale
        return round(x) + _MARGIN, round(y) + _MARGIN


def _rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            yield [(x, y) for x, y in ring]


def _path(area: Area, project: _Projection) -> str:
    """Relative steps are half as long as absolute points; steps of nothing are left out."""
    parts = []
    for ring in _rings(area.geometry):
        points = [project(*point) for point in ring[:-1]]
        x, y = points[0]
        steps = []
        for next_x, next_y in points[1:]:
            if (next_x, next_y) != (x, y):
                steps.append(f"{next_x - x} {next_y - y}")
                x, y = next_x, next_y
        parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z" if steps else "")
    return "".join(parts)


def drawing(
    sheet: Sheet, highlighted: set[int], *, place: tuple[Any, Any] | None = None
) -> Drawing:
    """Draw a sheet; ``place`` (longitude, latitude) is marked if nothing is highlighted."""
    points = [point for area in sheet.areas for ring in _rings(area.geometry) for point in ring]
    project = _Projection(points)
    shapes = [
        Shape(area.public_id, area.name, _path(area, project), area.pk in highlighted)
        for area in sheet.areas
    ]
    marked = place and all(place) and not any(shape.highlighted for shape in shapes)
    return Drawing(
        width=WIDTH,
        height=project.height,
        shapes=shapes,
        marker=Marker(*project(float(place[0]), float(place[1]))) if place and marked else None,
        drawn_on=sheet.drawn_on,
        approximate=any(area.approximate for area in sheet.areas),
        attribution=sheet.attribution,
        source_url=sheet.source_url,
    )
