"""Where the nodes stand in the picture, and how much of a large network is drawn."""

import random
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from buendnisnetz.insight.domain.graph.figures import SEED, Figures, seeded
from buendnisnetz.insight.domain.graph.network import Network

# A picture settles in so many turns. Each takes time by the square of what is drawn, and a page can
# wait for about this much of it.
TURNS = 300
WORK_OF_A_PAGE = 12_000_000
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


def layout_of(network: Network, figures: Figures) -> Layout:
    """The picture of a network: everybody who has a tie, or its communities if these are too many.

    The same network looks the same.
    """
    tied = [place for place, number in enumerate(figures.community) if number >= 0]
    if len(tied) > MOST_DRAWN:
        return _bubbles(network, figures)
    ties = [(tie.a, tie.b, tie.weight) for tie in network.ties]
    chosen = [(place, figures.community[place]) for place in tied]
    return drawn(chosen, ties, 0, turns=TURNS)


def drawn(
    chosen: list[tuple[int, int]],
    ties: list[tuple[int, int, int]],
    left_out: int,
    turns: int | None = None,
) -> Layout:
    """The picture of some bodies, each with its community, and of the ties between them, in so many
    turns or in as many as a page can wait for."""
    new = {place: order for order, (place, _community) in enumerate(chosen)}
    lines = [Line(new[a], new[b], weight) for a, b, weight in ties]
    if turns is None:
        turns = min(TURNS, WORK_OF_A_PAGE // max(len(chosen), 1) ** 2)
    points = _points(len(chosen), lines, turns)
    spots = [
        Spot(place, x, y, 1, community)
        for (place, community), (x, y) in zip(chosen, points, strict=True)
    ]
    return Layout(spots, lines, bubbles=False, left_out=left_out)


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
    points = _points(number, lines, TURNS)
    spots = [Spot(head[order], x, y, sizes[order], order) for order, (x, y) in enumerate(points)]
    return Layout(spots, lines, bubbles=True, left_out=figures.communities - number)


def _points(size: int, lines: list[Line], turns: int) -> list[tuple[float, float]]:
    """Places within the sheet, a tenth of a unit exact."""
    if not size:
        return []
    library = import_module("igraph")
    # The plain graph of the library: the other one loads numpy, 13 MB in every web process.
    graph = library.GraphBase(size, [(line.a, line.b) for line in lines])
    start = random.Random(SEED)  # noqa: S311 -- not for secrets
    seed = [(start.uniform(-10, 10), start.uniform(-10, 10)) for _node in range(size)]
    with seeded():
        found = graph.layout_fruchterman_reingold(niter=turns, seed=seed)
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
