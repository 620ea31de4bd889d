"""Gaps: the state's overview, and one alliance with candidates, balance and what needs attention."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.queries import balance, candidates, care, overview
from buendnisnetz.insight.domain.queries.running import SqlRows
from buendnisnetz.insight.enums import AllianceKind
from buendnisnetz.insight.forms.filters import GapFilter
from buendnisnetz.insight.presenters import gaps as presenters
from buendnisnetz.insight.rules import GAP_READERS, can_keep, can_set_state_rules, view_of
from buendnisnetz.insight.views.at_once import ListAtOnce
from buendnisnetz.insight.views.pages import ALLIANCE, Asked, asked
from buendnisnetz.network.enums import AllianceStatus
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column


@open_to(*GAP_READERS)
class GapListView(ListAtOnce):
    template = "insight/gap_list.html"
    title = gettext_lazy("Gaps")
    export_name = "luecken"
    filter_class = GapFilter
    default_sort = "-gaps"
    columns = (
        Column("name", gettext_lazy("Alliance"), ("sort_key",)),
        Column("kind", gettext_lazy("Works in"), ("kind", "sort_key")),
        # Most gaps first, and among as many by name.
        Column("gaps", gettext_lazy("Gaps"), ("gaps", "-sort_key"), numeric=True),
        Column("missing", gettext_lazy("Missing")),
        Column("since", gettext_lazy("The oldest since")),
        Column("members", gettext_lazy("Members"), ("members", "sort_key"), numeric=True),
        Column("business", gettext_lazy("Business"), ("business_share", "sort_key"), numeric=True),
        Column("warnings", gettext_lazy("Needs attention"), ("cardinality(warnings)", "sort_key")),
        Column("sign", gettext_lazy("Last sign of life"), ("sign_of_life", "sort_key")),
        Column("status", gettext_lazy("Status"), export_only=True),
    )
    fields = ("pk",)
    on: Asked

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.on = asked(request)
        self.view = view_of(request.user)
        return super().get(request, *args, **kwargs)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"day": self.on.day}

    def queryset(self) -> QuerySet[Any]:
        return overview.overview(self.view, self.on.day)  # type: ignore[return-value]  # SqlRows stands in

    def narrow(self, rows: Any, values: dict[str, Any]) -> Any:
        return overview.narrowed(rows, values)

    def searched(self, rows: Any, typed: str) -> Any:
        found: SqlRows = rows
        return found.where("search_key LIKE %(typed)s", typed=f"%{search_key(typed)}%")

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        warnings = presenters.warning_labels(record["warnings"])
        return [
            Cell(record["name"], url("insight:gap_detail", record["slug"]) + self.on.carried),
            Cell(str(AllianceKind(record["kind"]).label) if record["kind"] else "–"),
            Cell(str(record["gaps"])),
            Cell(", ".join(record["labels"]) or "–"),
            Cell(format_date(record["since"])),
            Cell("–" if record["members"] is None else str(record["members"])),
            Cell(presenters.percent(record["business_share"])),
            Cell(", ".join(warnings) or "–"),
            Cell(format_date(record["sign_of_life"])),
            Cell(str(AllianceStatus(record["status"]).label)),
        ]

    def context(self) -> dict[str, Any]:
        return {
            "tabs": presenters.gap_tabs(self.request.user, "alliances"),
            "on": self.on,
            "can_set": can_set_state_rules(self.request.user),
        }


@open_to(*GAP_READERS)
def gap_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One alliance: what is there and what is missing, since when, and who could close the gap."""
    alliance = ALLIANCE.found(request, slug)
    on, view = asked(request), view_of(request.user)
    report = overview.report_of(alliance.pk, view, on.day)
    if report is None:
        raise Http404
    row, needs = report.row, report.needs
    found = candidates.candidates_for(alliance, needs, request.user, on.day)
    keeps = can_keep(request.user, alliance)
    looked_after = care.care_of(alliance, request.user, on.day)
    context: dict[str, Any] = {
        "title": alliance.name,
        "alliance": alliance,
        "on": on,
        "row": row,
        "needs": presenters.need_lines(needs),
        "gaps": presenters.gap_lines(needs, found),
        "warnings": presenters.warning_lines(row["warnings"], alliance, keeps),
        "balance": presenters.balance(balance.of_alliance(alliance.pk, on.day)) if row["whole"] else None,
        "keeps": keeps,
        "topics": [line for line in looked_after.topics if not line.closed],
        "closed": [line.topic for line in looked_after.topics if line.closed and keeps],
        "talks": looked_after.talks,
        "tabs": presenters.gap_tabs(request.user, ""),
        "crumbs": [(_("Gaps"), url("insight:gap_list")), (alliance.name, "")],
    }  # fmt: skip
    return viewkit.render(request, "insight/gap_detail.html", context)
