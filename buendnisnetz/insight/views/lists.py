"""Small lists: whom to find again, posts for planning and caring, self-checks."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.search import search_key
from buendnisnetz.insight.domain.queries import ended, self_checks, staffing
from buendnisnetz.insight.forms.filters import AsOfFilter
from buendnisnetz.insight.presenters import gaps as presenters
from buendnisnetz.insight.rules import ALLIANCE_KEEPERS, DISTRICT_READERS
from buendnisnetz.insight.views.at_once import ListAtOnce
from buendnisnetz.insight.views.districts import sees_every_district
from buendnisnetz.insight.views.pages import Asked, asked
from buendnisnetz.ui.jinja import format_date, format_number, url
from buendnisnetz.ui.listing import Cell, Column, FilterForm, ListPage


class AsOfList(ListPage):
    """A list of the gap report that answers "as of" a day."""

    template = "insight/list.html"
    filter_class = AsOfFilter
    default_sort = "name"
    tab = ""

    @cached_property
    def on(self) -> Asked:
        return asked(self.request)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"day": self.on.day}

    def context(self) -> dict[str, Any]:
        return {
            "tabs": presenters.gap_tabs(self.request.user, self.tab),
            "on": self.on,
            "intro": self.intro,
        }

    intro: Any = ""


@open_to(*ALLIANCE_KEEPERS)
class EndedListView(AsOfList):
    title = gettext_lazy("To find again")
    intro = gettext_lazy(
        "These organisations ended, but their people and memberships are still open: whom to call, and what to end."
    )
    tab = "ended"
    export_name = "wiederfinden"
    default_sort = "-ended"
    reckoned = True
    columns = (
        Column("name", gettext_lazy("Organisation"), ("sort_key",)),
        Column("ended", gettext_lazy("Ended on"), ("valid_to",)),
        Column("successor", gettext_lazy("Successor"), ("successor__sort_key",)),
        Column("people", gettext_lazy("People to find again"), ("people",)),
        Column("alliances", gettext_lazy("Still a member of"), ("open_memberships",)),
    )
    fields = (
        "pk", "public_id", "name", "valid_to", "successor__name", "successor__public_id", "people",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return ended.with_numbers(ended.ended_organisations(self.request.user, self.on.day))

    def shape(self) -> Hashable:
        return shape_of(self.request.user), self.on.day

    def counted(self, values: dict[str, Any]) -> QuerySet[Any]:
        return ended.ended_organisations(self.request.user, self.on.day)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        numbers = [record["pk"] for record in records]
        people = ended.people_of(numbers, self.request.user)
        alliances = ended.alliances_of(numbers)
        for record in records:
            record["names"] = [name for _id, name in people.get(record["pk"], [])]
            record["alliances"] = alliances.get(record["pk"], [])
        return records

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        successor = record["successor__public_id"]
        return [
            Cell(record["name"], url("network:organisation_detail", record["public_id"])),
            Cell(format_date(record["valid_to"])),
            Cell(
                record["successor__name"] or "–",
                url("network:organisation_detail", successor) if successor else "",
            ),
            Cell(
                ", ".join(record["names"]) or (str(record["people"]) if record["people"] else "–")
            ),
            Cell(", ".join(record["alliances"]) or "–"),
        ]


@open_to(*DISTRICT_READERS)
class StaffingListView(ListAtOnce, AsOfList):
    title = gettext_lazy("Planning and care by district")
    intro = gettext_lazy("Posts for social planning and caretakers, as of a day.")
    tab = "staffing"
    export_name = "stellen-kreise"
    columns = (
        Column("name", pgettext_lazy("short", "District"), ("sort_key",)),
        Column("planners", gettext_lazy("Planning posts filled"), ("planners_held", "sort_key")),
        Column("hours", gettext_lazy("Hours a week"), ("planner_hours", "sort_key"), numeric=True),
        Column("vacant", gettext_lazy("Vacant since"), ("vacant_since", "sort_key")),
        Column("caretakers", gettext_lazy("Caretakers"), ("caretakers", "sort_key"), numeric=True),
        Column(
            "per_head",
            gettext_lazy("Caretakers' hours per 10,000 inhabitants"),
            ("caretaker_hours / nullif(inhabitants, 0)", "sort_key"),
            numeric=True,
        ),
        Column(
            "ending",
            gettext_lazy("Caretakers ending within 6 months"),
            ("ending", "sort_key"),
            numeric=True,
        ),
        Column("inhabitants", gettext_lazy("Inhabitants"), export_only=True),
        Column("counted", gettext_lazy("Counted on"), export_only=True),
    )
    fields = ("pk",)

    def queryset(self) -> QuerySet[Any]:
        user = self.request.user
        own = None if sees_every_district(user) else access_of(user).ids(ScopeKind.DISTRICT)
        return staffing.staffing(self.on.day, districts=own)  # type: ignore[return-value]

    def searched(self, rows: Any, typed: str) -> Any:
        return rows.where("sort_key LIKE %(typed)s", typed=f"%{search_key(typed)}%")

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        hours, people = record["caretaker_hours"], record["inhabitants"]
        per_head = float(hours) * 10_000 / people if hours and people else None
        return [
            Cell(record["name"], url("territories:territory_detail", record["public_id"])),
            Cell(
                f"{record['planners_held']} / {record['planners']}",
                tone="" if record["planners_held"] else "warning",
            ),
            Cell(format_number(record["planner_hours"])),
            Cell(format_date(record["vacant_since"])),
            Cell(str(record["caretakers"])),
            Cell(format_number(per_head, 1)),
            Cell(str(record["ending"]) if record["ending"] else "–"),
            Cell(format_number(people)),
            Cell(format_date(record["counted_on"], "")),
        ]


@open_to(*ALLIANCE_KEEPERS)
class CheckListView(ListPage):
    """Which alliances did a self-check, and when; no score stands here, so that none is ranked."""

    template = "insight/list.html"
    title = gettext_lazy("Self-check")
    export_name = "selbstcheck"
    default_sort = "name"
    filter_class = FilterForm
    columns = (
        Column("name", gettext_lazy("Alliance"), ("sort_key",)),
        Column("last", gettext_lazy("Last self-check"), ("last_done",)),
    )
    fields = ("pk", "slug", "name", "last_done")

    def queryset(self) -> QuerySet[Any]:
        return self_checks.alliances_for_checks(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["name"], url("insight:check_overview", record["slug"])),
            Cell(format_date(record["last_done"])),
        ]

    def context(self) -> dict[str, Any]:
        return {
            "tabs": presenters.gap_tabs(self.request.user, "checks"),
            "intro": gettext_lazy(
                "Six success factors and the structure profile: for the alliance itself, never public, without a ranking."
            ),
            "on": None,
        }
