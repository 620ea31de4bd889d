"""The file for the successor, as a page and as a paper; the list of handovers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from buendnisnetz.accounts.gate import EVERY_ROLE, open_to
from buendnisnetz.core.words import words_of
from buendnisnetz.network import presenters
from buendnisnetz.network.domain.queries import handovers as queries
from buendnisnetz.network.enums import HandoverStatus
from buendnisnetz.network.forms.filters import HandoverFilter
from buendnisnetz.network.handover_presenters import (
    HANDOVER_TONES,
    handover_facts,
    paper_data,
    piece_words,
    receiver_words,
)
from buendnisnetz.network.presenters import address_of
from buendnisnetz.network.views import loading
from buendnisnetz.network.views.handovers import crumbs
from buendnisnetz.network.views.succession import SuccessionList
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date
from buendnisnetz.ui.listing import Cell, Column
from buendnisnetz.ui.pdf import paper


@open_to(*EVERY_ROLE)
class HandoverListView(SuccessionList):
    title = gettext_lazy("Handovers")
    tab = "handover"
    export_name = "uebergaben"
    filter_class = HandoverFilter
    default_sort = "-last_day"
    empty_title = gettext_lazy("Nothing has been handed over yet")
    empty_text = gettext_lazy("A handover begins on the page of a post, where a term ends.")
    columns = (
        Column("post", gettext_lazy("Post"), ("term__post__sort_key",)),
        Column("leaves", gettext_lazy("Leaves"), ("term__person__sort_key",)),
        Column("last_day", gettext_lazy("Last day"), ("last_day",)),
        Column("successor", pgettext_lazy("person", "Successor"), ("successor__sort_key",)),
        Column("pieces", gettext_lazy("Pieces"), numeric=True),
        Column("status", gettext_lazy("State"), ("status",)),
    )
    fields = (
        "public_id", "term__post__title", "term__post__scope_name", "term__person__given_name",
        "term__person__family_name", "last_day", "successor__given_name",
        "successor__family_name", "pieces", "status",
    )  # fmt: skip

    def filter_kwargs(self) -> dict[str, Any]:
        return {}

    def queryset(self) -> QuerySet[Any]:
        return queries.handovers_for_list(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return rows.filter(status=values["status"]) if values.get("status") else rows

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return queries.found(rows, typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(
                record["term__post__title"],
                address_of("network:handover_detail")(record["public_id"]),
                note=record["term__post__scope_name"],
            ),
            Cell(f"{record['term__person__given_name']} {record['term__person__family_name']}"),
            Cell(format_date(record["last_day"])),
            Cell(
                f"{record['successor__given_name'] or ''} {record['successor__family_name'] or ''}"
                .strip() or "–"
            ),
            Cell(str(record["pieces"])),
            Cell(words_of(HandoverStatus)[record["status"]], tone=HANDOVER_TONES[record["status"]]),
        ]  # fmt: skip


@open_to(*EVERY_ROLE)
def handover_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Contacts, open work, dates, history and notes on one page."""
    handover = loading.handover(request, public_id)
    file = queries.handover_file(handover, request.user)
    context = {
        "title": _("File for the successor"),
        "lead": presenters.post_name(handover.term.post),
        "handover": handover,
        "file": file,
        "facts": handover_facts(handover),
        "piece_words": piece_words,
        "receiver_words": receiver_words,
        "crumbs": [*crumbs(handover), (_("File for the successor"), "")],
    }
    return viewkit.render(request, "network/handover_file.html", context)


@open_to(*EVERY_ROLE)
def handover_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as tagged PDF."""
    handover = loading.handover(request, public_id)
    data = paper_data(queries.handover_file(handover, request.user))
    content = paper("network/handover", data, written_at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    name = f"uebergabe-{handover.public_id}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
