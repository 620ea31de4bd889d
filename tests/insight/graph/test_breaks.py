"""Where the network would break, told by taking each node and each tie out, one by one."""

from typing import Any

import networkx
import pytest

from buendnisnetz.insight.domain.graph.breaks import Loss, breaks_of
from tests.insight.graph.conftest import RANDOM_GRAPHS, network_of, random_pair


def lost_without(reference: Any, part: set[int], smaller: Any) -> Loss:
    """All pieces of what was connected, except the largest one."""
    left = smaller.subgraph(part - (set(reference) - set(smaller)))
    pieces = [
        (len(piece), sum(place % 4 == 0 for place in piece))
        for piece in networkx.connected_components(left)
    ]
    pieces.remove(max(pieces))
    return Loss(sum(size for size, _own in pieces), sum(own for _size, own in pieces))


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_cut_nodes_and_what_they_cut_off(seed: int):
    network, reference = random_pair(seed)
    found = breaks_of(network)
    assert set(found.nodes) == set(networkx.articulation_points(reference))
    for place, loss in found.nodes.items():
        part = networkx.node_connected_component(reference, place)
        smaller = reference.copy()
        smaller.remove_node(place)
        assert loss == lost_without(reference, part, smaller)


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_bridges_and_what_they_cut_off(seed: int):
    network, reference = random_pair(seed)
    found = breaks_of(network)
    assert set(found.ties) == {(min(pair), max(pair)) for pair in networkx.bridges(reference)}
    for pair, loss in found.ties.items():
        part = networkx.node_connected_component(reference, pair[0])
        smaller = reference.copy()
        smaller.remove_edge(*pair)
        assert loss == lost_without(reference, part, smaller)


def test_a_chain_breaks_everywhere_inside():
    found = breaks_of(network_of(5, [(0, 1), (1, 2), (2, 3), (3, 4)], {}))
    assert found.nodes == {1: Loss(1, 1), 2: Loss(2, 1), 3: Loss(1, 1)}
    assert found.ties[1, 2] == Loss(2, 1)


def test_a_ring_breaks_nowhere():
    found = breaks_of(network_of(4, [(0, 1), (1, 2), (2, 3), (0, 3)], {}))
    assert (found.nodes, found.ties) == ({}, {})
