"""The network as tables: bodies with their figures, ties with what they rest on."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy, pgettext_lazy

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.graph.network import evidence_for
from buendnisnetz.insight.domain.graph.rows import (
    Rows,
    day_in,
    named,
    node_in,
    nodes_of,
    ties_of,
    with_ends_named,
)
from buendnisnetz.insight.domain.graph.seen import Seen
from buendnisnetz.insight.domain.graph.statements import ALLIANCE
from buendnisnetz.insight.domain.graph.wishes import Wish
from buendnisnetz.insight.forms.graph import GraphFilter, NodeFilter, wish_of
from buendnisnetz.insight.presenters import graph as presenters
from buendnisnetz.insight.rules import NETWORK_READERS
from buendnisnetz.insight.views.graph_waiting import answered, carried, network
from buendnisnetz.network.enums import Sector
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import format_date, format_number, query, url
from buendnisnetz.ui.listing import Cell, Column, ListPage

# Files with more ties than this come without the names of the occasions.
MOST_WITH_EVIDENCE = 5_000
_ONLY = {
    "verbunden": "degree > 0",
    "ohne": "degree = 0",
    "buendnisse": f"body = {ALLIANCE}",
}


class _GraphList(ListPage):
    """What both tables share: the network that is asked for, the tabs."""

    tab: ClassVar[str]
    intro: ClassVar[Any]
    wish: Wish
    seen: Seen

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.carried = carried(request)
        return answered(
            request,
            lambda: self._page(request, *args, **kwargs),
            self.tab,
            file=self.is_file,
        )

    def _page(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = super().get(request, *args, **kwargs)
        if isinstance(page, HttpResponse):
            # What renders a page may live on for a while, and this with it.
            self.seen.close()
            if self.seen.renewing:
                viewkit.for_this_moment(page)
        return page

    @property
    def is_file(self) -> bool:
        return self.request.GET.get("format") in {"csv", "xlsx"}

    def filter_kwargs(self) -> dict[str, Any]:
        return {"day": today()}

    def queryset(self) -> QuerySet[Any]:
        return QuerySet()  # Stands in; narrow knows the wish.

    def narrow(self, rows: Any, values: dict[str, Any]) -> Any:
        self.wish = wish_of(values, today())
        self.seen = network(self.request, self.wish, lambda: self._filter()[1]())
        return self.records(values)

    def records(self, values: dict[str, Any]) -> Rows:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return {
            "tabs": presenters.graph_tabs(self.tab, self.carried),
            "crumbs": [(presenters.TITLE, url("insight:graph_picture")), (self.title, "")],
            "period": presenters.period_words(self.wish),
            "made": presenters.made_words(self.seen),
            "intro": self.intro,
            "note": "",
        }


@open_to(*NETWORK_READERS)
class NodeListView(_GraphList):
    template = "insight/graph_list.html"
    title = gettext_lazy("Figures of the network")
    tab = "nodes"
    intro = gettext_lazy(
        "Ties: with how many bodies somebody works. Occasions: how often. Share of ways: on how many"
        " of the shortest ways between two others somebody stands; who stands on many connects."
        " Community: who has more ties among themselves than with others."
    )
    export_name = "netz-kennzahlen"
    filter_class = NodeFilter
    default_sort = "-degree"
    columns = (
        Column("name", gettext_lazy("Name"), ("rank",)),
        Column("kind", gettext_lazy("Kind")),
        Column("degree", gettext_lazy("Ties"), ("degree", "-rank"), numeric=True),
        Column("strength", gettext_lazy("Occasions"), ("strength", "-rank"), numeric=True),
        Column("share", gettext_lazy("Share of ways"), ("share", "-rank"), numeric=True),
        Column("community", gettext_lazy("Community"), ("community", "rank"), numeric=True),
        Column("cut", gettext_lazy("Cut off without it"), ("lost_nodes", "-rank"), numeric=True),
        Column("between", gettext_lazy("Shortest ways (number)"), export_only=True),
        Column("side", pgettext_lazy("sector", "Side"), export_only=True),
        Column("ags", gettext_lazy("Key (AGS)"), export_only=True),
    )
    fields = ("pk",)

    def records(self, values: dict[str, Any]) -> Rows:
        rows = nodes_of(self.seen)
        only = _ONLY.get(values.get("nur") or "")
        return rows.where(only) if only else rows

    def searched(self, rows: Any, typed: str) -> Any:
        return named(rows, search_key(typed))

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        node, lost = node_in(record), record["lost_nodes"]
        community = None if record["community"] is None else record["community"] + 1
        picture = url("insight:graph_picture") + query(self.carried, verbund=community)
        return [
            Cell(node.name, presenters.page_of(node)),
            Cell(presenters.kind_words(node)),
            Cell(format_number(record["degree"])),
            Cell(format_number(record["strength"])),
            Cell(presenters.share_words(record["share"])),
            Cell(str(community), picture) if community else Cell("–"),
            Cell(format_number(lost) if lost else "–"),
            Cell(format_number(record["betweenness"], 1)),
            Cell(str(Sector(node.side).label) if node.side else ""),
            Cell(node.ags or ""),
        ]

    def context(self) -> dict[str, Any]:
        return {**super().context(), "note": presenters.betweenness_note(self.seen)}


@open_to(*NETWORK_READERS)
class TieListView(_GraphList):
    template = "insight/graph_list.html"
    title = gettext_lazy("Ties of the network")
    tab = "ties"
    intro = gettext_lazy("Who works with whom, since when, and what it rests on.")
    export_name = "netz-verbindungen"
    filter_class = GraphFilter
    default_sort = "-weight"
    columns = (
        Column("one", pgettext_lazy("network", "Body"), ("rank_a", "rank_b")),
        Column("other", gettext_lazy("Tied to"), ("rank_b", "rank_a")),
        Column("kinds", pgettext_lazy("network", "By"), ("kinds", "rank_a")),
        Column("weight", gettext_lazy("Occasions"), ("weight", "-rank_a", "-rank_b"), numeric=True),
        Column("first", gettext_lazy("First day"), ("first_day", "rank_a")),
        Column("last", gettext_lazy("Last day"), ("last_day", "rank_a")),
        Column("evidence", gettext_lazy("Rests on")),
    )  # fmt: skip
    fields = ("pk",)

    def records(self, values: dict[str, Any]) -> Rows:
        return ties_of(self.seen)

    def searched(self, rows: Any, typed: str) -> Any:
        return with_ends_named(rows, search_key(typed))

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The bodies of a page's ties, and what these rest on, by one query."""
        for record in records:
            record["one"], record["other"] = node_in(record, "one_"), node_in(record, "other_")
        if self.is_file and self.seen.about.ties > MOST_WITH_EVIDENCE:
            return records
        ties = [(row["one"].number, row["other"].number, row["rests_on"]) for row in records]
        found = evidence_for(self.request.user, self.wish, ties, presenters.MOST_NAMED)
        for record in records:
            record["evidence"] = found[record["one"].number, record["other"].number]
        return records

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["one"].name, presenters.page_of(record["one"])),
            Cell(record["other"].name, presenters.page_of(record["other"])),
            Cell(presenters.kinds_words(record["kinds"])),
            Cell(format_number(record["weight"])),
            Cell(format_date(day_in(record["first_day"]))),
            Cell(format_date(day_in(record["last_day"]))),
            Cell(presenters.evidence_words(record["evidence"]) if "evidence" in record else ""),
        ]
