"""The network seen: the picture, its file, who connects us, where it would break."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markupsafe import Markup

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.graph.network import Node, evidence_for
from buendnisnetz.insight.domain.graph.paths import shortest_ways
from buendnisnetz.insight.domain.graph.seen import Seen
from buendnisnetz.insight.domain.graph.statements import ALLIANCE, ORGANISATION, node_of
from buendnisnetz.insight.domain.graph.wishes import Wish, reach_of
from buendnisnetz.insight.forms.graph import FIRST_YEAR, GraphFilter, GraphForm, WayForm, wish_of
from buendnisnetz.insight.presenters import drawings
from buendnisnetz.insight.presenters import exports as files
from buendnisnetz.insight.presenters import graph as presenters
from buendnisnetz.insight.presenters.graph import TITLE
from buendnisnetz.insight.rules import NETWORK_READERS
from buendnisnetz.insight.views.graph_waiting import carried, network, waiting
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import query, url
from buendnisnetz.ui.listing import filtered
from buendnisnetz.ui.pdf import picture

MOST_MEANT = 10
# Where a body stands in the network, and the body.
Placed = tuple[int, Node]


@dataclass(frozen=True)
class Looked:
    """What a page about the network was asked for, and the network."""

    filters: Callable[[], Markup]
    wish: Wish
    seen: Seen
    carried: dict[str, Any]

    def context(self, tab: str) -> dict[str, Any]:
        return {
            "filters": self.filters,
            "tabs": presenters.graph_tabs(tab, self.carried),
            "period": presenters.period_words(self.wish),
            "made": presenters.made_words(self.seen),
        }

    def answer(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """The page; while a newer network is made, only for this moment."""
        page = viewkit.render(request, template, context, block="results")
        return viewkit.for_this_moment(page) if self.seen.renewing else page


def looked(request: HttpRequest, form_class: type[GraphFilter] = GraphForm) -> Looked:
    """The network that was asked for. A wrong value counts as none; the form says what is wrong."""
    rendered = partial(_questions, request.path)
    values, filters = filtered(request, form_class, {"day": today()}, rendered)
    wish = wish_of(values, today())
    return Looked(filters, wish, network(request, wish, filters), carried(request))


def _questions(path: str, form: GraphFilter) -> Markup:
    return Markup(viewkit.panel("insight/graph_questions.html", form, path))  # noqa: S704 -- a template's


def _community(request: HttpRequest, seen: Seen) -> int | None:
    """The community that is to be opened, counted from 0; 404 if there is none of that number."""
    typed = request.GET.get("verbund", "")
    if not typed:
        return None
    number = int(typed) if typed.isdecimal() and len(typed) < 7 else 0
    if not 1 <= number <= seen.about.communities:
        raise Http404
    return number - 1


def _around(request: HttpRequest, seen: Seen) -> tuple[bool, Placed | None]:
    """Whether the surroundings of one body are asked for; its place and itself, None if it is not
    there."""
    typed = request.GET.get("um", "")
    return bool(typed), seen.node_at(typed) if typed else None


def _drawing(found: Looked, community: int | None, around: Placed | None) -> drawings.Drawing:
    page = url("insight:graph_picture")
    return drawings.drawing(
        found.seen,
        found.seen.layout(community, None if around is None else around[0]),
        lambda number: page + query(found.carried, verbund=number),
    )


@open_to(*NETWORK_READERS)
@waiting("picture")
def graph_picture(request: HttpRequest) -> HttpResponse:
    """The picture with a line of years, the figures of the whole, and where the tables are."""
    found = looked(request)
    community = _community(request, found.seen)
    wants_one, around = _around(request, found.seen)
    one = {"um": request.GET["um"]} if wants_one else {}
    page = url("insight:graph_picture")
    context: dict[str, Any] = {
        **found.context("picture"),
        "title": TITLE,
        "drawing": _drawing(found, community, around),
        "around": None if around is None else around[1].name,
        "lost": wants_one and around is None,
        "community": None if community is None else community + 1,
        "whole": page + query(found.carried),
        "list": url("insight:graph_nodes") + query(found.carried, nur="verbunden"),
        "years": _years({**found.carried, **one}, page),
        "summary": presenters.summary(found.seen),
        "files": [
            (label, url("insight:graph_file") + query({**found.carried, **one}, datei=kind, verbund=request.GET.get("verbund", "")))
            for kind, label in files.KINDS.items()
        ],
    }  # fmt: skip
    return found.answer(request, "insight/graph_picture.html", context)


def _years(shown: dict[str, Any], page: str) -> list[tuple[int, str, bool]]:
    """A step for each year, the newest twelve."""
    last = today().year
    return [
        (
            year,
            page + query({**shown, "stand": ""}, von=year, bis=year),
            shown.get("von") == shown.get("bis") == str(year) and "stand" not in shown,
        )
        for year in range(max(FIRST_YEAR, last - 11), last + 1)
    ]


@open_to(*NETWORK_READERS)
@waiting("picture", file=True)
def graph_file(request: HttpRequest) -> StreamingHttpResponse:
    """The network as GraphML, the picture as SVG or PNG."""
    found = looked(request)
    kind = request.GET.get("datei") or "graphml"
    if kind not in files.KINDS:
        raise Http404
    body: Iterable[bytes]
    if kind in {"svg", "png"}:
        community = _community(request, found.seen)
        environment = engines["jinja2"].env  # type: ignore[attr-defined]
        template = environment.get_template("insight/graph_file.svg")
        drawing = _drawing(found, community, _around(request, found.seen)[1])
        svg = template.render(drawing=drawing, title=str(TITLE))
        body = [picture(svg) if kind == "png" else svg.encode()]
    else:
        body = files.graphml(found.seen)
    answer = StreamingHttpResponse(body, content_type=files.TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="netzbild-{today():%Y-%m-%d}.{kind}"'
    return answer


@open_to(*NETWORK_READERS)
@waiting("ways")
def graph_ways(request: HttpRequest) -> HttpResponse:
    """Who connects us with whom: the shortest ways, each step with what carries it."""
    found = looked(request, WayForm)
    start, near_start = _meant(found, request.GET.get("a", ""))
    goal, near_goal = _meant(found, request.GET.get("b", ""))
    context: dict[str, Any] = {
        **found.context("ways"),
        "title": _("Who connects us"),
        "crumbs": [(TITLE, url("insight:graph_picture")), (_("Who connects us"), "")],
        "own": _own(request, found),
        "unclear": [
            (field, typed, [(node.name, query(request.GET.dict(), **{key: node.address})) for _place, node in near])
            for key, field, typed, near in (
                ("a", pgettext("network", "From"), request.GET.get("a", ""), near_start),
                ("b", pgettext("network", "To"), request.GET.get("b", ""), near_goal),
            )
            if near is not None
        ],
        "start": start and start[1],
        "goal": goal and goal[1],
        "ways": _ways(request, found, start, goal) if start and goal else [],
    }  # fmt: skip
    return found.answer(request, "insight/graph_ways.html", context)


def _meant(found: Looked, typed: str) -> tuple[Placed | None, list[Placed] | None]:
    """The body that was typed; else those that may be meant, None where nothing was typed."""
    typed = typed.strip()
    if not typed:
        return None, None
    near = found.seen.called(typed, search_key(typed), MOST_MEANT)
    return (near[0], None) if len(near) == 1 else (None, near)


def _own(request: HttpRequest, found: Looked) -> list[tuple[str, str]]:
    """Own alliances as a beginning, for those who have some."""
    numbers = [node_of(ALLIANCE, key) for key in reach_of(request.user).alliances]
    nodes = found.seen.nodes_by_number(numbers) if numbers else []
    return [(node.name, query(request.GET.dict(), a=node.address)) for node in nodes]


def _ways(request: HttpRequest, found: Looked, start: Placed, goal: Placed) -> list[list[Any]]:
    """Each way as its bodies, and between them what carries the step."""
    ways = shortest_ways(found.seen, start[0], goal[0])
    nodes = found.seen.nodes_by_place({place for way in ways for place in way})
    ties = found.seen.rests_on({pair for way in ways for pair in pairwise(way)})
    proof = evidence_for(request.user, found.wish, ties, presenters.MOST_SHOWN)
    return [
        [
            (
                nodes[b][0],
                presenters.page_of(nodes[b][0]),
                presenters.step_facts(_proof(proof, nodes[a][0], nodes[b][0])),
            )
            for a, b in pairwise(way)
        ]
        for way in ways
    ]


def _proof(proof: dict[tuple[int, int], Any], one: Node, other: Node) -> Any:
    return proof[min(one.number, other.number), max(one.number, other.number)]


@open_to(*NETWORK_READERS)
@waiting("breaks")
def graph_breaks(request: HttpRequest) -> HttpResponse:
    """Where the network would break, and who has no tie at all."""
    found = looked(request)
    lonely = found.seen.lonely(ALLIANCE, presenters.MOST_SHOWN)
    context: dict[str, Any] = {
        **found.context("breaks"),
        "title": _("Weak points"),
        "crumbs": [(TITLE, url("insight:graph_picture")), (_("Weak points"), "")],
        "breaks": presenters.break_lines(found.seen),
        "bridges": presenters.bridge_lines(found.seen),
        "most": presenters.MOST_SHOWN,
        "page_of": presenters.page_of,
        "alliances": [(node.name, presenters.page_of(node)) for node in lonely],
        "others": sum(map(found.seen.count_lonely, (ORGANISATION, ALLIANCE))) - len(lonely),
        "list": url("insight:graph_nodes") + query(found.carried, nur="ohne"),
    }
    return found.answer(request, "insight/graph_breaks.html", context)
