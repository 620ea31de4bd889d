"""Networks for tests: random ones beside those of networkx, and small ones in the database."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import networkx

from buendnisnetz.accounts.models import User
from buendnisnetz.insight.domain.graph import file
from buendnisnetz.insight.domain.graph.network import Network, Node, Tie, network_for
from buendnisnetz.insight.domain.graph.seen import Seen
from buendnisnetz.insight.domain.graph.statements import ALLIANCE, GROUP, node_of
from buendnisnetz.insight.domain.graph.wishes import Period, Projection, Wish, reach_of
from buendnisnetz.network.models import Alliance, Organisation

TWO_YEARS = Period(date(2025, 1, 1), date(2026, 12, 31))
MADE_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
RANDOM_GRAPHS = range(20)


def network_of(size: int, ties: Iterable[tuple[int, int]], weights: dict[Any, int]) -> Network:
    """Nodes with the numbers 0, 1, 2 …, every fourth of them an alliance."""
    nodes = [
        Node(
            4 * place + (place % 4 == 0),
            f"Stelle {place}",
            f"ort{place}",
            f"{place:05}",
            "",
            "",
            None,
        )
        for place in range(size)
    ]
    rows = [Tie(a, b, weights.get((a, b), 1), 1, None, None) for a, b in sorted(ties)]
    return Network(nodes, rows)


def random_pair(seed: int) -> tuple[Network, Any]:
    """The same network for us and for networkx: thin and thick ones, with weights and loose nodes."""
    chance = random.Random(seed)  # noqa: S311 -- not for secrets
    size = chance.randint(5, 60)
    reference = networkx.gnm_random_graph(size, chance.randint(0, 3 * size), seed=seed)
    for a, b in reference.edges:
        reference.edges[a, b]["weight"] = chance.randint(1, 9)
    ties = {(min(pair), max(pair)) for pair in reference.edges}
    weights = {pair: reference.edges[pair]["weight"] for pair in ties}
    return network_of(size, ties, weights), reference


def written(network: Network, folder: Path) -> Seen:
    """The network as pages read it."""
    path = folder / f"{len(list(folder.iterdir()))}.sqlite"
    file.write(path, network, MADE_AT)
    return Seen(path)


def seen_by(user: User, **wish: Any) -> Network:
    period = wish.pop("period", TWO_YEARS)
    return network_for(user, reach_of(user), Wish(period, **wish))


def named_ties(network: Network) -> dict[frozenset[str], int]:
    """The ties by the names of both ends, with their weights."""
    names = [node.name for node in network.nodes]
    return {frozenset({names[tie.a], names[tie.b]}): tie.weight for tie in network.ties}


def number_of(row: Any) -> int:
    if isinstance(row, Organisation):
        return node_of(0, row.pk)
    return node_of(ALLIANCE if isinstance(row, Alliance) else GROUP, row.pk)


BODIES = Projection.BODIES
