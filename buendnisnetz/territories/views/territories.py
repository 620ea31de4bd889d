"""The list of territories and a territory's own page."""

from collections.abc import Hashable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.audit.history import history_of
from buendnisnetz.core.gates import public_page
from buendnisnetz.core.words import words_of
from buendnisnetz.territories import presenters
from buendnisnetz.territories.domain.queries import chambers, outlines, pages, populations
from buendnisnetz.territories.domain.queries import territories as queries
from buendnisnetz.territories.domain.queries.outlines import Sheet
from buendnisnetz.territories.enums import Level, PopulationBase, TerritoryKind
from buendnisnetz.territories.forms.filters import TerritoryFilter
from buendnisnetz.territories.models import Territory
from buendnisnetz.territories.views.days import asked
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date, format_number, query, url
from buendnisnetz.ui.listing import Cell, Column, ListPage


@public_page
class TerritoryListView(ListPage):
    template = "territories/territory_list.html"
    title = gettext_lazy("Districts and municipalities")
    export_name = "gebiete"
    filter_class = TerritoryFilter
    default_sort = "kind"
    columns = (
        Column("name", gettext_lazy("Name"), ("sort_key",)),
        Column("kind", gettext_lazy("Kind"), ("level", "kind", "sort_key")),
        Column("parent", gettext_lazy("Lies in"), ("parent__sort_key", "sort_key")),
        Column("population", gettext_lazy("Inhabitants"), ("population_order",), numeric=True),
        Column("area", gettext_lazy("Area in km²"), ("area_order",), numeric=True),
        Column("key", gettext_lazy("Key (AGS)"), ("ags",)),
        Column("ars", gettext_lazy("Regional key (ARS)"), export_only=True),
        Column("counted_on", gettext_lazy("Counted on"), export_only=True),
        Column("base", gettext_lazy("Base of the count"), export_only=True),
        Column("valid_from", gettext_lazy("Valid from"), export_only=True),
        Column("valid_to", gettext_lazy("Valid to"), export_only=True),
    )
    fields = (
        "name", "public_id", "kind", "ags", "ars", "area_km2", "parent__name", "parent__public_id",
        "population", "population_on", "population_estimated", "valid_from", "valid_to",
    )  # fmt: skip

    @cached_property
    def day(self) -> date:
        return asked(self.request).day

    @cached_property
    def base(self) -> PopulationBase | None:
        return populations.base_near(self.day)

    @cached_property
    def pattern(self) -> str:
        """The address of a row; resolved once, for a list has a hundred links."""
        stand = query({}, stand=self.day.isoformat()) if "stand" in self.request.GET else ""
        return url("territories:territory_detail", "ID") + stand

    def filter_kwargs(self) -> dict[str, Any]:
        return {"day": self.day}

    def queryset(self) -> QuerySet[Any]:
        visible = Territory.objects.visible_to(self.request.user)
        return populations.with_population(visible.as_of(self.day), on=self.day, base=self.base)

    def shape(self) -> Hashable:
        return self.day, self.base

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values)

    def context(self) -> dict[str, Any]:
        return {"day": self.day, "base": self.base, "known": queries.known_days()}

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        about = "≈ " if record["population_estimated"] else ""
        return [
            Cell(record["name"], self._address(record["public_id"])),
            Cell(words_of(TerritoryKind)[record["kind"]]),
            Cell(record["parent__name"] or "–", self._address(record["parent__public_id"])),
            Cell(about + format_number(record["population"])),
            Cell(format_number(record["area_km2"])),
            Cell(record["ags"]),
            Cell(record["ars"]),
            Cell(format_date(record["population_on"], "")),
            Cell(
                words_of(PopulationBase)[self.base] if self.base and record["population_on"] else ""
            ),
            Cell(format_date(record["valid_from"], "")),
            Cell(format_date(record["valid_to"], "")),
        ]

    def _address(self, public_id: str | None) -> str:
        """The page of a territory, as of the same day if one was asked for."""
        if not public_id:
            return ""
        return self.pattern.replace("ID", public_id)


@public_page
def territory_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """All that is known of a territory, as of a day."""
    territory = queries.detailed(public_id)
    if territory is None:
        raise Http404
    on = asked(request, territory)
    found = pages.of_territory(territory, on.day)
    base = populations.base_of_nearest(found.figures, on.day) or populations.base_near(on.day)
    return viewkit.render(
        request,
        "territories/territory_detail.html",
        {
            "title": territory.name,
            "territory": territory,
            "on": on.day,
            "day_field": on.field,
            "path": queries.path_of(territory),
            "known": queries.known_days(territory),
            "figures": found.figures,
            "parts": queries.parts_of(territory, on=on.day, base=base),
            "base": base,
            "kinds": words_of(TerritoryKind),
            "later": found.later,
            "earlier": found.earlier,
            "became": _became(territory),
            "neighbours": found.neighbours,
            "chambers": [(fact, chambers.holds(fact, on.day)) for fact in found.facts],
            "map": _map(territory, found.sheet, on.day),
            "history": history_of(territory),
            "crumbs": _crumbs(territory),
        },
    )


def _became(territory: Territory) -> list[Territory]:
    """Who holds the land of a territory that has ended."""
    today = timezone.localdate()
    if territory.valid_to is None or territory.valid_to >= today:
        return []
    return queries.successors_today(territory, today=today)


def _map(territory: Territory, sheet: Sheet | None, day: date) -> presenters.Drawing | None:
    """A state with its districts, a district among districts, a municipality among its own, or where it
    lies if those have no outlines."""
    parent = territory.parent
    if sheet is None:
        if parent is None or territory.level == Level.DISTRICT:
            return None
        wider = outlines.sheet_of(Level.DISTRICT, parent.parent_id or parent.pk, on=day)
        return _map(parent, wider, day)
    if parent is None:
        return presenters.drawing(sheet, set())
    highlighted = {territory.pk}
    if territory.level == Level.ASSOCIATION:
        highlighted = {area.pk for area in sheet.areas if area.association == territory.pk}
    place = (territory.longitude, territory.latitude)
    return presenters.drawing(sheet, highlighted, place=place)


def _crumbs(territory: Territory) -> list[tuple[str, str]]:
    above = [
        (row.name, url("territories:territory_detail", row.public_id))
        for row in queries.path_of(territory)
    ]
    return [
        (_("Districts and municipalities"), url("territories:territory_list")),
        *above,
        (territory.name, ""),
    ]
