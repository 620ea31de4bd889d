"""The network as lists and sentences."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from buendnisnetz.insight.domain.graph.breaks import Loss
from buendnisnetz.insight.domain.graph.figures import DRAWN
from buendnisnetz.insight.domain.graph.kept import Seen
from buendnisnetz.insight.domain.graph.network import Evidence, Node
from buendnisnetz.insight.domain.graph.statements import ALLIANCE, ORGANISATION, kind_of
from buendnisnetz.insight.domain.graph.wishes import Wish
from buendnisnetz.network.domain import ties as ties_of_work
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.ui.jinja import format_date, format_number, query, url
from buendnisnetz.ui.tables import Table

_PAGES = {
    ORGANISATION: "network:organisation_detail",
    ALLIANCE: "network:alliance_detail",
    2: "network:group_detail",
}
# In sentences and lists on one page.
MOST_SHOWN = 100
# Shares below a hundredth of a per cent are not told apart.
SMALLEST = 0.0001


def graph_tabs(current: str, carried: dict[str, Any]) -> list[tuple[str, str, bool]]:
    entries = [
        ("picture", _("Picture"), "insight:graph_picture"),
        ("nodes", pgettext("network", "Figures"), "insight:graph_nodes"),
        ("ties", _("Ties"), "insight:graph_ties"),
        ("ways", _("Who connects us"), "insight:graph_ways"),
        ("breaks", _("Weak points"), "insight:graph_breaks"),
    ]
    return [(text, url(name) + query(carried), key == current) for key, text, name in entries]


def page_of(node: Node) -> str:
    return url(_PAGES[kind_of(node.number)], node.address)


def kind_words(node: Node) -> str:
    kind = kind_of(node.number)
    if kind == ORGANISATION:
        return str(OrganisationKind(node.kind).label)
    return _("alliance") if kind == ALLIANCE else _("working group")


def kinds_words(bits: int) -> str:
    """The kinds of tie whose bits are set."""
    labels = list(ties_of_work.kinds().values())
    return ", ".join(str(label) for place, label in enumerate(labels) if bits >> place & 1)


def nodes_table(seen: Seen) -> Table:
    """A row for each node, with its figures."""
    figures, found, nodes = seen.figures, seen.breaks.nodes, seen.network.nodes
    others = max(len(nodes) - 1, 0)
    most = others * (others - 1) / 2
    return Table(
        {
            "pk": [node.number for node in nodes],
            "node": nodes,
            "sort_key": [node.sort_key for node in nodes],
            "kind": [kind_of(node.number) for node in nodes],
            "degree": figures.degree,
            "strength": figures.strength,
            "between": figures.betweenness,
            "share": [between / most if most else 0.0 for between in figures.betweenness],
            "community": [None if number < 0 else number + 1 for number in figures.community],
            "cut": [found[place].nodes if place in found else None for place in range(len(nodes))],
        }
    )


def ties_table(seen: Seen) -> Table:
    """A row for each tie."""
    nodes, ties = seen.network.nodes, seen.network.ties
    return Table(
        {
            "pk": range(len(ties)),
            "tie": ties,
            "sort_key": [nodes[tie.a].sort_key for tie in ties],
            "other_key": [nodes[tie.b].sort_key for tie in ties],
            "weight": [tie.weight for tie in ties],
            "kinds": [tie.kinds for tie in ties],
            "first_day": [tie.first_day for tie in ties],
            "last_day": [tie.last_day for tie in ties],
        }
    )


def share_words(share: float) -> str:
    if share <= 0:
        return "–"
    if share < SMALLEST:
        return _("below %(share)s") % {"share": f"{format_number(100 * SMALLEST, 2)} %"}
    return f"{format_number(100 * share, 2)} %"


def evidence_words(found: list[Evidence], most: int = 3) -> str:
    """The newest occasions by name; how many more there are."""
    named = [
        f"{one.title} ({format_date(one.first_day)})" if one.first_day else one.title
        for one in found[:most]
    ]
    if len(found) > most:
        named.append(_("%(number)s more") % {"number": len(found) - most})
    return " · ".join(named)


def summary(seen: Seen) -> list[tuple[str, str]]:
    """The whole network in a few figures, each with what it means."""
    network, figures = seen.network, seen.figures
    return [
        (_("Bodies"), format_number(len(network.nodes))),
        (_("Of them without any tie"), format_number(len(figures.isolated))),
        (_("Ties"), format_number(len(network.ties))),
        (
            _("Density"),
            _("%(share)s of all possible ties")
            % {"share": f"{format_number(100 * figures.density, 2)} %"},
        ),
        (_("Parts without a tie between them"), format_number(figures.components)),
        (
            _("Communities"),
            _("%(number)s, modularity %(value)s")
            % {"number": figures.communities, "value": format_number(figures.modularity, 2)},
        ),
    ]


def betweenness_note(seen: Seen) -> str:
    """How the share of ways was reckoned."""
    if seen.figures.exact:
        return _("Share of ways: exact, over all shortest ways.")
    return _(
        "Share of ways: an approximation from %(number)s bodies drawn with a fixed seed, because"
        " the network is large."
    ) % {"number": DRAWN}


def period_words(wish: Wish) -> str:
    if wish.period.on:
        return _("As of %(day)s, meetings and introductions of the two years before.") % {
            "day": format_date(wish.period.on)
        }
    return _("Ties from %(first)s to %(last)s.") % {
        "first": format_date(wish.period.first),
        "last": format_date(wish.period.last),
    }


def _falls_away(loss: Loss) -> str:
    """The end of a sentence that begins with the body."""
    return ngettext(
        "falls away, %(lost)s loses the connection.",
        "falls away, %(lost)s lose the connection.",
        loss.nodes,
    ) % {"lost": loss_words(loss)}


def loss_words(loss: Loss) -> str:
    """How much loses its connection, in words: alliances and other bodies."""
    others = loss.nodes - loss.alliances
    words = []
    if loss.alliances:
        words.append(
            ngettext("%(number)s alliance", "%(number)s alliances", loss.alliances)
            % {"number": loss.alliances}
        )
    if others:
        words.append(
            ngettext("%(number)s other body", "%(number)s other bodies", others)
            % {"number": others}
        )
    return pgettext("two things", " and ").join(words)


def break_lines(seen: Seen) -> list[tuple[Node, str, str]]:
    """Bodies that alone hold others, the weightiest first: the body, its page, what is lost."""
    nodes = seen.network.nodes
    found = sorted(
        seen.breaks.nodes.items(),
        key=lambda entry: (-entry[1].alliances, -entry[1].nodes, nodes[entry[0]].sort_key),
    )
    return [
        (nodes[place], page_of(nodes[place]), _falls_away(loss))
        for place, loss in found[:MOST_SHOWN]
    ]


def bridge_lines(seen: Seen) -> list[tuple[Node, Node, str]]:
    """Ties that alone hold others; those to a single body only say that it has one tie."""
    nodes = seen.network.nodes
    weighty = [(pair, loss) for pair, loss in seen.breaks.ties.items() if loss.nodes > 1]
    weighty.sort(key=lambda entry: (-entry[1].alliances, -entry[1].nodes, entry[0]))
    found = []
    for (a, b), loss in weighty[:MOST_SHOWN]:
        one, other = sorted((nodes[a], nodes[b]), key=lambda node: node.sort_key)
        found.append((one, other, loss_words(loss)))
    return found


def lonely(seen: Seen, kind: int) -> list[Node]:
    """Bodies of a kind without any tie, by name."""
    nodes = seen.network.nodes
    found = [
        nodes[place] for place in seen.figures.isolated if kind_of(nodes[place].number) == kind
    ]
    return sorted(found, key=lambda node: node.sort_key)


def matches(nodes: Iterable[Node], typed: str, key: str) -> list[Node]:
    """The bodies that a typed name means: that name or address exactly, else all that contain it."""
    exact, near = [], []
    for node in nodes:
        if typed in (node.name, node.address):
            exact.append(node)
        elif key and key in node.sort_key:
            near.append(node)
    return exact or near


def step_facts(found: list[Evidence]) -> list[tuple[str, str, str]]:
    """What carries a step: name, page, days."""
    return [
        (one.title, url(one.route, one.address), _days(one.first_day, one.last_day))
        for one in found[:MOST_SHOWN]
    ]


def _days(first: date | None, last: date | None) -> str:
    if first and first == last:
        return format_date(first)
    if first and last:
        return f"{format_date(first)} – {format_date(last)}"
    if first:
        return _("since %(day)s") % {"day": format_date(first)}
    return _("until %(day)s") % {"day": format_date(last)} if last else ""
