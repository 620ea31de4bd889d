"""Bringing minutes in: upload, progress, review, taking over and back."""

from collections.abc import Hashable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.queue import enqueue
from buendnisnetz.files.downloads import Download, as_download
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain import confirmation, minutes_import, review, undo
from buendnisnetz.meetings.domain.matching import candidates_of, meeting_day
from buendnisnetz.meetings.domain.queries import imports as queries
from buendnisnetz.meetings.enums import ImportStatus, Verdict
from buendnisnetz.meetings.forms.minutes_import import AcceptAboveForm, ImportFilter, UploadForm
from buendnisnetz.meetings.models import MinutesImport, ReaderScore
from buendnisnetz.meetings.rules import IMPORTERS
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_time, url
from buendnisnetz.ui.listing import Cell, Column, ListPage

_TONES = {
    ImportStatus.RECEIVED: "info",
    ImportStatus.READY: "warning",
    ImportStatus.FAILED: "danger",
    ImportStatus.CONFIRMED: "success",
}


@open_to(*IMPORTERS)
class ImportListView(ListPage):
    template = "meetings/import_list.html"
    title = gettext_lazy("Imports of minutes")
    export_name = "importe"
    filter_class = ImportFilter
    default_sort = "-uploaded"
    columns = (
        Column("name", gettext_lazy("Document"), ("file__name",)),
        Column("alliance", gettext_lazy("Meeting of"), ("alliance__sort_key",)),
        Column("status", gettext_lazy("State"), ("status",)),
        Column("undecided", gettext_lazy("Undecided"), ("undecided",), numeric=True),
        Column("uploaded", gettext_lazy("Handed in"), ("uploaded_at",)),
    )
    fields = (
        "public_id", "file__name", "alliance__name", "status", "undecided", "uploaded_at", "uploaded_by__display_name",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.imports_for_list(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        if values.get("status"):
            rows = rows.filter(status=values["status"])
        return rows

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(file__name__icontains=typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status = ImportStatus(record["status"])
        return [
            Cell(record["file__name"], url("meetings:import_review", record["public_id"])),
            Cell(record["alliance__name"] or _("the whole state")),
            Cell(str(status.label), tone=_TONES.get(status, "")),
            Cell(str(record["undecided"]) if status == ImportStatus.READY else ""),
            Cell(format_time(record["uploaded_at"]), note=record["uploaded_by__display_name"]),
        ]


@open_to(*IMPORTERS, methods=("GET", "POST"))
def import_upload(request: HttpRequest) -> HttpResponse:
    """Hand in a document by choosing it or dropping it on the page."""
    options: dict[str, Any] = {
        "alliances": queries.alliances_to_import_for(request.user),
        "must_choose": not access_of(request.user).sees_whole_state,
    }
    form = UploadForm(request.POST or None, request.FILES or None, **options)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            started = minutes_import.start_import(
                upload=upload,
                name=upload.name,
                alliance=form.cleaned_data["alliance"],
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            return redirect("meetings:import_review", started.public_id)
    context = {
        "title": _("Bring in minutes"),
        "form": form,
        "crumbs": [
            (_("Meetings"), url("meetings:meeting_list")),
            (_("Imports"), url("meetings:import_list")),
            (_("Bring in minutes"), ""),
        ],
    }
    return viewkit.render(
        request, "meetings/import_upload.html", context, status=422 if form.errors else 200
    )


def visible_import(request: HttpRequest, public_id: str) -> MinutesImport:
    rows = MinutesImport.objects.visible_to(request.user)
    found: MinutesImport = get_object_or_404(
        rows.select_related("file", "alliance", "meeting", "uploaded_by"), public_id=public_id
    )
    return found


@open_to(*IMPORTERS)
def import_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """The import at its stage: progress, the reason why it failed, the review, or the result."""
    row = visible_import(request, public_id)
    title = row.file.name
    context: dict[str, Any] = {
        "title": title,
        "row": row,
        "status": ImportStatus(row.status),
        "crumbs": [
            (_("Meetings"), url("meetings:meeting_list")),
            (_("Imports"), url("meetings:import_list")),
            (title, ""),
        ],
    }
    if row.status in {ImportStatus.RECEIVED, ImportStatus.FAILED, ImportStatus.DISCARDED}:
        return viewkit.render(request, "meetings/import_progress.html", context, block="stage")
    context |= review_context(row)
    context["history"] = history_of(row)
    return viewkit.render(request, "meetings/import_review.html", context)


def review_context(row: MinutesImport) -> dict[str, Any]:
    """Document and proposals of an import."""
    proposals = queries.proposals_for_review(row)
    ready = row.status == ImportStatus.READY
    found = candidates_of(proposals, meeting_day(row)) if ready else [[] for _proposal in proposals]
    groups = presenters.groups(proposals, found)
    shown = [proposal for proposal in proposals if proposal.verdict != Verdict.DROPPED]
    return {
        "segments": presenters.segments(row.text, shown),
        "groups": groups,
        "undecided": sum(group.undecided for group in groups if group.kind != "QUERY"),
        "total": sum(len(group.cards) for group in groups if group.kind != "QUERY"),
        "above_form": AcceptAboveForm(),
        "known": minutes_import.existing_minutes(row) if ready else None,
        "editable": ready,
    }


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def import_accept_above(request: HttpRequest, public_id: str) -> HttpResponse:
    row = visible_import(request, public_id)
    form = AcceptAboveForm(request.POST)
    if form.is_valid():
        count = review.accept_above(
            minutes_import=row,
            confidence=form.cleaned_data["confidence"],
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("%(count)s findings accepted.") % {"count": count})
    return redirect("meetings:import_review", public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def import_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take everything over; what stands in the way is said on the review page."""
    row = visible_import(request, public_id)
    try:
        confirmed = confirmation.confirm_import(
            minutes_import=row, actor=request.user, now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("meetings:import_review", public_id)
    if confirmed.created:
        messages.success(
            request,
            _("Taken over: %(count)s entries.") % {"count": sum(confirmed.created.values())},
        )
    else:
        messages.info(request, _("This document was taken over before; nothing was added."))
    return redirect("meetings:meeting_detail", confirmed.meeting.public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def import_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    row = visible_import(request, public_id)
    try:
        undo.undo_import(minutes_import=row, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The import was taken back. The document and your review are still here.")
        )
    return redirect("meetings:import_review", public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def import_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    minutes_import.reopen(minutes_import=visible_import(request, public_id), actor=request.user)
    return redirect("meetings:import_review", public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def import_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    minutes_import.discard(minutes_import=visible_import(request, public_id), actor=request.user)
    return redirect("meetings:import_list")


@open_to(*IMPORTERS)
def import_file(request: HttpRequest, public_id: str) -> Download:
    return as_download(visible_import(request, public_id).file, request)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def reader_score(request: HttpRequest) -> HttpResponse:
    """How far the reader can be trusted, measured on the office's own confirmed minutes."""
    if request.method == "POST":
        enqueue("meetings.evaluate_now", once="meetings.evaluate_now")
        return redirect("meetings:reader_score")
    scores = list(ReaderScore.objects.order_by("-measured_at", "-pk")[:12])
    context = {
        "title": _("How far the reader can be trusted"),
        "score": scores[0] if scores else None,
        "rows": presenters.score_rows(scores[0]) if scores else [],
        "earlier": presenters.score_history(scores),
        "crumbs": [
            (_("Imports of minutes"), url("meetings:import_list")),
            (_("How far the reader can be trusted"), ""),
        ],
    }
    return viewkit.render(request, "meetings/reader_score.html", context)
