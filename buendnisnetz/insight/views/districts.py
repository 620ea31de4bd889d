"""Gaps per district, over all its alliances together."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.queries import balance, districts
from buendnisnetz.insight.forms.filters import DistrictFilter
from buendnisnetz.insight.presenters import gaps as presenters
from buendnisnetz.insight.rules import DISTRICT_READERS, view_of
from buendnisnetz.insight.views.at_once import ListAtOnce
from buendnisnetz.insight.views.pages import Asked, asked
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.listing import Cell, Column


def sees_every_district(user: Any) -> bool:
    """The ministry sees figures of all districts, a planner those of the own one."""
    access = access_of(user)
    return access.sees_whole_state or access.has(Role.MINISTRY)


@open_to(*DISTRICT_READERS)
class DistrictListView(ListAtOnce):
    template = "insight/district_list.html"
    title = gettext_lazy("Gaps by district")
    export_name = "luecken-kreise"
    filter_class = DistrictFilter
    default_sort = "name"
    columns = (
        Column("name", pgettext_lazy("short", "District"), ("sort_key",)),
        Column("alliances", gettext_lazy("Alliances"), ("alliances", "sort_key"), numeric=True),
        Column("members", gettext_lazy("Members"), ("members", "sort_key"), numeric=True),
        Column("business", gettext_lazy("Business"), ("business_share", "sort_key"), numeric=True),
        Column("gaps", gettext_lazy("Gaps"), ("gaps", "sort_key"), numeric=True),
        Column("missing", gettext_lazy("Missing")),
        Column("key", gettext_lazy("Key (AGS)"), export_only=True),
    )
    fields = ("pk",)
    on: Asked

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.on = asked(request)
        return super().get(request, *args, **kwargs)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"day": self.on.day}

    def queryset(self) -> QuerySet[Any]:
        user = self.request.user
        return districts.overview(  # type: ignore[return-value]  # SqlRows stands in
            view_of(user), self.on.day, whole_state=sees_every_district(user)
        )

    def narrow(self, rows: Any, values: dict[str, Any]) -> Any:
        if values.get("missing"):
            return rows.where("%(missing)s = ANY(keys)", missing=values["missing"])
        return rows

    def searched(self, rows: Any, typed: str) -> Any:
        return rows.where("sort_key LIKE %(typed)s", typed=f"%{search_key(typed)}%")

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["short_name"], url("insight:district_detail", record["ags"]) + self.on.carried),
            Cell(str(record["alliances"])),
            Cell(str(record["members"])),
            Cell(presenters.percent(record["business_share"])),
            Cell(str(record["gaps"])),
            Cell(", ".join(record["labels"]) or "–"),
            Cell(record["ags"]),
        ]  # fmt: skip

    def context(self) -> dict[str, Any]:
        return {"tabs": presenters.gap_tabs(self.request.user, "districts"), "on": self.on}


@open_to(*DISTRICT_READERS)
def district_detail(request: HttpRequest, ags: str) -> HttpResponse:
    """One district: what its alliances have together, what is missing, and since when."""
    on, user = asked(request), request.user
    view, whole_state = view_of(user), sees_every_district(user)
    found = districts.reports(view, on.day, whole_state=whole_state, ags=ags)
    row, needs = viewkit.or_404(found[0] if found else None)
    context = {
        "title": _("Gaps: %(district)s") % {"district": row["short_name"]},
        "row": row,
        "on": on,
        "needs": presenters.need_lines(needs),
        "balance": presenters.balance(balance.of_district(row["pk"], on.day)),
        "tabs": presenters.gap_tabs(user, ""),
        "crumbs": [
            (_("Gaps by district"), url("insight:district_list")),
            (row["short_name"], ""),
        ],
    }
    return viewkit.render(request, "insight/district_detail.html", context)
