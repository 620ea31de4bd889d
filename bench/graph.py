"""Figures of a network of 20,000 bodies and 200,000 ties, beside the same with networkx.

``python -m bench.graph`` runs each side in a process of its own, so that memory can be told apart,
and prints seconds, megabytes and the ratio; ``python -m bench`` puts it into its report.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

NODES, TIES, SEED = 20_000, 200_000, 2017
# As many nodes as a large alliance with its surroundings has.
AROUND = 200


def pairs() -> list[tuple[int, int]]:
    """Nine ties of ten stay within a surrounding of 200 bodies, where a few have very many."""
    chance = random.Random(SEED)
    found: set[tuple[int, int]] = set()
    while len(found) < TIES:
        a = chance.randrange(NODES)
        if chance.random() < 0.9:
            first = a - a % AROUND
            b = first + int(AROUND * chance.random() ** 2)
        else:
            b = chance.randrange(NODES)
        if a != b:
            found.add((min(a, b), max(a, b)))
    return sorted(found)


def ours() -> dict[str, Callable[[], Any]]:
    from buendnisnetz.insight.domain.graph.breaks import breaks_of
    from buendnisnetz.insight.domain.graph.figures import betweenness, communities, figures_of
    from buendnisnetz.insight.domain.graph.layout import layout_of
    from buendnisnetz.insight.domain.graph.network import Network, Node, Tie

    nodes = [Node(4 * place, f"Stelle {place}", "", "", "", "", None) for place in range(NODES)]
    network = Network(nodes, [Tie(a, b, 1, 1, None, None) for a, b in pairs()])
    return {
        "graph": lambda: network.graph,
        "betweenness": lambda: betweenness(network.graph),
        "communities": lambda: communities(network.graph)[1],
        "components": lambda: len(network.graph.connected_components()),
        "breaks": lambda: breaks_of(network),
        # Everything that the pages show, once more and in one piece.
        "all_figures": lambda: figures_of(network).modularity,
        "picture": lambda: layout_of(network, figures_of(network)),
    }


def theirs() -> dict[str, Callable[[], Any]]:
    import networkx

    from buendnisnetz.insight.domain.graph.figures import DRAWN

    ties, graph = pairs(), networkx.Graph()
    graph.add_nodes_from(range(NODES))

    def divided() -> float:
        parts = networkx.community.louvain_communities(graph, seed=SEED)
        return float(networkx.community.modularity(graph, parts))

    return {
        "graph": lambda: graph.add_edges_from(ties),
        "betweenness": lambda: networkx.betweenness_centrality(graph, k=DRAWN, seed=SEED),
        "communities": divided,
        "components": lambda: networkx.number_connected_components(graph),
        "breaks": lambda: (
            list(networkx.articulation_points(graph)),
            list(networkx.bridges(graph)),
        ),
    }


def measured(steps: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    """Seconds of CPU for each step and the most memory at any time."""
    seconds, results = {}, {}
    for name, step in steps.items():
        started = time.process_time()
        result = step()
        seconds[name] = round(time.process_time() - started, 3)
        if isinstance(result, float | int):
            results[name] = round(result, 4)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "results": results, "memory_mb": round(peak)}


def compare() -> dict[str, Any]:
    """Both sides one after the other, and how many times longer the other one takes."""
    found = {}
    for side in ("ours", "networkx"):
        command = [sys.executable, "-m", "bench.graph", side]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found[side] = json.loads(done.stdout)
    own, other = found["ours"]["seconds"], found["networkx"]["seconds"]
    same = [name for name in other if name in own]
    ratio = {name: round(other[name] / own[name], 1) for name in same if own[name]}
    ratio["sum"] = round(sum(other[name] for name in same) / sum(own[name] for name in same), 1)
    memory = found["networkx"]["memory_mb"] / found["ours"]["memory_mb"]
    return {
        "nodes": NODES, "ties": TIES, **found, "ratio": ratio, "memory_ratio": round(memory, 2),
    }  # fmt: skip


def main() -> None:
    side = sys.argv[1] if len(sys.argv) > 1 else ""
    if not side:
        print(json.dumps(compare(), indent=1))
        return
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buendnisnetz.config.settings.demo")
    django.setup()
    print(json.dumps(measured(ours() if side == "ours" else theirs())))


if __name__ == "__main__":
    main()
