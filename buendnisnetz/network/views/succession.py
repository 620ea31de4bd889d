"""Terms that end, posts that are empty, the contact of each district, and the figures."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.accounts.gate import EVERY_ROLE, open_to
from buendnisnetz.core.words import words_of
from buendnisnetz.network import tenure_presenters
from buendnisnetz.network.domain.queries import holders, posts, slots, tenure
from buendnisnetz.network.enums import HandoverStatus, PostKind, SlotState
from buendnisnetz.network.forms import filters
from buendnisnetz.network.presenters import address_of, one_line
from buendnisnetz.network.views.listing import NetworkList
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import format_date, format_number, url
from buendnisnetz.ui.listing import Cell, Column

SLOT_TONES: dict[str, str] = {
    SlotState.CONFIRMED: "success",
    SlotState.UNCONFIRMED: "warning",
    SlotState.VACANT: "danger",
    SlotState.MISSING: "danger",
}


def succession_tabs(current: str) -> list[tuple[str, str, bool]]:
    entries = [
        ("term", _("Ends soon"), "network:term_list"),
        ("vacancy", _("Vacant"), "network:vacancy_list"),
        ("slot", _("Contacts of the districts"), "network:slot_list"),
        ("handover", _("Handovers"), "network:handover_list"),
        ("tenure", _("Figures"), "network:tenure"),
    ]
    return [(text, url(name), code == current) for code, text, name in entries]


class SuccessionList(NetworkList):
    """The lists about who comes after whom."""

    def context(self) -> dict[str, Any]:
        crumbs = [(_("Terms"), url("network:term_list")), (str(self.title), "")]
        return {**super().context(), "tabs": succession_tabs(self.tab), "crumbs": crumbs}


class ToHandOverList(SuccessionList):
    """Where a handover may be begun, by whoever may change the post."""

    # Where a record says which post it is about.
    post_key: ClassVar[str]

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        keys = [record[self.post_key] for record in records]
        editable = posts.editable_among(keys, self.request.user)
        return [{**record, "editable": record[self.post_key] in editable} for record in records]


@open_to(*EVERY_ROLE)
class TermListView(ToHandOverList):
    title = gettext_lazy("Terms that end soon")
    tab = "term"
    post_key = "post__public_id"
    export_name = "amtszeiten"
    filter_class = filters.TermFilter
    default_sort = "ends_on"
    intro = gettext_lazy("By the last day of the term, of the post, or of the mandate.")
    empty_title = gettext_lazy("No term ends in this time")
    empty_text = gettext_lazy(
        "Days stand at terms, posts and mandates. Enter them to be warned in time."
    )
    columns = (
        Column("post", gettext_lazy("Function"), ("post__sort_key",)),
        Column("holder", gettext_lazy("Holder"), ("person__sort_key",)),
        Column("ends_on", gettext_lazy("Ends on"), ("ends_on",)),
        Column("reason", gettext_lazy("Because of")),
        Column("handover", gettext_lazy("Handover"), ("handover_status",)),
        Column("kind", gettext_lazy("Kind"), export_only=True),
    )  # fmt: skip
    fields = (
        "public_id", "post__public_id", "post__title", "post__scope_name", "post__kind",
        "person__academic_title", "person__given_name", "person__family_name", "valid_to",
        "post__valid_to", "post__mandate_ends_on", "ends_on", "handover_status", "handover_key",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        months = self.request.GET.get("months", "")
        wanted = int(months) if months in {"3", "6", "24"} else 12
        return tenure.ending_terms(self.request.user, self.day, wanted)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return tenure.narrowed_terms(rows, values)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return tenure.found_terms(rows, typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        names = ("academic_title", "given_name", "family_name")
        overdue = record["ends_on"] < self.day
        return [
            Cell(
                record["post__title"],
                address_of("network:post_detail")(record["post__public_id"]),
                note=record["post__scope_name"],
            ),
            Cell(one_line((record[f"person__{name}"] for name in names), " ")),
            Cell(format_date(record["ends_on"]), tone="danger" if overdue else ""),
            Cell(tenure_presenters.reason(record)),
            self._handover(record),
            Cell(words_of(PostKind)[record["post__kind"]]),
        ]

    def _handover(self, record: dict[str, Any]) -> Cell:
        if record["handover_key"]:
            address = address_of("network:handover_detail")(record["handover_key"])
            return Cell(words_of(HandoverStatus)[record["handover_status"]], address)
        if not record["editable"]:
            return Cell("–")
        return Cell(_("begin"), address_of("network:handover_start")(record["public_id"]))


@open_to(*EVERY_ROLE)
class VacancyListView(ToHandOverList):
    title = gettext_lazy("Vacant posts")
    tab = "vacancy"
    post_key = "public_id"
    export_name = "unbesetzt"
    filter_class = filters.VacancyFilter
    default_sort = "-days"
    counted_at_once = True
    reckoned = True
    empty_title = gettext_lazy("Every post is held")
    columns = (
        Column("post", gettext_lazy("Function"), ("sort_key",)),
        Column("scope", gettext_lazy("Belongs to"), ("scope_sort_key",)),
        Column("kind", gettext_lazy("Kind"), ("kind",)),
        Column("since", gettext_lazy("Vacant since"), ("empty_since",)),
        Column("days", gettext_lazy("Days"), ("empty_days",), numeric=True),
        Column("handover", gettext_lazy("Its work")),
    )
    fields = (
        "public_id", "title", "scope_name", "kind", "empty_since", "empty_days", "last_term",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return tenure.vacancies(self.request.user, self.day)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return tenure.narrowed_vacancies(rows, values)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["title"], address_of("network:post_detail")(record["public_id"])),
            Cell(record["scope_name"]),
            Cell(words_of(PostKind)[record["kind"]]),
            Cell(format_date(record["empty_since"], _("unknown"))),
            Cell(format_number(record["empty_days"])),
            self._work(record),
        ]

    def _work(self, record: dict[str, Any]) -> Cell:
        if not record["last_term"] or not record["editable"]:
            return Cell("–")
        return Cell(_("hand over"), address_of("network:handover_start")(record["last_term"]))


@open_to(*EVERY_ROLE)
class SlotListView(SuccessionList):
    template = "network/slot_list.html"
    title = gettext_lazy("Contacts of the districts")
    tab = "slot"
    export_name = "ansprechstellen-der-kreise"
    filter_class = filters.SlotFilter
    default_sort = "district"
    intro = gettext_lazy(
        "One contact for each district. It is asked by mail every six months whether it is still right."
    )
    empty_title = gettext_lazy("No district on this day")
    columns = (
        Column("district", gettext_lazy("District"), ("sort_key",)),
        Column("post", gettext_lazy("Function"), ("title",)),
        Column("holder", gettext_lazy("Holder")),
        Column("deputy", gettext_lazy("Deputy"), ("deputy_title",)),
        Column("email", gettext_lazy("E-mail address"), ("email",)),
        Column("confirmed", gettext_lazy("Confirmed"), ("confirmed_on",)),
        Column("state", gettext_lazy("State"), ("state",)),
    )  # fmt: skip
    fields = ("pk", "name", "post")
    counted_at_once = True
    reckoned = True

    def queryset(self) -> QuerySet[Any]:
        return slots.slots(self.day)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return slots.narrowed(rows, values)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return slots.found(rows, typed)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        posts = [record["post"]["key"] for record in records if record["post"]]
        names = holders.names_of_holders(posts, self.day, self.request.user)
        return [
            {**record, "holder": names.get(record["post"]["key"], "") if record["post"] else ""}
            for record in records
        ]

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        post = record["post"]
        if not post:
            return [
                Cell(record["name"]),
                *[Cell("–")] * 3,
                Cell(""),
                Cell("–"),
                self._state(SlotState.MISSING),
            ]
        email, confirmed = post["email"], post["confirmed_on"]
        return [
            Cell(record["name"]),
            Cell(post["title"], address_of("network:post_detail")(post["public_id"])),
            Cell(record["holder"] or "–"),
            Cell(post["deputy_title"] or "–"),
            Cell(email, f"mailto:{email}" if email else ""),
            Cell(format_date(date.fromisoformat(confirmed) if confirmed else None)),
            self._state(post["state"]),
        ]

    def _state(self, state: str) -> Cell:
        return Cell(words_of(SlotState)[state], tone=SLOT_TONES[state])

    def context(self) -> dict[str, Any]:
        counts = slots.slot_counts(self.day)
        words = [(label, counts.get(state, 0)) for state, label in words_of(SlotState).items()]
        return {**super().context(), "total": sum(counts.values()), "counts": words, "on": self.day}


@open_to(*EVERY_ROLE)
def tenure_figures(request: HttpRequest) -> HttpResponse:
    """Planning posts by quarter, how much caretakers work, how long people stay."""
    found = tenure.figures(today())
    context = {
        "title": _("Terms in figures"),
        "tabs": succession_tabs("tenure"),
        "quarters": tenure_presenters.quarter_rows(found.quarters),
        "has_caretakers": found.caretaking.caretakers > 0,
        "caretaker_total": tenure_presenters.caretaker_total(found.caretaking),
        "endings": found.endings,
        "kinds": tenure_presenters.tenure_rows(found.stays),
        "crumbs": [(_("Terms"), url("network:term_list")), (_("Figures"), "")],
    }
    return viewkit.render(request, "network/tenure.html", context)
