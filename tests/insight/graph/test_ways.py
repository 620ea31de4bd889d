"""The shortest ways between two nodes."""

import networkx
import pytest

from buendnisnetz.insight.domain.graph.paths import shortest_ways
from tests.insight.graph.conftest import RANDOM_GRAPHS, network_of, random_pair


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_all_shortest_ways_are_found(seed: int):
    network, reference = random_pair(seed)
    for goal in list(reference)[1:6]:
        found = shortest_ways(network, 0, goal, most=10_000)
        if networkx.has_path(reference, 0, goal):
            expected = networkx.all_shortest_paths(reference, 0, goal)
            assert sorted(found) == sorted(expected)
        else:
            assert found == []


def test_the_stronger_tie_comes_first_and_the_number_is_limited():
    ties = [(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 4)]
    network = network_of(5, ties, {(0, 2): 9, (2, 4): 9})
    assert shortest_ways(network, 0, 4)[0] == [0, 2, 4]
    assert len(shortest_ways(network, 0, 4)) == 3
    assert len(shortest_ways(network, 0, 4, most=2)) == 2


def test_from_a_node_to_itself_it_is_no_way_at_all():
    assert shortest_ways(network_of(2, [(0, 1)], {}), 0, 0) == [[0]]
