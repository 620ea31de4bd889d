"""Figures agree with a second library on random networks."""

import networkx
import pytest

from buendnisnetz.insight.domain.graph import figures as module
from buendnisnetz.insight.domain.graph.figures import DRAWN, betweenness, figures_of
from tests.insight.graph.conftest import RANDOM_GRAPHS, network_of, random_pair


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
class TestAgainstNetworkx:
    def test_degree_and_strength(self, seed: int):
        network, reference = random_pair(seed)
        found = figures_of(network)
        assert found.degree == [reference.degree(node) for node in reference]
        assert found.strength == [reference.degree(node, weight="weight") for node in reference]

    def test_betweenness(self, seed: int):
        network, reference = random_pair(seed)
        expected = networkx.betweenness_centrality(reference, normalized=False)
        found = figures_of(network)
        assert found.exact
        assert found.betweenness == pytest.approx([expected[node] for node in reference])

    def test_components_isolated_ones_and_density(self, seed: int):
        network, reference = random_pair(seed)
        found = figures_of(network)
        parts: dict[int, set[int]] = {}
        for place, part in enumerate(found.component):
            parts.setdefault(part, set()).add(place)
        expected = list(networkx.connected_components(reference))
        assert sorted(map(sorted, parts.values())) == sorted(map(sorted, expected))
        assert found.components == sum(len(part) > 1 for part in expected)
        assert found.isolated == sorted(networkx.isolates(reference))
        assert found.density == pytest.approx(networkx.density(reference))

    def test_modularity_is_not_below(self, seed: int):
        network, reference = random_pair(seed)
        found = figures_of(network)
        if not reference.number_of_edges():
            assert found.communities == 0
            return
        parts = networkx.community.louvain_communities(reference, weight="weight", seed=seed)
        best = networkx.community.modularity(reference, parts, weight="weight")
        assert found.modularity >= best - 1e-9
        alone = max(found.community) + 1
        own = [
            {place for place in reference if found.community[place] == number}
            for number in range(alone)
        ] + [{place} for place in found.isolated]
        ours = networkx.community.modularity(reference, own, weight="weight")
        assert found.modularity == pytest.approx(ours)


def test_the_largest_community_and_part_come_first():
    ties = [(0, 1), (2, 3), (3, 4), (2, 4), (4, 5), (3, 5), (2, 5)]
    found = figures_of(network_of(7, ties, {}))
    assert found.community == [1, 1, 0, 0, 0, 0, -1]
    assert found.component == [1, 1, 0, 0, 0, 0, 2]
    assert (found.communities, found.components, found.isolated) == (2, 2, [6])


@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_network_without_ties(size: int):
    found = figures_of(network_of(size, [], {}))
    assert found.isolated == list(range(size))
    assert (found.communities, found.components, found.density) == (0, 0, 0.0)
    assert found.betweenness == [0.0] * size


def test_the_same_network_gives_the_same_communities():
    network, _reference = random_pair(7)
    again, _reference = random_pair(7)
    assert figures_of(network).community == figures_of(again).community


def test_large_networks_are_reckoned_from_drawn_nodes(monkeypatch: pytest.MonkeyPatch):
    """Of the nodes that connect most, the approximation finds the same ones."""
    reference = networkx.barabasi_albert_graph(600, 2, seed=4)
    ties = {(min(pair), max(pair)) for pair in reference.edges}
    network = network_of(600, ties, {})
    exact, is_exact = betweenness(network.graph)
    monkeypatch.setattr(module, "EXACT_UP_TO", 1000)
    near, is_near_exact = betweenness(network.graph)
    assert (is_exact, is_near_exact) == (True, False)
    assert near != exact
    best = sorted(range(600), key=lambda place: -exact[place])[:5]
    nearly_best = sorted(range(600), key=lambda place: -near[place])[:10]
    assert set(best) <= set(nearly_best)
    assert sum(near) == pytest.approx(sum(exact), rel=0.1)
    assert len(network.nodes) > DRAWN
