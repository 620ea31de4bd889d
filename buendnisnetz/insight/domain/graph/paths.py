"""Who connects one body with another: the shortest ways through the network."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from buendnisnetz.insight.domain.graph.network import Network

MOST_WAYS = 5


def shortest_ways(
    network: Network, start: int, goal: int, most: int = MOST_WAYS
) -> list[list[int]]:
    """At most so many of the shortest ways between two places, those with the strongest ties first.

    No way: an empty list. Ways are walked towards the goal one by one, because their number can
    grow without bounds.
    """
    graph = network.graph
    left = graph.distances(source=goal)[0]
    if left[start] == float("inf"):
        return []
    return list(islice(_ways(graph, [start], goal, left), most))


def _ways(graph: Any, way: list[int], goal: int, left: list[float]) -> Iterator[list[int]]:
    here = way[-1]
    if here == goal:
        yield way
        return
    nearer = [
        (-edge["weight"], next_one)
        for edge in graph.es[graph.incident(here)]
        if left[next_one := edge.target if edge.source == here else edge.source] == left[here] - 1
    ]
    for _weight, next_one in sorted(nearer):
        yield from _ways(graph, [*way, next_one], goal, left)
