"""A map as drawing, legend, table and GeoJSON: always the same spots with the same words."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from buendnisnetz.insight.domain.queries.maps import ALL, NOTHING, PARTLY, CoverageMap, Spot
from buendnisnetz.insight.enums import MapQuestion
from buendnisnetz.territories.domain.geometry import WIDTH, drawn

Links = Callable[[Spot], str]


class Shape(NamedTuple):
    name: str
    step: int
    path: str
    text: str


class Dot(NamedTuple):
    """A place whose outline of that day is not known."""

    name: str
    step: int
    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    shapes: list[Shape]
    dots: list[Dot]
    drawn_on: date | None
    approximate: bool
    attribution: str
    source_url: str


def words_of(spot: Spot, question: MapQuestion, of_districts: bool) -> str:
    """What a spot says, in words: the same on the map and in the table."""
    if of_districts:
        return _("%(number)s of %(total)s municipalities") % {
            "number": spot.number,
            "total": spot.total,
        }
    return _step_words(question)[spot.step]


def _step_words(question: MapQuestion) -> dict[int, str]:
    special = {
        MapQuestion.ALLIANCE: {
            ALL: _("an alliance of its own"),
            PARTLY: _("through the district"),
            NOTHING: _("no alliance"),
        },
        MapQuestion.CONTACT: {
            ALL: _("a contact"),
            PARTLY: _("marked: no contact"),
            NOTHING: _("not known"),
        },
        MapQuestion.WHITE: {ALL: _("white spot"), NOTHING: _("reached somehow")},
    }
    return special.get(question, {ALL: _("yes"), NOTHING: _("no")})


def legend(found: CoverageMap, question: MapQuestion) -> list[tuple[int, str]]:
    """The steps with what they mean, the most first."""
    if not found.of_districts:
        return sorted(_step_words(question).items(), reverse=True)
    return [
        (ALL, _("all municipalities")),
        (3, _("two thirds or more")),
        (2, _("a third or more")),
        (1, _("less than a third")),
        (NOTHING, _("none")),
    ]


def rows(
    found: CoverageMap, question: MapQuestion, links: Links
) -> list[tuple[str, str, str, str]]:
    """The map as a table: name, address, words, and how it stands on the map."""
    return [
        (spot.name, links(spot), words_of(spot, question, found.of_districts), _drawn_as(spot))
        for spot in found.spots
    ]


def _drawn_as(spot: Spot) -> str:
    if spot.outline:
        return _("with its outline")
    return _("as a point") if spot.point is not None else pgettext("map", "not at all")


def drawing(found: CoverageMap, question: MapQuestion) -> Drawing | None:
    """The map as a still picture; None where nothing can be drawn."""
    outlined = [spot for spot in found.spots if spot.outline]
    dotted = [spot for spot in found.without_outline if spot.point is not None]
    if not outlined and not dotted:
        return None
    points = [spot.point for spot in dotted if spot.point is not None]
    paths, project = drawn([spot.outline for spot in outlined], points)
    sheet = found.sheet
    return Drawing(
        width=WIDTH,
        height=max(project.height, 24),
        shapes=[
            Shape(
                spot.name,
                spot.step,
                path,
                words_of(spot, question, found.of_districts),
            )
            for spot, path in zip(outlined, paths, strict=True)
        ],
        dots=[
            Dot(
                spot.name,
                spot.step,
                *project(*(spot.point or (0, 0))),
                words_of(spot, question, found.of_districts),
            )
            for spot in dotted
        ],
        drawn_on=sheet.drawn_on if sheet and outlined else None,
        approximate=any(area.approximate for area in sheet.areas) if sheet else False,
        attribution=sheet.attribution if sheet else "",
        source_url=sheet.source_url if sheet else "",
    )


def collection(found: CoverageMap, question: MapQuestion, links: Links) -> dict[str, Any]:
    """The map as GeoJSON; places without an outline are points."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": json.loads(spot.outline)
                if spot.outline
                else {"type": "Point", "coordinates": spot.point},
                "properties": {
                    "name": spot.name,
                    "step": spot.step,
                    "text": words_of(spot, question, found.of_districts),
                    "url": links(spot),
                },
            }
            for spot in found.spots
            if spot.outline or spot.point is not None
        ],
    }
