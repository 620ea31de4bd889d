"""Figures of a network: who has many ties, who connects others, which groups there are.

Reckoned by the library igraph, which is tested against a second one. Ties count once here however
many occasions they rest on, except for communities, which follow the number of occasions.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from buendnisnetz.insight.domain.graph.network import Network

# The same network always gives the same communities, picture and approximation.
SEED = 20170824
# Betweenness is exact while nodes x ties stay below this (about a second). Above it, it is reckoned from
# so many nodes drawn with the fixed seed and scaled up: shortening the paths instead (a cutoff) costs
# minutes where some nodes have very many ties, and leaves out just the long ways that matter.
EXACT_UP_TO = 10_000_000
DRAWN = 100
# Small networks are cheap enough to look for the best of several divisions into communities: as many
# tries as nodes and ties allow, at most ``MOST_TRIES``.
_WORK, MOST_TRIES = 60_000, 20


@dataclass(frozen=True)
class Figures:
    """Figures of a network; lists have one entry for each node, in the order of its nodes.

    ``betweenness`` is the number of shortest paths between two others that pass a node. ``community``
    counts from the largest one, 0; nodes without ties are in none (-1). ``exact`` says whether
    betweenness is exact or reckoned from ``DRAWN`` nodes.
    """

    degree: list[int]
    strength: list[int]
    betweenness: list[float]
    component: list[int]
    community: list[int]
    modularity: float
    density: float
    exact: bool

    @property
    def isolated(self) -> list[int]:
        return [place for place, degree in enumerate(self.degree) if not degree]

    @property
    def communities(self) -> int:
        return max(self.community, default=-1) + 1

    @property
    def components(self) -> int:
        """Connected parts, not counting nodes without ties."""
        return len(
            {part for part, degree in zip(self.component, self.degree, strict=True) if degree}
        )


def figures_of(network: Network) -> Figures:
    graph = network.graph
    between, exact = betweenness(graph)
    membership, modularity = communities(graph)
    return Figures(
        degree=graph.degree(),
        strength=[int(value) for value in graph.strength(weights="weight")],
        betweenness=between,
        component=_by_size(graph.connected_components().membership),
        community=membership,
        modularity=modularity,
        density=graph.density() if graph.vcount() > 1 else 0.0,
        exact=exact,
    )


def betweenness(graph: Any) -> tuple[list[float], bool]:
    """Betweenness of every node, and whether it is exact."""
    nodes = graph.vcount()
    if nodes * graph.ecount() <= EXACT_UP_TO:
        return graph.betweenness(directed=False), True
    drawn = random.Random(SEED).sample(range(nodes), DRAWN)  # noqa: S311 -- not for secrets
    found = graph.betweenness(directed=False, sources=drawn)
    return [value * nodes / DRAWN for value in found], False


def communities(graph: Any) -> tuple[list[int], float]:
    """The division with the highest modularity that was found, the largest community first."""
    if not graph.ecount():
        return [-1] * graph.vcount(), 0.0
    tries = max(1, min(MOST_TRIES, _WORK // (graph.vcount() + graph.ecount())))
    with seeded():
        found = [
            graph.community_leiden(
                objective_function="modularity",
                weights="weight",
                n_iterations=10 if tries > 1 else 2,
            )
            for _try in range(tries)
        ]
    best = max(found, key=lambda division: division.modularity)
    tied = [
        -1 if not degree else own
        for degree, own in zip(graph.degree(), best.membership, strict=True)
    ]
    return _by_size(tied), graph.modularity(best.membership, weights="weight")


@contextmanager
def seeded() -> Iterator[None]:
    """The library has one source of chance for the whole process; here it begins at the same place."""
    library = import_module("igraph")
    library.set_random_number_generator(random.Random(SEED))  # noqa: S311 -- not for secrets
    try:
        yield
    finally:
        library.set_random_number_generator(random)


def _by_size(parts: list[int]) -> list[int]:
    """The same parts, numbered from the largest; of equal ones the one whose node comes first."""
    sizes: dict[int, int] = {}
    for part in parts:
        sizes[part] = sizes.get(part, 0) + 1
    sizes.pop(-1, None)
    order = sorted(sizes, key=lambda part: -sizes[part])
    new = {part: place for place, part in enumerate(order)} | {-1: -1}
    return [new[part] for part in parts]
