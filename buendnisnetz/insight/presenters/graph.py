"""The network as lists and sentences."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from buendnisnetz.core.words import per_language
from buendnisnetz.insight.domain.graph.breaks import Loss
from buendnisnetz.insight.domain.graph.figures import DRAWN
from buendnisnetz.insight.domain.graph.network import Node, Proof
from buendnisnetz.insight.domain.graph.seen import Seen
from buendnisnetz.insight.domain.graph.statements import ALLIANCE, ORGANISATION, kind_of
from buendnisnetz.insight.domain.graph.wishes import Wish
from buendnisnetz.network.domain import ties as ties_of_work
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.ui.jinja import format_date, format_number, format_time, query, url

TITLE = gettext_lazy("Network picture")
_PAGES = {
    ORGANISATION: "network:organisation_detail",
    ALLIANCE: "network:alliance_detail",
    2: "network:group_detail",
}
# In sentences and lists on one page.
MOST_SHOWN = 50
# Occasions named in a table's cell.
MOST_NAMED = 3
# Shares below a hundredth of a per cent are not told apart.
SMALLEST = 0.0001


def graph_titles() -> dict[str, str]:
    """The headings of the pages by their tabs."""
    return {
        "picture": str(TITLE),
        "nodes": _("Figures of the network"),
        "ties": _("Ties of the network"),
        "ways": _("Who connects us"),
        "breaks": _("Weak points"),
    }


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


def share_words(share: float) -> str:
    if share <= 0:
        return "–"
    if share < SMALLEST:
        return _("below %(share)s") % {"share": f"{format_number(100 * SMALLEST, 2)} %"}
    return f"{format_number(100 * share, 2)} %"


def evidence_words(proof: Proof) -> str:
    """The newest occasions by name; how many more there are."""
    named = [
        f"{one.title} ({format_date(one.first_day)})" if one.first_day else one.title
        for one in proof.newest
    ]
    if proof.number > len(named):
        named.append(_("%(number)s more") % {"number": proof.number - len(named)})
    return " · ".join(named)


def summary(seen: Seen) -> list[tuple[str, str]]:
    """The whole network in a few figures, each with what it means."""
    about = seen.about
    return [
        (_("Bodies"), format_number(about.bodies)),
        (_("Of them without any tie"), format_number(about.isolated)),
        (_("Ties"), format_number(about.ties)),
        (
            _("Density"),
            _("%(share)s of all possible ties")
            % {"share": f"{format_number(100 * about.density, 2)} %"},
        ),
        (_("Parts without a tie between them"), format_number(about.parts)),
        (
            _("Communities"),
            _("%(number)s, modularity %(value)s")
            % {"number": about.communities, "value": format_number(about.modularity, 2)},
        ),
    ]


def betweenness_note(seen: Seen) -> str:
    """How the share of ways was reckoned."""
    if seen.about.exact:
        return _("Share of ways: exact, over all shortest ways.")
    return _(
        "Share of ways: an approximation from %(number)s bodies drawn with a fixed seed, because"
        " the network is large."
    ) % {"number": DRAWN}


def made_words(seen: Seen) -> str:
    """As of when the network was reckoned."""
    when = format_time(seen.about.made_at)
    if seen.renewing:
        return _("Reckoned as of: %(time)s; it is just being reckoned anew.") % {"time": when}
    return _("Reckoned as of: %(time)s.") % {"time": when}


def period_words(wish: Wish) -> str:
    if wish.period.on:
        return _("As of %(day)s, meetings and introductions of the two years before.") % {
            "day": format_date(wish.period.on)
        }
    return _("Ties from %(first)s to %(last)s.") % {
        "first": format_date(wish.period.first),
        "last": format_date(wish.period.last),
    }


@per_language
def _falls_away(loss: Loss) -> str:
    """The end of a sentence that begins with the body."""
    return ngettext(
        "falls away, %(lost)s loses the connection.",
        "falls away, %(lost)s lose the connection.",
        loss.nodes,
    ) % {"lost": loss_words(loss)}


@per_language
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
    return [(node, page_of(node), _falls_away(loss)) for node, loss in seen.breaks(MOST_SHOWN)]


def bridge_lines(seen: Seen) -> list[tuple[Node, Node, str]]:
    """Ties that alone hold others; those to a single body only say that it has one tie."""
    return [(one, other, loss_words(loss)) for one, other, loss in seen.bridges(MOST_SHOWN)]


def step_facts(proof: Proof) -> list[tuple[str, str, str]]:
    """What carries a step: name, page, days."""
    return [
        (one.title, url(one.route, one.address), _days(one.first_day, one.last_day))
        for one in proof.newest
    ]


def _days(first: date | None, last: date | None) -> str:
    if first and first == last:
        return format_date(first)
    if first and last:
        return f"{format_date(first)} – {format_date(last)}"
    if first:
        return _("since %(day)s") % {"day": format_date(first)}
    return _("until %(day)s") % {"day": format_date(last)} if last else ""
