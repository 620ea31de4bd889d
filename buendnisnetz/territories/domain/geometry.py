"""Geometry as drawn by a server: degrees become whole units of a picture, north is up. Pure."""

from collections.abc import Iterable, Iterator
from math import cos, radians
from typing import Any

WIDTH = 640
MARGIN = 6
Point = tuple[float, float]


class Projection:
    """Degrees to units of the drawing: equal distances look equal near the middle."""

    def __init__(self, points: Iterable[Point]) -> None:
        points = list(points)
        self.west, east = min(x for x, _y in points), max(x for x, _y in points)
        south, self.north = min(y for _x, y in points), max(y for _x, y in points)
        self.squeeze = cos(radians((south + self.north) / 2))
        span = max((east - self.west) * self.squeeze, 1e-6)
        self.scale = (WIDTH - 2 * MARGIN) / span
        self.height = round((self.north - south) * self.scale) + 2 * MARGIN

    def __call__(self, longitude: float, latitude: float) -> tuple[int, int]:
        return self.line([(longitude, latitude)])[0]

    def line(self, points: Iterable[Point]) -> list[tuple[int, int]]:
        """Many points at once: a map has thousands."""
        west, north, squeeze, scale = self.west, self.north, self.squeeze, self.scale
        return [
            (round((x - west) * squeeze * scale) + MARGIN, round((north - y) * scale) + MARGIN)
            for x, y in points
        ]


def rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    """All rings of a GeoJSON MultiPolygon."""
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            yield [(x, y) for x, y in ring]


def path_of(geometry: dict[str, Any], project: Projection) -> str:
    """The path of a geometry. Relative steps are half as long as absolute points; steps of nothing
    are left out."""
    parts = []
    for ring in rings(geometry):
        points = project.line(ring[:-1])
        x, y = points[0]
        steps = []
        for next_x, next_y in points[1:]:
            if (next_x, next_y) != (x, y):
                steps.append(f"{next_x - x} {next_y - y}")
                x, y = next_x, next_y
        parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z" if steps else "")
    return "".join(parts)
