"""The network as it is read from the database: nodes, ties, and what a tie rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from sys import intern
from typing import Any, NamedTuple

from django.db import connection

from buendnisnetz.insight.domain.graph import statements
from buendnisnetz.insight.domain.graph.wishes import STEPS_AROUND, Projection, Reach, Wish
from buendnisnetz.insight.domain.queries.running import fetch, statement

_PORTION = 2_000


class Node(NamedTuple):
    """``number`` says what row it is, see ``statements``; ``side`` and ``kind`` only organisations have."""

    number: int
    name: str
    address: str
    sort_key: str
    side: str
    kind: str
    ags: str | None


class Tie(NamedTuple):
    """``a`` and ``b`` are places in the list of nodes; ``weight`` is on how many occasions; ``kinds``
    has a bit for each kind of tie. ``last_day`` is empty where it still lasts. ``rests_on`` tells the
    occasions, see ``statements``."""

    a: int
    b: int
    weight: int
    kinds: int
    first_day: date | None
    last_day: date | None
    rests_on: str = ""


class Evidence(NamedTuple):
    """An occasion that ties two bodies: what it is called, and where its page is."""

    title: str
    route: str
    address: str
    first_day: date | None
    last_day: date | None


class Proof(NamedTuple):
    """What a tie rests on: the newest occasions, and how many there are."""

    newest: list[Evidence]
    number: int


@dataclass(frozen=True)
class Network:
    nodes: list[Node]
    ties: list[Tie]

    @cached_property
    def graph(self) -> Any:
        """The same as a graph of the library, with ``weight`` on the edges."""
        # Only whoever looks at the network pays for loading the library.
        library = import_module("igraph")
        graph = library.Graph(n=len(self.nodes), edges=[(tie.a, tie.b) for tie in self.ties])
        graph.es["weight"] = [tie.weight for tie in self.ties]
        return graph

    @cached_property
    def places(self) -> dict[int, int]:
        """Where in the list a node stands, by its number."""
        return {node.number: place for place, node in enumerate(self.nodes)}

    def only(self, kept: Iterable[int]) -> "Network":
        """The part of the network between some nodes, given by their places."""
        order = sorted(set(kept))
        new = {old: place for place, old in enumerate(order)}
        ties = [
            tie._replace(a=new[tie.a], b=new[tie.b])
            for tie in self.ties
            if tie.a in new and tie.b in new
        ]
        return Network([self.nodes[place] for place in order], ties)


def network_for(user: Any, reach: Reach, wish: Wish) -> Network:
    """What the user may see of the network. Two queries."""
    nodes = list(_nodes(wish))
    places = {node.number: place for place, node in enumerate(nodes)}
    found = Network(nodes, list(_ties(user, wish, places)))
    if reach.everything:
        return found
    own = [
        found.places[number]
        for number in (statements.node_of(statements.ALLIANCE, key) for key in reach.alliances)
        if number in found.places
    ]
    around = found.graph.neighborhood(own, order=STEPS_AROUND) if own else []
    return found.only(place for group in around for place in group)


def _nodes(wish: Wish) -> Iterator[Node]:
    params = {
        **statements.period_parameters(wish.period),
        "sector": wish.sector,
        "territory": wish.territory,
        "groups": wish.projection == Projection.BODIES,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.NODES, params)
        for number, name, address, key, side, kind, ags in _read(cursor):
            yield Node(number, name, address, key, intern(side), intern(kind), ags and intern(ags))


def _ties(user: Any, wish: Wish, places: dict[int, int]) -> Iterator[Tie]:
    """Ties between known nodes; a filter leaves some of them out."""
    part, params = statements.appearances(wish, user)
    sql = statement([part, statements.PAIRS[wish.projection]], statements.TIES)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for a, b, *rest in _read(cursor):
            if a in places and b in places:
                yield Tie(places[a], places[b], *rest)


def _read(cursor: Any) -> Iterator[tuple[Any, ...]]:
    """The rows in portions: all of them beside what is made of them would need the memory twice."""
    while rows := cursor.fetchmany(_PORTION):
        yield from rows


def evidence_for(
    user: Any, wish: Wish, ties: Iterable[tuple[int, int, str]], most: int
) -> dict[tuple[int, int], Proof]:
    """What ties rest on as far as the user may see it now, by the numbers of both bodies. Asked by
    these and by the occasions that the tie rested on. One query."""
    asked = list(ties)
    found = {(one, other): Proof([], 0) for one, other, _on in asked}
    only = statements.occasions_of(rests_on for _one, _other, rests_on in asked)
    if not only:
        return found
    part, params = statements.appearances(wish, user, only)
    params |= {"one": [one for one, _other in found], "other": [other for _one, other in found]}
    params["most"] = most
    sql = statement([part, statements.PAIRS[wish.projection]], statements.EVIDENCE)
    routes = [source.route for _kind, source in statements.chosen_sources(wish)]
    for row in fetch(sql, params):
        pair, route = (row["a"], row["b"]), routes[row["source"]]
        days = row["first_day"], row["last_day"]
        newest = [*found[pair].newest, Evidence(row["title"], route, row["address"], *days)]
        found[pair] = Proof(newest, row["number"])
    return found
