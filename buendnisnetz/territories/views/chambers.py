"""The chambers and their districts."""

from collections.abc import Hashable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.audit.history import history_of
from buendnisnetz.core.gates import public_page
from buendnisnetz.territories import presenters
from buendnisnetz.territories.domain.queries import chambers as queries
from buendnisnetz.territories.domain.queries import outlines
from buendnisnetz.territories.enums import ChamberKind, Level
from buendnisnetz.territories.forms.filters import ChamberFilter
from buendnisnetz.territories.models import ChamberDistrict
from buendnisnetz.territories.views.days import asked
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_number, query, url
from buendnisnetz.ui.listing import Cell, Column, ListPage


@public_page
class ChamberListView(ListPage):
    template = "territories/chamber_list.html"
    title = gettext_lazy("Chambers")
    export_name = "kammern"
    filter_class = ChamberFilter
    default_sort = "name"
    columns = (
        Column("name", gettext_lazy("Name"), ("name",)),
        Column("kind", gettext_lazy("Kind"), ("kind", "name")),
        Column("seat", gettext_lazy("Seat"), ("seat", "name")),
        Column("districts", gettext_lazy("Districts"), ("district_count", "name"), numeric=True),
    )
    fields = ("name", "public_id", "kind", "seat", "district_count")

    @cached_property
    def day(self) -> date:
        return asked(self.request).day

    def queryset(self) -> QuerySet[Any]:
        return queries.with_districts(self.day)

    def shape(self) -> Hashable:
        return self.day

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values)

    def context(self) -> dict[str, Any]:
        return {"day": self.day}

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        stand = query({}, stand=self.day.isoformat()) if "stand" in self.request.GET else ""
        return [
            Cell(record["name"], url("territories:chamber_detail", record["public_id"]) + stand),
            Cell(str(ChamberKind(record["kind"]).label)),
            Cell(record["seat"]),
            Cell(format_number(record["district_count"])),
        ]


@public_page
def chamber_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A chamber with its districts as of a day."""
    chamber = viewkit.or_404(queries.chamber_at(public_id))
    on = asked(request)
    districts = queries.districts_of(chamber, on.day)
    return viewkit.render(
        request,
        "territories/chamber_detail.html",
        {
            "title": chamber.name,
            "chamber": chamber,
            "on": on.day,
            "day_field": on.field,
            "districts": districts.held,
            "former": districts.former,
            "map": _map(districts.held, on.day),
            "history": history_of(chamber),
            "crumbs": [(_("Chambers"), url("territories:chamber_list")), (chamber.name, "")],
        },
    )


def _map(held: list[ChamberDistrict], day: date) -> presenters.Drawing | None:
    """The chamber's districts among all of the state."""
    state = held[0].territory.parent_id if held else None
    sheet = outlines.sheet_of(Level.DISTRICT, state, on=day) if state else None
    return presenters.drawing(sheet, {row.territory_id for row in held}) if sheet else None
