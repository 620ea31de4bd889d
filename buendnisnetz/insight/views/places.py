"""Every municipality: how it is reached; and the same counted per district."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from buendnisnetz.accounts.gate import EVERY_ROLE, open_to
from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.queries import coverage
from buendnisnetz.insight.enums import Way
from buendnisnetz.insight.forms.filters import AsOfFilter, PlaceFilter
from buendnisnetz.insight.presenters import places as presenters
from buendnisnetz.insight.views.at_once import ListAtOnce
from buendnisnetz.insight.views.pages import Asked, asked
from buendnisnetz.territories.enums import Urbanisation
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column

_WAYS = {"": "–", Way.OWN: gettext_lazy("own"), Way.DISTRICT: pgettext_lazy("short", "District")}


class _PlacePage(ListAtOnce):
    """What both lists share: the day, the tabs."""

    tab = ""
    on: Asked

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.on = asked(request)
        return super().get(request, *args, **kwargs)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"day": self.on.day}


@open_to(*EVERY_ROLE)
class PlaceListView(_PlacePage):
    template = "insight/place_list.html"
    title = gettext_lazy("Places")
    export_name = "orte"
    filter_class = PlaceFilter
    default_sort = "name"
    columns = (
        Column("name", gettext_lazy("Municipality"), ("sort_key",)),
        Column("district", pgettext_lazy("short", "District"), ("district_key", "sort_key")),
        Column("alliance", gettext_lazy("Alliance"), ("alliance", "sort_key")),
        Column("contact", pgettext_lazy("place", "Contact"), ("contact", "said_on", "sort_key")),
        Column("caretaker", gettext_lazy("Caretaker"), ("caretaker", "sort_key")),
        Column("meetings", gettext_lazy("Meetings"), ("meetings", "sort_key"), numeric=True),
        Column("member", gettext_lazy("Member"), ("member", "sort_key")),
        Column("settled", gettext_lazy("Density"), ("urbanisation", "sort_key")),
        Column("white", gettext_lazy("White spot"), ("white", "sort_key")),
        Column("key", gettext_lazy("Key (AGS)"), export_only=True),
    )  # fmt: skip
    fields = ("pk",)
    aggregates = coverage.TOTALS

    def queryset(self) -> QuerySet[Any]:
        # Keys nest, so the district narrows the statement itself and not only its result.
        within = self.request.GET.get("district", "")
        return coverage.coverage(self.on.day, within=within if within.isdecimal() else "")  # type: ignore[return-value]

    def narrow(self, rows: Any, values: dict[str, Any]) -> Any:
        return coverage.narrowed(rows, values)

    def searched(self, rows: Any, typed: str) -> Any:
        return coverage.searched(rows, typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        degree, yes = record["urbanisation"], _("yes")
        return [
            Cell(record["name"], url("territories:territory_detail", record["public_id"]) + self.on.carried),
            Cell(record["district"]),
            Cell(str(_WAYS[record["alliance"]])),
            presenters.contact_cell(record),
            Cell(yes if record["caretaker"] else "–"),
            Cell(str(record["meetings"]) if record["meetings"] else "–"),
            Cell(yes if record["member"] else "–"),
            Cell(str(Urbanisation(degree).label) if degree else "–"),
            Cell(yes, tone="warning") if record["white"] else Cell("–"),
            Cell(record["ags"]),
        ]  # fmt: skip

    def context(self) -> dict[str, Any]:
        return {
            "tabs": presenters.place_tabs("places", self.on.carried),
            "on": self.on,
            "totals": presenters.totals_line(coverage.Totals(**self.counts)),
        }


@open_to(*EVERY_ROLE)
class CoverageListView(_PlacePage):
    template = "insight/coverage_list.html"
    title = gettext_lazy("Places by district")
    export_name = "orte-kreise"
    filter_class = AsOfFilter
    default_sort = "name"
    columns = (
        Column("name", pgettext_lazy("short", "District"), ("sort_key",)),
        Column("places", gettext_lazy("Municipalities"), ("n", "sort_key"), numeric=True),
        Column("alliance", gettext_lazy("Alliance"), ("alliance::float / n", "sort_key")),
        Column("contact", pgettext_lazy("place", "Contact"), ("contact::float / n", "sort_key")),
        Column("caretaker", gettext_lazy("Caretaker"), ("caretaker::float / n", "sort_key")),
        Column("meeting", gettext_lazy("Meetings"), ("meeting::float / n", "sort_key")),
        Column("member", gettext_lazy("Member"), ("member::float / n", "sort_key")),
        Column("white", gettext_lazy("White spots"), ("white", "sort_key"), numeric=True),
        Column("outside", gettext_lazy("Meetings outside the seat"), ("meetings_outside::float / nullif(meetings, 0)", "sort_key")),
        Column("urban", gettext_lazy("Town: reached"), ("urban_reached", "sort_key")),
        Column("rural", gettext_lazy("Country: reached"), ("rural_reached", "sort_key")),
        Column("unknown", gettext_lazy("Contact not known"), export_only=True),
        Column("key", gettext_lazy("Key (AGS)"), export_only=True),
    )  # fmt: skip
    fields = ("pk",)

    def queryset(self) -> QuerySet[Any]:
        return coverage.districts(self.on.day)  # type: ignore[return-value]

    def searched(self, rows: Any, typed: str) -> Any:
        return rows.where("sort_key LIKE %(typed)s", typed=f"%{search_key(typed)}%")

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        of_all = presenters.of_all(record["n"])
        inside = f"?district={record['ags']}" + self.on.carried.replace("?", "&")
        return [
            Cell(record["name"], url("insight:place_list") + inside),
            Cell(str(record["n"])),
            Cell(of_all(record["alliance"])),
            Cell(of_all(record["contact"])),
            Cell(of_all(record["caretaker"])),
            Cell(of_all(record["meeting"])),
            Cell(of_all(record["member"])),
            Cell(str(record["white"]) if record["white"] else "–"),
            Cell(presenters.outside(record["meetings_outside"], record["meetings"])),
            Cell(presenters.of_all(record["urban"])(record["urban_reached"])),
            Cell(presenters.of_all(record["rural"])(record["rural_reached"])),
            Cell(str(record["unknown_contact"])),
            Cell(record["ags"]),
        ]

    def context(self) -> dict[str, Any]:
        return {
            "tabs": presenters.place_tabs("districts", self.on.carried),
            "on": self.on,
            "on_day": format_date(self.on.day),
        }
