"""What is drawn, and where."""

from pathlib import Path

import pytest

from buendnisnetz.insight.domain.graph import layout as module
from buendnisnetz.insight.domain.graph.figures import figures_of
from buendnisnetz.insight.domain.graph.layout import HEIGHT, MARGIN, WIDTH, layout_of
from tests.insight.graph.conftest import RANDOM_GRAPHS, network_of, random_pair, written

# Two triangles and a pair, joined by one tie; one loose node.
TWO = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5), (6, 7)]


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_every_tied_node_stands_on_the_sheet(seed: int):
    network, reference = random_pair(seed)
    found = layout_of(network, figures_of(network))
    assert [spot.place for spot in found.spots] == [n for n in reference if reference.degree(n)]
    assert len(found.lines) == reference.number_of_edges()
    assert all(MARGIN <= spot.x <= WIDTH - MARGIN for spot in found.spots)
    assert all(MARGIN <= spot.y <= HEIGHT - MARGIN for spot in found.spots)


def test_the_same_network_looks_the_same():
    network = network_of(9, TWO, {})
    figures = figures_of(network)
    assert layout_of(network, figures) == layout_of(network, figures)


def test_nothing_tied_nothing_drawn():
    network = network_of(3, [], {})
    found = layout_of(network, figures_of(network))
    assert (found.spots, found.lines, found.left_out) == ([], [], 0)


def test_one_community(tmp_path: Path):
    found = written(network_of(9, TWO, {}), tmp_path).layout(community=0)
    assert {spot.place for spot in found.spots} in ({0, 1, 2}, {3, 4, 5})
    assert len(found.lines) == 3


def test_the_surroundings_of_a_node(tmp_path: Path):
    found = written(network_of(9, TWO, {}), tmp_path).layout(around=0)
    assert {spot.place for spot in found.spots} == {0, 1, 2, 3}


def test_alone_it_is_drawn_alone(tmp_path: Path):
    found = written(network_of(9, TWO, {}), tmp_path).layout(around=8)
    assert [spot.place for spot in found.spots] == [8]


class TestLargeNetworks:
    def test_communities_are_drawn_with_the_ties_between_them(self, monkeypatch):
        monkeypatch.setattr(module, "MOST_DRAWN", 4)
        network = network_of(9, TWO, {})
        found = layout_of(network, figures_of(network))
        assert found.bubbles
        assert [(spot.size, spot.community) for spot in found.spots] == [(3, 0), (3, 1), (2, 2)]
        assert {found.spots[0].place, found.spots[1].place} == {2, 3}
        assert [(line.a, line.b, line.weight) for line in found.lines] == [(0, 1, 1)]
        assert found.left_out == 0

    def test_more_communities_than_can_be_drawn_are_said_to_be_left_out(self, monkeypatch):
        monkeypatch.setattr(module, "MOST_DRAWN", 2)
        network = network_of(9, TWO, {})
        found = layout_of(network, figures_of(network))
        assert (len(found.spots), found.left_out) == (2, 1)

    def test_of_a_large_community_the_best_connected_ones(self, monkeypatch, tmp_path: Path):
        star = [(0, place) for place in range(1, 9)] + [(1, 2)]
        monkeypatch.setattr(module, "MOST_DRAWN", 3)
        network = network_of(9, star, {})
        figures = figures_of(network)
        found = written(network, tmp_path).layout(community=0)
        assert 0 in {spot.place for spot in found.spots}
        assert len(found.spots) == 3
        assert found.left_out == sum(number == 0 for number in figures.community) - 3

    def test_the_middle_of_surroundings_is_always_there(self, monkeypatch, tmp_path: Path):
        monkeypatch.setattr(module, "MOST_DRAWN", 2)
        star = [(0, place) for place in range(1, 9)]
        found = written(network_of(9, star, {}), tmp_path).layout(around=8)
        assert [spot.place for spot in found.spots] == [0, 8]


@pytest.mark.parametrize("most", [400, 7])
@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_a_part_is_chosen_as_from_the_whole_network(
    seed: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    network, _reference = random_pair(seed)
    figures, seen = figures_of(network), written(network, tmp_path)
    monkeypatch.setattr(module, "MOST_DRAWN", most)
    parts = [
        (seen.layout(around=place), network.graph.neighborhood(place, order=2), place)
        for place in range(min(8, len(network.nodes)))
    ]
    for number in range(figures.communities):
        members = [place for place, own in enumerate(figures.community) if own == number]
        parts.append((seen.layout(community=number), members, None))
    for found, wanted, middle in parts:
        wanted.sort(key=lambda place: (place != middle, -figures.degree[place]))
        drawn = sorted(wanted[:most])
        assert [spot.place for spot in found.spots] == drawn
        assert [spot.community for spot in found.spots] == [figures.community[p] for p in drawn]
        assert [(drawn[line.a], drawn[line.b], line.weight) for line in found.lines] == [
            (tie.a, tie.b, tie.weight) for tie in network.ties if {tie.a, tie.b} <= set(drawn)
        ]
        assert found.left_out == len(wanted) - len(drawn)


@pytest.mark.parametrize("most", [400, 3])
def test_the_picture_of_the_whole_is_kept_in_the_file(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "MOST_DRAWN", most)
    network = network_of(9, TWO, {(0, 1): 4})
    assert written(network, tmp_path).layout() == layout_of(network, figures_of(network))
