"""What stands in the file of a network, beside the figures themselves and lists sorted slowly."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from buendnisnetz.insight.domain.graph import rows
from buendnisnetz.insight.domain.graph.breaks import breaks_of
from buendnisnetz.insight.domain.graph.figures import figures_of
from buendnisnetz.insight.domain.graph.network import Network
from buendnisnetz.insight.domain.graph.rows import day_in, node_in, nodes_of, ties_of
from buendnisnetz.insight.domain.graph.statements import kind_of
from buendnisnetz.ui.tables import Table
from tests.insight.graph.conftest import MADE_AT, RANDOM_GRAPHS, random_pair, written


def varied(seed: int) -> Network:
    """A random network whose names repeat and whose days are open here and there."""
    chance = Random(seed)  # noqa: S311 -- not for secrets
    network, _reference = random_pair(seed)
    nodes = [
        node._replace(sort_key=chance.choice(("ahorn", "birke", "birkenhain", "zeder", "ähre", "")))
        for node in network.nodes
    ]
    ties = [
        tie._replace(
            kinds=chance.randint(1, 5),
            first_day=chance.choice((None, date(2025, 3, 1), date(2026, 1, 31))),
            last_day=chance.choice((None, date(2026, 3, 1), date(2026, 11, 30))),
            rests_on=str(chance.randint(1, 99)),
        )
        for tie in network.ties
    ]
    return replace(network, nodes=nodes, ties=ties)


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_it_holds_all_figures(seed: int, tmp_path: Path):
    network = varied(seed)
    figures, breaks, seen = figures_of(network), breaks_of(network), written(network, tmp_path)
    found = list(nodes_of(seen).order_by("pk"))
    assert [node_in(row) for row in found] == network.nodes
    others = len(network.nodes) - 1
    for place, row in enumerate(found):
        assert (row["place"], row["degree"]) == (place, figures.degree[place])
        assert (row["strength"], row["component"]) == (
            figures.strength[place],
            figures.component[place],
        )
        assert row["betweenness"] == figures.betweenness[place]
        assert row["share"] == figures.betweenness[place] / (others * (others - 1) / 2)
        assert row["community"] == (figures.community[place] if figures.degree[place] else None)
        loss = breaks.nodes.get(place)
        assert (row["lost_nodes"], row["lost_alliances"]) == (
            (loss.nodes, loss.alliances) if loss else (None, None)
        )
    about = seen.about
    assert (about.made_at, about.exact) == (MADE_AT, figures.exact)
    assert (about.bodies, about.ties) == (len(network.nodes), len(network.ties))
    assert (about.isolated, about.parts) == (len(figures.isolated), figures.components)
    assert (about.modularity, about.density) == (figures.modularity, figures.density)
    assert about.communities == figures.communities


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_it_holds_all_ties(seed: int, tmp_path: Path):
    network = varied(seed)
    breaks, seen = breaks_of(network), written(network, tmp_path)
    found = list(ties_of(seen).order_by("pk"))
    assert [
        (row["a"], row["b"], row["weight"], row["kinds"], row["rests_on"]) for row in found
    ] == [(tie.a, tie.b, tie.weight, tie.kinds, tie.rests_on) for tie in network.ties]
    for row, tie in zip(found, network.ties, strict=True):
        assert (day_in(row["first_day"]), day_in(row["last_day"])) == (tie.first_day, tie.last_day)
        assert node_in(row, "one_") == network.nodes[tie.a]
        assert node_in(row, "other_") == network.nodes[tie.b]
        loss = breaks.ties.get((tie.a, tie.b))
        assert (row["lost_nodes"], row["lost_alliances"]) == (
            (loss.nodes, loss.alliances) if loss else (None, None)
        )
    pairs = [(tie.b, tie.a) for tie in network.ties[:5]]
    assert seen.rests_on(pairs) == [
        (network.nodes[tie.a].number, network.nodes[tie.b].number, tie.rests_on)
        for tie in network.ties[:5]
    ]


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_weak_points_are_the_weightiest(seed: int, tmp_path: Path):
    network = varied(seed)
    breaks, seen, nodes = breaks_of(network), written(network, tmp_path), network.nodes
    order = sorted(
        breaks.nodes.items(),
        key=lambda entry: (-entry[1].alliances, -entry[1].nodes, nodes[entry[0]].sort_key),
    )
    assert [(node.sort_key, loss) for node, loss in seen.breaks(5)] == [
        (nodes[place].sort_key, loss) for place, loss in order[:5]
    ]
    weighty = [(pair, loss) for pair, loss in breaks.ties.items() if loss.nodes > 1]
    weighty.sort(key=lambda entry: (-entry[1].alliances, -entry[1].nodes, entry[0]))
    assert [({one, other}, loss) for one, other, loss in seen.bridges(5)] == [
        ({nodes[a], nodes[b]}, loss) for (a, b), loss in weighty[:5]
    ]
    assert all(one.sort_key <= other.sort_key for one, other, _loss in seen.bridges(5))
    lonely = [n for place, n in enumerate(nodes) if not figures_of(network).degree[place]]
    for body in (0, 1):
        of_body = [node for node in lonely if kind_of(node.number) == body]
        assert seen.count_lonely(body) == len(of_body)
        assert seen.lonely(body, 3) == sorted(of_body, key=lambda node: node.sort_key)[:3]


NODE_ORDERS = [
    ("rank",), ("degree", "-rank"), ("strength", "-rank"), ("share", "-rank"),
    ("community", "rank"), ("lost_nodes", "-rank"),
]  # fmt: skip
TIE_ORDERS = [
    ("rank_a", "rank_b"), ("rank_b", "rank_a"), ("kinds", "rank_a"),
    ("weight", "-rank_a", "-rank_b"), ("first_day", "rank_a"), ("last_day", "rank_a"),
]  # fmt: skip


def turned(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key[1:] if key.startswith("-") else f"-{key}" for key in keys)


@pytest.mark.parametrize("seed", RANDOM_GRAPHS)
def test_every_order_is_that_of_a_slow_sort(seed: int, tmp_path: Path):
    """Names are compared letter by letter, empty comes last, equal ones stay as they were."""
    network = varied(seed)
    seen = written(network, tmp_path)
    all_nodes = list(nodes_of(seen).order_by("pk"))
    keys = [node.sort_key for node in network.nodes]
    slow = {
        "pk": [row["place"] for row in all_nodes],
        "rank": keys,
        **{name: [row[name] for row in all_nodes] for name in ("degree", "strength", "share")},
        **{name: [row[name] for row in all_nodes] for name in ("community", "lost_nodes")},
    }
    compare(nodes_of(seen), slow, NODE_ORDERS, lambda row: row["place"])
    ties = network.ties
    slow = {
        "pk": range(len(ties)),
        "rank_a": [keys[tie.a] for tie in ties],
        "rank_b": [keys[tie.b] for tie in ties],
        **{name: [getattr(tie, name) for tie in ties] for name in ("kinds", "weight")},
        **{name: [getattr(tie, name) for tie in ties] for name in ("first_day", "last_day")},
    }
    place = {(tie.a, tie.b): number for number, tie in enumerate(ties)}
    compare(ties_of(seen), slow, TIE_ORDERS, lambda row: place[row["a"], row["b"]])


def compare(found: rows.Rows, slow: Any, orders: list[tuple[str, ...]], place_of: Any) -> None:
    table = Table(slow)
    assert found.count() == table.count()
    for order in orders:
        for keys in ((*order, "pk"), (*turned(order), "pk")):
            expected = [row["pk"] for row in table.order_by(*keys)]
            assert [place_of(row) for row in found.order_by(*keys)] == expected
            part = found.order_by(*keys)[3:8]
            assert [place_of(row) for row in part] == expected[3:8]


@pytest.mark.parametrize("few", [0.0, 1.1])
@pytest.mark.parametrize("typed", ["birke", "ä", "nirgends", ""])
def test_search(typed: str, few: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rows, "FEW", few)
    network = varied(7)
    seen, keys = written(network, tmp_path), [node.sort_key for node in network.nodes]
    found = rows.named(nodes_of(seen), typed)
    assert [row["place"] for row in found.order_by("pk")] == [
        place for place, key in enumerate(keys) if typed in key
    ]
    ties = rows.with_ends_named(ties_of(seen), typed)
    expected = [
        (tie.a, tie.b) for tie in network.ties if typed in keys[tie.a] or typed in keys[tie.b]
    ]
    assert [(row["a"], row["b"]) for row in ties.order_by("pk")] == expected
    assert ties.count() == len(expected)
    assert ties[:3].count() == min(3, len(expected))


def test_what_a_typed_name_means(tmp_path: Path):
    network = varied(7)
    seen = written(network, tmp_path)
    named = [(place, node) for place, node in enumerate(network.nodes) if node.name == "Stelle 3"]
    assert seen.called("Stelle 3", "stelle 3", 10) == named
    assert seen.called("ort3", "ort3", 10) == named
    near = [(place, node) for place, node in enumerate(network.nodes) if "birke" in node.sort_key]
    assert seen.called("Birke", "birke", 100) == near
    assert seen.called("Birke", "birke", 2) == near[:2]
    assert seen.called("?", "", 10) == []
    assert seen.node_at("ort3") == named[0]
    assert seen.node_at("nirgends") is None
    assert seen.nodes_by_number([network.nodes[5].number, 999, network.nodes[2].number]) == [
        network.nodes[2],
        network.nodes[5],
    ]


_ASKS = """
import sys
from pathlib import Path

import django

django.setup()
from buendnisnetz.insight import urls
from buendnisnetz.insight.domain.graph.paths import shortest_ways
from buendnisnetz.insight.domain.graph.rows import nodes_of, ties_of
from buendnisnetz.insight.domain.graph.seen import Seen

seen = Seen(Path(sys.argv[1]))
lists = list(nodes_of(seen).order_by("-degree")[:50]), list(ties_of(seen).order_by("-weight")[:50])
shortest_ways(seen, 0, 1), seen.breaks(5), seen.layout()
loaded = ["igraph" in sys.modules]
seen.layout(community=0), seen.layout(around=0)
print([*loaded, "numpy" in sys.modules])
"""


def test_whoever_asks_loads_as_little_as_possible(tmp_path: Path):
    """Lists, ways and the whole picture need no library of graphs, and no picture needs numpy."""
    seen = written(varied(7), tmp_path)
    command = [sys.executable, "-c", _ASKS, str(seen.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- our own interpreter
    assert done.stdout.strip() == "[False, False]"
