"""The shortest ways between two nodes."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import networkx
import pytest

from buendnisnetz.insight.domain.graph.paths import shortest_ways
from tests.insight.graph.conftest import RANDOM_GRAPHS, network_of, random_pair, written


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_all_shortest_ways_are_found(seed: int, tmp_path: Path):
    network, reference = random_pair(seed)
    seen = written(network, tmp_path)
    for goal in list(reference)[1:6]:
        found = shortest_ways(seen, 0, goal, most=10_000)
        if networkx.has_path(reference, 0, goal):
            expected = networkx.all_shortest_paths(reference, 0, goal)
            assert sorted(found) == sorted(expected)
        else:
            assert found == []


def test_the_stronger_tie_comes_first_and_the_number_is_limited(tmp_path: Path):
    ties = [(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 4)]
    seen = written(network_of(5, ties, {(0, 2): 9, (2, 4): 9}), tmp_path)
    assert shortest_ways(seen, 0, 4)[0] == [0, 2, 4]
    assert len(shortest_ways(seen, 0, 4)) == 3
    assert len(shortest_ways(seen, 0, 4, most=2)) == 2


def test_from_a_node_to_itself_it_is_no_way_at_all(tmp_path: Path):
    assert shortest_ways(written(network_of(2, [(0, 1)], {}), tmp_path), 0, 0) == [[0]]


def ways_one_by_one(
    graph: Any, way: list[int], goal: int, left: list[float]
) -> Iterator[list[int]]:
    """The same by distances of all from the goal, in the order that readers know."""
    if way[-1] == goal:
        yield way
        return
    ties = [graph.es[place] for place in graph.incident(way[-1])]
    ends = [(-tie["weight"], tie.target if tie.source == way[-1] else tie.source) for tie in ties]
    for _weight, end in sorted(ends):
        if left[end] == left[way[-1]] - 1:
            yield from ways_one_by_one(graph, [*way, end], goal, left)


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_the_first_ways_are_those_of_the_whole_network(seed: int, tmp_path: Path):
    network, _reference = random_pair(seed)
    graph, seen = network.graph, written(network, tmp_path)
    for start in range(min(5, graph.vcount())):
        for goal in range(graph.vcount()):
            left = graph.distances(source=goal)[0]
            ways = ways_one_by_one(graph, [start], goal, left)
            expected = list(islice(ways, 5)) if left[start] < float("inf") else []
            assert shortest_ways(seen, start, goal) == expected
