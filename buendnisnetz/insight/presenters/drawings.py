"""The picture of the network: what is drawn where, with which words."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from django.utils.translation import gettext as _

from buendnisnetz.insight.domain.graph.layout import HEIGHT, WIDTH, Layout, Spot
from buendnisnetz.insight.domain.graph.network import Node
from buendnisnetz.insight.domain.graph.seen import Seen
from buendnisnetz.insight.domain.graph.statements import ALLIANCE, kind_of
from buendnisnetz.insight.presenters.graph import kind_words, page_of

# Only some are named, else the names cover the picture; all names stand in titles.
MOST_NAMED = 25
TONES = 6
LONGEST = 28
EDGE = 120


class Mark(NamedTuple):
    """A dot, or a square for an alliance; ``tone`` counts from 0 by community."""

    x: float
    y: float
    r: float
    square: bool
    tone: int
    href: str
    title: str
    name: str
    anchor: str


class Stroke(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    strokes: list[Stroke]
    marks: list[Mark]
    bubbles: bool
    left_out: int


def drawing(seen: Seen, layout: Layout, open_community: Callable[[int], str]) -> Drawing:
    """Marks and strokes; bubbles lead to their community, nodes to their page."""
    spots = layout.spots
    # What is drawn, with the number of its ties.
    nodes = seen.nodes_by_place(spot.place for spot in spots)
    weight = [spot.size if layout.bubbles else nodes[spot.place][1] for spot in spots]
    named = _named(layout, weight)
    strokes = [
        Stroke(
            spots[line.a].x, spots[line.a].y, spots[line.b].x, spots[line.b].y,
            min(1 + line.weight / 4, 5),
        )
        for line in layout.lines
    ]  # fmt: skip
    marks = [
        _bubble(nodes[spot.place][0], spot, open_community, named=order in named)
        if layout.bubbles
        else _node(*nodes[spot.place], spot, named=order in named)
        for order, spot in enumerate(spots)
    ]
    return Drawing(WIDTH, HEIGHT, strokes, marks, layout.bubbles, layout.left_out)


def _named(layout: Layout, weight: list[int]) -> set[int]:
    """Everybody in a small picture, else the best connected one of each community: names lie apart."""
    if len(layout.spots) <= MOST_NAMED:
        return set(range(len(layout.spots)))
    best: dict[int, int] = {}
    for order, spot in enumerate(layout.spots):
        first = best.setdefault(spot.community, order)
        if weight[order] > weight[first]:
            best[spot.community] = order
    return set(sorted(best.values(), key=lambda order: -weight[order])[:MOST_NAMED])


def _node(node: Node, degree: int, spot: Spot, *, named: bool) -> Mark:
    title = _("%(name)s: %(kind)s, ties: %(number)s") % {
        "name": node.name,
        "kind": kind_words(node),
        "number": degree,
    }
    return Mark(
        spot.x,
        spot.y,
        round(min(4 + sqrt(degree), 14), 1),
        kind_of(node.number) == ALLIANCE,
        spot.community % TONES,
        page_of(node),
        title,
        _short(node.name) if named else "",
        _anchor(spot.x),
    )


def _bubble(node: Node, spot: Spot, open_community: Callable[[int], str], *, named: bool) -> Mark:
    title = _("%(number)s bodies around %(name)s") % {"number": spot.size, "name": node.name}
    return Mark(
        spot.x,
        spot.y,
        round(min(6 + sqrt(spot.size) * 2, 60), 1),
        False,
        spot.community % TONES,
        open_community(spot.community + 1),
        title,
        f"{_short(node.name)} ({spot.size})" if named else "",
        _anchor(spot.x),
    )


def _anchor(x: float) -> str:
    """Names near the edge stand inwards, so that none is cut off."""
    if x < EDGE:
        return "start"
    return "end" if x > WIDTH - EDGE else "middle"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
