"""Outlines as a drawing: coordinates become paths of whole units, north is up."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from buendnisnetz.territories.domain.geometry import WIDTH, drawn
from buendnisnetz.territories.domain.queries.outlines import Sheet


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


def drawing(
    sheet: Sheet, highlighted: set[int], *, place: tuple[Any, Any] | None = None
) -> Drawing:
    """Draw a sheet; ``place`` (longitude, latitude) is marked if nothing is highlighted."""
    paths, project = drawn([area.outline for area in sheet.areas])
    shapes = [
        Shape(area.public_id, area.name, path, area.pk in highlighted)
        for area, path in zip(sheet.areas, paths, strict=True)
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
