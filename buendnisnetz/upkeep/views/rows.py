"""The rows of a list under review."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.listing import Cell, Column
from buendnisnetz.upkeep import presenters
from buendnisnetz.upkeep.domain import deciding
from buendnisnetz.upkeep.domain.queries import lists as queries
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, RowMatch
from buendnisnetz.upkeep.forms.lists import DecideForm, RowFilter, RowForm
from buendnisnetz.upkeep.models import ListRow, PartnerList
from buendnisnetz.upkeep.rules import LIST_KEEPERS
from buendnisnetz.upkeep.views.lists import address
from buendnisnetz.upkeep.views.shared import UpkeepList, crumbs, partner_list


@open_to(*LIST_KEEPERS)
class RowListView(UpkeepList):
    title = gettext_lazy("Rows of the list")
    tab = "lists"
    export_name = "zeilen"
    filter_class = RowFilter
    default_sort = "line"
    columns = (
        Column("line", gettext_lazy("Line"), ("line",), numeric=True),
        Column("label", gettext_lazy("Entry"), ("label", "line")),
        Column("match", gettext_lazy("What is known"), ("match", "line")),
        Column("choice", gettext_lazy("What becomes of it"), ("choice", "line")),
        Column("note", gettext_lazy("Note")),
    )
    fields = ("line", "label", "match", "choice", "errors", "notes", "candidates", "changes")

    @property
    def row(self) -> PartnerList:
        return partner_list(self.request, self.kwargs["public_id"])

    def queryset(self) -> QuerySet[Any]:
        self.found = self.row
        return queries.rows_of(self.found)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed_rows(rows, values)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(label__icontains=typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        match, choice = RowMatch(record["match"]), RowChoice(record["choice"])
        page = url("upkeep:row_detail", self.kwargs["public_id"], record["line"])
        return [
            Cell(str(record["line"])),
            Cell(record["label"] or "–", page),
            Cell(str(match.label), tone=presenters.MATCH_TONES[match]),
            Cell(str(choice.label), tone=presenters.CHOICE_TONES[choice]),
            Cell(presenters.row_note(record)),
        ]

    def context(self) -> dict[str, Any]:
        name = self.found.file.name
        way = crumbs(
            (_("Lists"), url("upkeep:list_list")), (name, address(self.found)), (_("Rows"), "")
        )
        return {**super().context(), "crumbs": way}


def _row(found: PartnerList, line: int) -> ListRow:
    row: ListRow = get_object_or_404(
        ListRow.objects.select_related("organisation", "person"), partner_list=found, line=line
    )
    row.partner_list = found
    return row


@open_to(*LIST_KEEPERS, methods=("GET", "POST"))
def row_detail(request: HttpRequest, public_id: str, line: int) -> HttpResponse:
    """One row: its cells, what is wrong, which entry it may mean, what would change."""
    found = partner_list(request, public_id)
    row = _row(found, line)
    form = RowForm(request.POST or None, row=row, texts=presenters.change_texts(row))
    if request.method == "POST" and form.is_valid():
        choice, candidate = form.chosen()
        same_entry = candidate is None or candidate in {row.organisation_id, row.person_id}
        try:
            deciding.decide_row(
                row=row, choice=choice, candidate=candidate,
                # Of another entry other things differ: they are shown first.
                taken=form.cleaned_data.get("taken") if same_entry else None, actor=request.user,
            )  # fmt: skip
        except DomainError as error:
            form.add_error("choice", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(_next(found, row) if same_entry else request.path)
    context = {
        "title": _("Line %(line)s") % {"line": row.line},
        "row": row,
        "cells": [pair for pair in zip(found.header, row.cells, strict=False) if pair[1]],
        "errors": queries.cell_errors(row),
        "form": form,
        "tone": presenters.MATCH_TONES[row.match],
        "can_decide": found.status == ListStatus.READY and row.match != RowMatch.FAULTY,
        "rows_address": url("upkeep:row_list", public_id),
        "crumbs": crumbs(
            (_("Lists"), url("upkeep:list_list")), (found.file.name, address(found)),
            (_("Rows"), url("upkeep:row_list", public_id)), (str(row.line), ""),
        ),
    }  # fmt: skip
    return viewkit.render(
        request, "upkeep/row_detail.html", context, status=422 if form.errors else 200
    )


def _next(found: PartnerList, row: ListRow) -> str:
    """On to the next row that nobody decided about, or back to the list."""
    waiting = found.rows.filter(choice=RowChoice.OPEN, line__gt=row.line).order_by("line").first()
    if waiting is None:
        return address(found)
    return url("upkeep:row_detail", found.public_id, waiting.line)


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def rows_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """All rows of one kind at once."""
    found = partner_list(request, public_id)
    form = DecideForm(request.POST)
    if form.is_valid():
        try:
            count = deciding.decide_all(
                partner_list=found, match=RowMatch(form.cleaned_data["match"]),
                choice=RowChoice(form.cleaned_data["choice"]), actor=request.user,
            )  # fmt: skip
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("%(count)s rows decided.") % {"count": count})
    return redirect(address(found))


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def rows_take(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take over, or leave, everything that rows say otherwise."""
    found = partner_list(request, public_id)
    take = request.POST.get("take") == "1"
    count = deciding.take_all_changes(partner_list=found, take=take, actor=request.user)
    messages.success(request, _("%(count)s rows decided.") % {"count": count})
    return redirect(address(found))
