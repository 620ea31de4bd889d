"""The lists of alliances and organisations."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.words import words_of
from buendnisnetz.network import rules
from buendnisnetz.network.domain.queries import alliances, listed, organisations
from buendnisnetz.network.enums import (
    AllianceStatus,
    OrganisationKind,
    Sector,
    SizeClass,
    WzSection,
)
from buendnisnetz.network.forms import filters
from buendnisnetz.network.models import Alliance, Organisation
from buendnisnetz.network.presenters import STATUS_TONES, address_of, period
from buendnisnetz.network.views.listing import NetworkList
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column


@open_to(public=True)
class AllianceListView(NetworkList):
    title = gettext_lazy("Alliances")
    tab = "alliance"
    export_name = "buendnisse"
    filter_class = filters.AllianceFilter
    default_sort = "name"
    empty_title = gettext_lazy("No alliance yet")
    empty_text = gettext_lazy("An alliance has a name, a territory and a state with evidence.")
    columns = (
        Column("name", gettext_lazy("Name"), ("sort_key",)),
        Column("status", gettext_lazy("Status"), ("status",)),
        Column("territories", gettext_lazy("Territory")),
        Column("members", gettext_lazy("Members"), ("member_count",), numeric=True),
        Column("founded", gettext_lazy("Founded"), ("founded_on",)),
        Column("contact", gettext_lazy("Contact")),
        Column("confirmed", gettext_lazy("Confirmed"), ("confirmed_on",)),
        Column("email", gettext_lazy("E-mail address"), export_only=True),
        Column("website", gettext_lazy("Website"), export_only=True),
    )
    fields = (
        "pk", "slug", "name", "founded_on", "status", "confirmed_on", "email", "website",
    )  # fmt: skip
    # Their states are read for all of them, before the first can be shown.
    counted_at_once = True
    reckoned = True

    def queryset(self) -> QuerySet[Any]:
        return Alliance.objects.visible_to(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return alliances.narrowed(rows, values, self.day)

    @cached_property
    def a_year_ago(self) -> date:
        return alliances.twelve_months_before(self.day)

    @cached_property
    def unconfirmed(self) -> str:
        return _("unconfirmed")

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = listed.details_of([record["pk"] for record in records], self.day)
        return [{**record, "details": found[record["pk"]]} for record in records]

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status, confirmed = record["status"], record["confirmed_on"]
        places, members, post = record["details"]
        stale = confirmed is not None and confirmed < self.a_year_ago
        return [
            Cell(record["name"], address_of("network:alliance_detail")(record["slug"])),
            Cell(words_of(AllianceStatus)[status], tone=STATUS_TONES[status]) if status else Cell("–"),
            Cell(places or "–"),
            Cell(str(members)),
            Cell(format_date(record["founded_on"])),
            Cell(post.title, address_of("network:post_detail")(post.public_id)) if post else Cell("–"),
            Cell(format_date(confirmed), note=self.unconfirmed if stale else ""),
            Cell(record["email"]),
            Cell(record["website"]),
        ]  # fmt: skip

    def actions(self) -> list[tuple[str, str]]:
        keeper = rules.is_keeper(self.request.user)
        return [(_("Add an alliance"), url("network:alliance_create"))] if keeper else []


@open_to(public=True)
class OrganisationListView(NetworkList):
    title = gettext_lazy("Organisations")
    tab = "organisation"
    export_name = "organisationen"
    filter_class = filters.OrganisationFilter
    default_sort = "name"
    empty_title = gettext_lazy("No organisation yet")
    empty_text = gettext_lazy("Members, carriers and employers of contacts stand here.")
    columns = (
        Column("name", gettext_lazy("Name"), ("sort_key",)),
        Column("kind", gettext_lazy("Kind"), ("kind",)),
        Column("sector", gettext_lazy("Side"), ("sector",)),
        Column("district", gettext_lazy("District")),
        Column("size", gettext_lazy("Number of staff"), export_only=True),
        Column("branch", gettext_lazy("Branch"), export_only=True),
        Column("period", gettext_lazy("Period"), ("valid_to",)),
        Column("city", gettext_lazy("Town"), export_only=True),
        Column("email", gettext_lazy("E-mail address"), export_only=True),
        Column("phone", gettext_lazy("Phone"), export_only=True),
        Column("website", gettext_lazy("Website"), export_only=True),
    )
    fields = (
        "pk", "public_id", "name", "short_name", "kind", "sector", "size_class", "wz_section",
        "valid_from", "valid_to", "city", "email", "phone", "website", "territory__short_name",
        "territory__level", "territory__parent__short_name",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return Organisation.objects.visible_to(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return organisations.narrowed(rows, values, self.day)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        ended = record["valid_to"] is not None
        return [
            Cell(
                record["name"],
                address_of("network:organisation_detail")(record["public_id"]),
                note=record["short_name"],
            ),
            Cell(words_of(OrganisationKind)[record["kind"]]),
            Cell(words_of(Sector)[record["sector"]]),
            Cell(organisations.place_of(record) or "–"),
            Cell(words_of(SizeClass).get(record["size_class"], "")),
            Cell(words_of(WzSection).get(record["wz_section"], "")),
            Cell(
                period(record["valid_from"], record["valid_to"]) or "–",
                tone="warning" if ended else "",
            ),
            Cell(record["city"]),
            Cell(record["email"]),
            Cell(record["phone"]),
            Cell(record["website"]),
        ]

    def actions(self) -> list[tuple[str, str]]:
        allowed = rules.can_create(self.request.user)
        return [(_("Add an organisation"), url("network:organisation_create"))] if allowed else []
