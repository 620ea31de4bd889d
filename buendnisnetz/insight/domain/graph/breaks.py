"""Where the network would break: nodes and ties that alone hold parts of it together."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from buendnisnetz.insight.domain.graph.network import Network
from buendnisnetz.insight.domain.graph.statements import ALLIANCE, kind_of

_Entry = tuple[str, int]
_Sum = tuple[int, int]


@dataclass(frozen=True)
class Loss:
    """What loses its connection to the largest remaining part: so many nodes, of these so many
    alliances."""

    nodes: int
    alliances: int


@dataclass(frozen=True)
class Breaks:
    """``nodes``: by place, those whose absence cuts others off; ``ties``: by their two places."""

    nodes: dict[int, Loss]
    ties: dict[tuple[int, int], Loss]


@dataclass
class _Tree:
    """The blocks of a connected part (pieces that no single node can cut) and the nodes that join
    them, as a rooted tree whose entries are ("block", number) and ("node", place)."""

    parent: dict[_Entry, _Entry | None]
    order: list[_Entry]
    children: dict[_Entry, list[_Entry]] = field(default_factory=dict)


def breaks_of(network: Network) -> Breaks:
    """All cut nodes and bridges with what they cut off, in time that grows with the network."""
    graph = network.graph
    blocks, cuts = graph.biconnected_components(return_articulation_points=True)
    members = [list(block) for block in blocks]
    joining = set(cuts)
    alliance = [int(kind_of(node.number) == ALLIANCE) for node in network.nodes]
    nodes: dict[int, Loss] = {}
    ties: dict[tuple[int, int], Loss] = {}
    for tree in _trees(members, joining):
        below = _below(tree, members, joining, alliance)
        whole = below[tree.order[0]]
        for entry in tree.order:
            kind, number = entry
            if kind == "node":
                nodes[number] = _lost(_pieces(entry, tree, below, whole, alliance))
            elif len(members[number]) == 2:
                ties[_pair(members[number])] = _cut_off(
                    entry, tree, members, below, whole, alliance
                )
    return Breaks(nodes, ties)


def _pair(block: list[int]) -> tuple[int, int]:
    return min(block), max(block)


def _trees(members: list[list[int]], joining: set[int]) -> Iterator[_Tree]:
    at: dict[int, list[int]] = {}
    for number, block in enumerate(members):
        for place in joining.intersection(block):
            at.setdefault(place, []).append(number)
    seen: set[_Entry] = set()
    for number in range(len(members)):
        if ("block", number) not in seen:
            tree = _tree(number, members, joining, at)
            seen.update(tree.order)
            yield tree


def _tree(
    root: int, members: list[list[int]], joining: set[int], at: dict[int, list[int]]
) -> _Tree:
    tree = _Tree({("block", root): None}, [("block", root)])
    for kind, number in tree.order:
        next_ones = (
            [("node", place) for place in members[number] if place in joining]
            if kind == "block"
            else [("block", block) for block in at[number]]
        )
        for entry in next_ones:
            if entry not in tree.parent:
                tree.parent[entry] = (kind, number)
                tree.children.setdefault((kind, number), []).append(entry)
                tree.order.append(entry)
    return tree


def _plus(one: _Sum, other: _Sum) -> _Sum:
    return one[0] + other[0], one[1] + other[1]


def _minus(one: _Sum, other: _Sum) -> _Sum:
    return one[0] - other[0], one[1] - other[1]


def _below(
    tree: _Tree, members: list[list[int]], joining: set[int], alliance: list[int]
) -> dict[_Entry, _Sum]:
    """For each entry of the tree the nodes and alliances in it and below it; a joining node counts
    where it stands itself, not in its blocks."""
    found: dict[_Entry, _Sum] = {}
    for kind, number in tree.order:
        own = [number] if kind == "node" else [m for m in members[number] if m not in joining]
        found[kind, number] = len(own), sum(alliance[place] for place in own)
    for entry in reversed(tree.order):
        parent = tree.parent[entry]
        if parent is not None:
            found[parent] = _plus(found[parent], found[entry])
    return found


def _pieces(
    entry: _Entry, tree: _Tree, below: dict[_Entry, _Sum], whole: _Sum, alliance: list[int]
) -> list[_Sum]:
    """What is left of a connected part without a joining node."""
    place = entry[1]
    down = [below[block] for block in tree.children.get(entry, [])]
    rest = _minus(whole, (1, alliance[place]))
    for piece in down:
        rest = _minus(rest, piece)
    return [*down, rest]


def _lost(pieces: list[_Sum]) -> Loss:
    largest = max(pieces)
    nodes, alliances = 0, 0
    for piece in pieces:
        nodes, alliances = nodes + piece[0], alliances + piece[1]
    return Loss(nodes - largest[0], alliances - largest[1])


def _cut_off(
    entry: _Entry,
    tree: _Tree,
    members: list[list[int]],
    below: dict[_Entry, _Sum],
    whole: _Sum,
    alliance: list[int],
) -> Loss:
    """The smaller of the two sides of a bridge."""
    parent = tree.parent[entry]
    one, other = members[entry[1]]
    near = parent[1] if parent is not None else one
    far = other if near == one else one
    side = below.get(("node", far), (1, alliance[far]))
    return Loss(*min(side, _minus(whole, side)))
