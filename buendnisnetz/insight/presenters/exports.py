"""The network as a file for other programs."""

from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext_lazy as _

from buendnisnetz.insight.domain.graph.rows import day_in, node_in, nodes_of, numbered_ties_of
from buendnisnetz.insight.domain.graph.seen import Seen
from buendnisnetz.insight.domain.graph.statements import kind_of
from buendnisnetz.insight.presenters.graph import kind_words, kinds_words

KINDS = {
    "graphml": _("GraphML (for Gephi, yEd, networkx)"),
    "svg": _("Picture (SVG)"),
    "png": _("Picture (PNG)"),
}
TYPES = {"graphml": "application/graphml+xml", "svg": "image/svg+xml", "png": "image/png"}
_NODE = {
    "name": "string", "kind": "string", "words": "string", "side": "string", "ags": "string",
    "degree": "int", "betweenness": "double", "community": "int",
}  # fmt: skip
_EDGE = {"weight": "int", "kinds": "string", "first_day": "string", "last_day": "string"}
_KIND_NAMES = ("organisation", "alliance", "working_group")


# A piece of a file is so many lines; a large network is sent piece by piece.
_PIECE = 2_000


def graphml(seen: Seen) -> Iterator[bytes]:
    """GraphML 1.0 with all figures, in pieces; communities count from 1, 0 is none."""
    lines = _lines(seen)
    while piece := list(islice(lines, _PIECE)):
        yield "".join(f"{line}\n" for line in piece).encode()


def _lines(seen: Seen) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for where, keys in (("node", _NODE), ("edge", _EDGE)):
        for key, kind in keys.items():
            yield f'<key id="{where}_{key}" for="{where}" attr.name="{key}" attr.type="{kind}"/>'
    yield '<graph id="network" edgedefault="undirected">'
    for record in nodes_of(seen).order_by("pk"):
        node = node_in(record)
        values = {
            "name": node.name,
            "kind": _KIND_NAMES[kind_of(node.number)],
            "words": kind_words(node),
            "side": node.side,
            "ags": node.ags or "",
            "degree": record["degree"],
            "betweenness": round(record["betweenness"], 3),
            "community": 0 if record["community"] is None else record["community"] + 1,
        }
        yield f"<node id={quoteattr(f'n{node.number}')}>{_data('node', values)}</node>"
    for record in numbered_ties_of(seen).order_by("pk"):
        a, b = record["one_number"], record["other_number"]
        values = {
            "weight": record["weight"],
            "kinds": kinds_words(record["kinds"]),
            "first_day": day_in(record["first_day"]) or "",
            "last_day": day_in(record["last_day"]) or "",
        }
        yield f'<edge source="n{a}" target="n{b}">{_data("edge", values)}</edge>'
    yield "</graph></graphml>"


def _data(where: str, values: dict[str, object]) -> str:
    return "".join(
        f'<data key="{where}_{key}">{escape(str(value))}</data>' for key, value in values.items()
    )
