"""Geometry as drawn by a server: degrees become whole units of a picture, north is up. Pure."""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from math import cos, radians
from typing import Any, NamedTuple

WIDTH = 640
MARGIN = 6
Point = tuple[float, float]
# So many pictures are remembered, of some ten kilobytes each.
_MOST_KEPT = 100


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


class Drawn(NamedTuple):
    """The paths of outlines, in the order in which those came, and what they were drawn by."""

    paths: list[str]
    project: Projection


def drawn(outlines: Sequence[str], points: Sequence[Point] = ()) -> Drawn:
    """Outlines, each the text of a GeoJSON MultiPolygon, in one picture that has room for the points too.

    Borders change once a year and stand on every map of the country, so what was drawn from the same
    texts before is given out again. Raises ``ValueError`` where there is nothing to draw.
    """
    source = blake2b("\n".join((*outlines, repr(points))).encode()).digest()
    found = _KEPT.get(source)
    if found is None:
        found = _drawn([json.loads(outline) for outline in outlines], points)
        # Another thread may empty it at any time.
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[source] = found
    return found


_KEPT: dict[bytes, Drawn] = {}


def _drawn(geometries: Sequence[dict[str, Any]], points: Iterable[Point]) -> Drawn:
    within = [point for geometry in geometries for ring in rings(geometry) for point in ring]
    project = Projection([*within, *points])
    return Drawn([path_of(geometry, project) for geometry in geometries], project)


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
