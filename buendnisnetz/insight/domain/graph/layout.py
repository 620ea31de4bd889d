"""Where the nodes stand in the picture, and how much of a large network is drawn."""

import random
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from buendnisnetz.insight.domain.graph.figures import SEED, Figures, seeded
from buendnisnetz.insight.domain.graph.network import Network
from buendnisnetz.insight.domain.graph.wishes import STEPS_AROUND

# More nodes than this are drawn as communities; people do not tell more dots apart.
MOST_DRAWN = 400
WIDTH, HEIGHT, MARGIN = 1000, 700, 40


@dataclass(frozen=True)
class Spot:
    """A node, or a community of ``size`` nodes whose best connected one it is named after."""

    place: int
    x: float
    y: float
    size: int
    community: int


@dataclass(frozen=True)
class Line:
    """Between two spots, by their places in the list of spots."""

    a: int
    b: int
    weight: int


@dataclass(frozen=True)
class Layout:
    """``bubbles``: spots are communities. ``left_out``: nodes or communities with ties that are not
    drawn, those with the fewest ties."""

    spots: list[Spot]
    lines: list[Line]
    bubbles: bool
    left_out: int


def layout_of(
    network: Network, figures: Figures, community: int | None = None, around: int | None = None
) -> Layout:
    """The picture of a network, of one of its communities, or of what lies ``STEPS_AROUND`` a node.

    The same network looks the same.
    """
    if around is not None:
        wanted = network.graph.neighborhood(around, order=STEPS_AROUND)
    else:
        wanted = [
            place
            for place, number in enumerate(figures.community)
            if number >= 0 and community in (None, number)
        ]
        if community is None and len(wanted) > MOST_DRAWN:
            return _bubbles(network, figures)
    wanted = sorted(wanted, key=lambda place: (place != around, -figures.degree[place]))
    drawn = sorted(wanted[:MOST_DRAWN])
    new = {place: order for order, place in enumerate(drawn)}
    lines = [
        Line(new[tie.a], new[tie.b], tie.weight)
        for tie in network.ties
        if tie.a in new and tie.b in new
    ]
    points = _points(len(drawn), lines)
    spots = [
        Spot(place, x, y, 1, figures.community[place])
        for place, (x, y) in zip(drawn, points, strict=True)
    ]
    return Layout(spots, lines, bubbles=False, left_out=len(wanted) - len(drawn))


def _bubbles(network: Network, figures: Figures) -> Layout:
    """Communities as spots, tied by how many ties go between them."""
    number = min(figures.communities, MOST_DRAWN)
    sizes, head = [0] * number, [-1] * number
    for place, community in enumerate(figures.community):
        if 0 <= community < number:
            sizes[community] += 1
            best = head[community]
            if best < 0 or figures.degree[place] > figures.degree[best]:
                head[community] = place
    between: dict[tuple[int, int], int] = {}
    for tie in network.ties:
        a, b = sorted((figures.community[tie.a], figures.community[tie.b]))
        if a != b and b < number:
            between[a, b] = between.get((a, b), 0) + 1
    lines = [Line(a, b, weight) for (a, b), weight in sorted(between.items())]
    points = _points(number, lines)
    spots = [Spot(head[order], x, y, sizes[order], order) for order, (x, y) in enumerate(points)]
    return Layout(spots, lines, bubbles=True, left_out=figures.communities - number)


def _points(size: int, lines: list[Line]) -> list[tuple[float, float]]:
    """Places within the sheet, a tenth of a unit exact."""
    if not size:
        return []
    library = import_module("igraph")
    graph = library.Graph(n=size, edges=[(line.a, line.b) for line in lines])
    start = random.Random(SEED)  # noqa: S311 -- not for secrets
    seed = [(start.uniform(-10, 10), start.uniform(-10, 10)) for _node in range(size)]
    with seeded():
        found = graph.layout_fruchterman_reingold(niter=300, seed=seed)
    columns = list(zip(*found, strict=True))
    xs, ys = (
        _stretched(values, most) for values, most in zip(columns, (WIDTH, HEIGHT), strict=True)
    )
    return list(zip(xs, ys, strict=True))


def _stretched(values: Any, most: int) -> list[float]:
    """The same order over the whole length; far-off parts are drawn nearer by spreading the ranks
    half-way."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    low, high = values[order[0]], values[order[-1]]
    span, steps = (high - low) or 1.0, max(len(values) - 1, 1)
    ranks = {place: rank for rank, place in enumerate(order)}
    inner = most - 2 * MARGIN
    return [
        round(MARGIN + inner * ((value - low) / span + ranks[place] / steps) / 2, 1)
        for place, value in enumerate(values)
    ]
