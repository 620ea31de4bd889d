"""Lists: hand in, name the columns, follow the progress, take in, take back."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.files.downloads import Download, as_download
from buendnisnetz.ui import exports, viewkit
from buendnisnetz.ui.editing import act
from buendnisnetz.ui.jinja import format_time, url
from buendnisnetz.ui.listing import Cell, Column
from buendnisnetz.upkeep import presenters
from buendnisnetz.upkeep.domain import lists, taking_back, taking_over
from buendnisnetz.upkeep.domain.queries import lists as queries
from buendnisnetz.upkeep.enums import ListStatus, Target
from buendnisnetz.upkeep.forms.lists import ColumnsForm, ListFilter, UploadForm
from buendnisnetz.upkeep.models import PartnerList
from buendnisnetz.upkeep.rules import LIST_KEEPERS, targets_for
from buendnisnetz.upkeep.views.shared import UpkeepList, crumbs, partner_list

# A job works on the list; the page looks again by itself.
_WORKING = {ListStatus.RECEIVED, ListStatus.CHECKING, ListStatus.WRITING}


def address(row: PartnerList) -> str:
    return url("upkeep:list_detail", row.public_id)


@open_to(*LIST_KEEPERS)
class ListListView(UpkeepList):
    title = gettext_lazy("Lists that were handed in")
    tab = "lists"
    export_name = "listen"
    filter_class = ListFilter
    default_sort = "-uploaded"
    intro = gettext_lazy("Excel, CSV or address books become entries, after you looked at them.")
    columns = (
        Column("name", gettext_lazy("List"), ("file__name",)),
        Column("target", gettext_lazy("The rows are"), ("target",)),
        Column("alliance", gettext_lazy("Alliance"), ("alliance__sort_key",)),
        Column("size", gettext_lazy("Rows"), ("size",), numeric=True),
        Column("undecided", gettext_lazy("Undecided"), ("undecided",), numeric=True),
        Column("status", pgettext_lazy("list", "State"), ("status",)),
        Column("uploaded", gettext_lazy("Handed in"), ("uploaded_at",)),
    )
    fields = (
        "public_id", "file__name", "target", "alliance__name", "size", "undecided", "status",
        "uploaded_at", "uploaded_by__display_name",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.lists_for(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(file__name__icontains=typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status = ListStatus(record["status"])
        return [
            Cell(record["file__name"], url("upkeep:list_detail", record["public_id"])),
            Cell(str(Target(record["target"]).label)),
            Cell(record["alliance__name"] or "–"),
            Cell(str(record["size"])),
            Cell(str(record["undecided"]) if status == ListStatus.READY else ""),
            Cell(str(status.label), tone=presenters.LIST_TONES[status]),
            Cell(format_time(record["uploaded_at"]), note=record["uploaded_by__display_name"]),
        ]

    def actions(self) -> list[tuple[str, str]]:
        return [(_("Hand in a list"), url("upkeep:list_upload"))]


@open_to(*LIST_KEEPERS, methods=("GET", "POST"))
def list_upload(request: HttpRequest) -> HttpResponse:
    """Hand in a list by choosing it."""
    form = UploadForm(
        request.POST or None, request.FILES or None,
        targets=targets_for(request.user),
        alliances=queries.alliances_for(request.user),
        must_choose=not access_of(request.user).sees_whole_state,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            row = lists.receive_list(
                upload=upload, name=upload.name, target=Target(form.cleaned_data["target"]),
                alliance=form.cleaned_data["alliance"], actor=request.user, now=timezone.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            return redirect(address(row))
    context = {
        "title": _("Hand in a list"),
        "lead": _("You see every row before anything is written. Everything can be taken back."),
        "form": form,
        "submit": _("Read list"),
        "cancel": url("upkeep:list_list"),
        "crumbs": crumbs((_("Lists"), url("upkeep:list_list")), (_("Hand in a list"), "")),
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*LIST_KEEPERS)
def list_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The list at its stage: progress, the columns, the review, what became of it."""
    row = partner_list(request, public_id)
    if row.status == ListStatus.MAPPING and not viewkit.wants_part(request):
        return redirect("upkeep:list_columns", public_id)
    working = row.status in _WORKING
    counts = queries.counts_of(row)
    context = {
        "title": row.file.name,
        "row": row,
        "working": working,
        "counts": counts,
        "tone": presenters.LIST_TONES[row.status],
        "groups": _groups(counts),
        "history": [] if working else history_of(row),
        "crumbs": crumbs((_("Lists"), url("upkeep:list_list")), (row.file.name, "")),
    }
    return viewkit.render(request, "upkeep/list_detail.html", context, block="stage")


def _groups(counts: queries.Counts) -> list[dict[str, Any]]:
    """What is known of the rows, with what can be decided for all of a kind at once."""
    return [
        {
            "match": match,
            "label": match.label,
            "count": counts.by_match[match],
            "open": counts.open_by_match.get(match, 0),
            "tone": presenters.MATCH_TONES[match],
            "choices": presenters.group_choices(match),
        }
        for match in presenters.MATCHES
        if counts.by_match.get(match)
    ]


@open_to(*LIST_KEEPERS, methods=("GET", "POST"))
def list_columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what each column holds; proposed, and remembered for the same headings."""
    row = partner_list(request, public_id)
    if row.status != ListStatus.MAPPING:
        return redirect(address(row))
    form = ColumnsForm(request.POST or None, partner_list=row, samples=queries.samples(row))
    if request.method == "POST" and form.is_valid():
        try:
            lists.name_columns(
                partner_list=row, columns=form.columns(), actor=request.user, now=timezone.now()
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(address(row))
    context = {
        "title": _("What do the columns hold?"),
        "row": row,
        "form": form,
        "rows": row.rows.count(),
        "crumbs": crumbs(
            (_("Lists"), url("upkeep:list_list")), (row.file.name, address(row)), (_("Columns"), "")
        ),
    }
    return viewkit.render(
        request, "upkeep/list_columns.html", context, status=422 if form.errors else 200
    )


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def list_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read another sheet of the same file."""
    row = partner_list(request, public_id)
    sheet = request.POST.get("sheet", "")
    return act(
        request, address(row),
        lambda: lists.choose_sheet(partner_list=row, sheet=sheet, actor=request.user),
    )  # fmt: skip


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def list_columns_again(request: HttpRequest, public_id: str) -> HttpResponse:
    row = partner_list(request, public_id)
    return act(
        request, url("upkeep:list_columns", public_id),
        lambda: lists.back_to_columns(partner_list=row, actor=request.user),
    )  # fmt: skip


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def list_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take everything in that was decided."""
    row = partner_list(request, public_id)
    return act(
        request, address(row),
        lambda: taking_over.confirm(partner_list=row, actor=request.user),
        _("The list is being taken in."),
    )  # fmt: skip


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def list_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    row = partner_list(request, public_id)
    return act(
        request, address(row),
        lambda: taking_back.undo_list(partner_list=row, actor=request.user),
        _("The list was taken back. The file and your decisions are still here."),
    )  # fmt: skip


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def list_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check a list anew that was taken back."""
    row = partner_list(request, public_id)
    return act(
        request, address(row), lambda: lists.check_again(partner_list=row, actor=request.user)
    )


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def list_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    row = partner_list(request, public_id)
    return act(
        request, url("upkeep:list_list"),
        lambda: lists.discard(partner_list=row, actor=request.user),
    )  # fmt: skip


@open_to(*LIST_KEEPERS)
def list_file(request: HttpRequest, public_id: str) -> Download:
    row = partner_list(request, public_id)
    if row.emptied_at is not None:
        raise Http404
    return as_download(row.file)


@open_to(*LIST_KEEPERS)
def list_faulty_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The rows that stay behind, with what is wrong, for mending and handing in again."""
    row = partner_list(request, public_id)
    header = [*row.header, _("What is wrong")]
    name = f"fehlerhafte-zeilen-{row.public_id}"
    return exports.as_xlsx(name, header, queries.faulty_lines(row))
