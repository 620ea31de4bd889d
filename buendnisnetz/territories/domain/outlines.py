"""Outlines in files: whole numbers, each the step from the point before, packed.

``{"scale": 10000, "outlines": {"16051": [[[x, y, dx, dy, ...], hole, ...], polygon, ...]}}`` holds for
each key its polygons, for each polygon its rings, and for each ring all points but the repeated last.
"""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.territories.domain.manifest import Manifest, parse
from buendnisnetz.territories.domain.tables import BadFileError, read_bytes

Ring = list[list[float]]


@dataclass(frozen=True)
class OutlineSheet:
    """All outlines of one file; they belong to the territories that held on ``territories_on``."""

    file: str
    source: str
    drawn_on: date
    territories_on: date
    geometries: dict[str, dict[str, Any]]
    approximate: frozenset[str]


def read(path: Path, found: Manifest) -> OutlineSheet:
    """Read a file of outlines; raises :class:`BadFileError`."""
    document = parse(read_bytes(path), path.name)
    try:
        scale = int(document["scale"])
        return OutlineSheet(
            file=path.name,
            source=found.sources[document["source"]].key,
            drawn_on=date.fromisoformat(document["drawn_on"]),
            territories_on=date.fromisoformat(document["territories_on"]),
            geometries={
                key: geometry(polygons, scale) for key, polygons in document["outlines"].items()
            },
            approximate=frozenset(document.get("approximate", [])),
        )
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:  # fmt: skip
        raise BadFileError(path.name, _("this entry is missing or wrong: %(what)s") % {"what": error}) from None  # fmt: skip


def geometry(polygons: list[list[list[int]]], scale: int) -> dict[str, Any]:
    """The GeoJSON MultiPolygon of one territory."""
    return {
        "type": "MultiPolygon",
        "coordinates": [[ring(steps, scale) for steps in rings] for rings in polygons],
    }


def ring(steps: list[int], scale: int) -> Ring:
    """A closed ring from the steps between its points."""
    across, along = accumulate(steps[0::2]), accumulate(steps[1::2])
    points = [[x / scale, y / scale] for x, y in zip(across, along, strict=True)]
    return [*points, points[0]]
