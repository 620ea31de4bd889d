"""The network as tables: bodies with their figures, ties with what they rest on."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext_lazy

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.graph import kept
from buendnisnetz.insight.domain.graph.network import evidence_for
from buendnisnetz.insight.domain.graph.statements import ALLIANCE
from buendnisnetz.insight.domain.graph.wishes import Wish
from buendnisnetz.insight.forms.graph import GraphFilter, NodeFilter, wish_of
from buendnisnetz.insight.presenters import graph as presenters
from buendnisnetz.insight.rules import NETWORK_READERS
from buendnisnetz.insight.views.graph import TITLE, carried, now
from buendnisnetz.network.enums import Sector
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import format_date, format_number, query, url
from buendnisnetz.ui.listing import Cell, Column, ListPage
from buendnisnetz.ui.tables import Table

# Files with more ties than this come without the names of the occasions.
MOST_WITH_EVIDENCE = 5_000
# Of which column what has to hold.
_ONLY: dict[str, tuple[str, Callable[[int], bool]]] = {
    "verbunden": ("degree", lambda degree: degree > 0),
    "ohne": ("degree", lambda degree: degree == 0),
    "buendnisse": ("kind", lambda kind: kind == ALLIANCE),
}


class _GraphList(ListPage):
    """What both tables share: the network that is asked for, the tabs."""

    tab: ClassVar[str]
    intro: ClassVar[Any]
    wish: Wish
    seen: kept.Seen

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.carried = carried(request)
        return super().get(request, *args, **kwargs)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"day": today()}

    def queryset(self) -> QuerySet[Any]:
        return Table({"pk": []})  # type: ignore[return-value]  # stands in; narrow knows the wish

    def narrow(self, rows: Any, values: dict[str, Any]) -> Any:
        self.wish = wish_of(values, today())
        self.seen = kept.seen(self.request.user, self.wish, now=now())
        return self.records(values)

    def records(self, values: dict[str, Any]) -> Table:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return {
            "tabs": presenters.graph_tabs(self.tab, self.carried),
            "crumbs": [(TITLE, url("insight:graph_picture")), (self.title, "")],
            "period": presenters.period_words(self.wish),
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
        Column("name", gettext_lazy("Name"), ("sort_key",)),
        Column("kind", gettext_lazy("Kind")),
        Column("degree", gettext_lazy("Ties"), ("degree", "-sort_key"), numeric=True),
        Column("strength", gettext_lazy("Occasions"), ("strength", "-sort_key"), numeric=True),
        Column("share", gettext_lazy("Share of ways"), ("share", "-sort_key"), numeric=True),
        Column("community", gettext_lazy("Community"), ("community", "sort_key"), numeric=True),
        Column("cut", gettext_lazy("Cut off without it"), ("cut", "-sort_key"), numeric=True),
        Column("between", gettext_lazy("Shortest ways (number)"), export_only=True),
        Column("side", pgettext_lazy("sector", "Side"), export_only=True),
        Column("ags", gettext_lazy("Key (AGS)"), export_only=True),
    )
    fields = ("pk",)

    def records(self, values: dict[str, Any]) -> Table:
        rows = self.seen.table(presenters.nodes_table)
        only = _ONLY.get(values.get("nur") or "")
        return rows.where(*only) if only else rows

    def searched(self, rows: Any, typed: str) -> Any:
        wanted = search_key(typed)
        return rows.where("sort_key", lambda key: wanted in key)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        node, community = record["node"], record["community"]
        picture = url("insight:graph_picture") + query(self.carried, verbund=community)
        return [
            Cell(node.name, presenters.page_of(node)),
            Cell(presenters.kind_words(node)),
            Cell(format_number(record["degree"])),
            Cell(format_number(record["strength"])),
            Cell(presenters.share_words(record["share"])),
            Cell(str(community), picture) if community else Cell("–"),
            Cell(format_number(record["cut"]) if record["cut"] else "–"),
            Cell(format_number(record["between"], 1)),
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
        Column("one", pgettext_lazy("network", "Body"), ("sort_key", "other_key")),
        Column("other", gettext_lazy("Tied to"), ("other_key", "sort_key")),
        Column("kinds", pgettext_lazy("network", "By"), ("kinds", "sort_key")),
        Column("weight", gettext_lazy("Occasions"), ("weight", "-sort_key", "-other_key"), numeric=True),
        Column("first", gettext_lazy("First day"), ("first_day", "sort_key")),
        Column("last", gettext_lazy("Last day"), ("last_day", "sort_key")),
        Column("evidence", gettext_lazy("Rests on")),
    )  # fmt: skip
    fields = ("pk",)

    def records(self, values: dict[str, Any]) -> Table:
        return self.seen.table(presenters.ties_table)

    def searched(self, rows: Any, typed: str) -> Any:
        wanted = search_key(typed)
        return rows.where_any(("sort_key", "other_key"), lambda key: wanted in key)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The bodies of a page's ties, and what these rest on, by one query."""
        network, nodes = self.seen.network, self.seen.network.nodes
        for record in records:
            tie = record["tie"]
            record["one"], record["other"] = nodes[tie.a], nodes[tie.b]
        is_file = self.request.GET.get("format") in {"csv", "xlsx"}
        if is_file and len(network.ties) > MOST_WITH_EVIDENCE:
            return records
        ties = [record["tie"] for record in records]
        found = evidence_for(self.request.user, self.wish, network, ties)
        for record in records:
            record["evidence"] = found[record["one"].number, record["other"].number]
        return records

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["one"].name, presenters.page_of(record["one"])),
            Cell(record["other"].name, presenters.page_of(record["other"])),
            Cell(presenters.kinds_words(record["kinds"])),
            Cell(format_number(record["weight"])),
            Cell(format_date(record["first_day"])),
            Cell(format_date(record["last_day"])),
            Cell(presenters.evidence_words(record.get("evidence", []))),
        ]
