"""The parts of a meeting, one form each: agenda, attendance, entries, approval; decisions."""

from collections.abc import Callable, Hashable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.words import words_of
from buendnisnetz.files.downloads import Download, as_download
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain import meetings as domain
from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.domain.queries import meetings as queries
from buendnisnetz.meetings.enums import DecisionStatus, EntryKind
from buendnisnetz.meetings.forms.meeting import (
    ApprovalForm,
    AttendanceForm,
    DecisionFilter,
    DecisionForm,
    EntryForm,
)
from buendnisnetz.meetings.models import Decision, Meeting
from buendnisnetz.meetings.rules import IMPORTERS, can_edit_meeting
from buendnisnetz.meetings.views.loading import editable_meeting, readable_meeting
from buendnisnetz.network.domain.queries.choices import contact_posts
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage


def _part_page(
    request: HttpRequest,
    meeting: Meeting,
    form: forms.Form,
    title: str,
    save: Callable[[dict[str, Any]], Any],
) -> HttpResponse:
    """The page of one small form; ``save`` gets the checked values."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            if "again" in request.POST:
                return redirect(request.path)
            return redirect("meetings:meeting_detail", meeting.public_id)
    back = url("meetings:meeting_detail", meeting.public_id)
    context = {
        "title": title,
        "lead": meeting.title,
        "form": form,
        "cancel": back,
        "crumbs": [(meeting.title, back), (title, "")],
    }
    return viewkit.render(
        request, "meetings/part_form.html", context, status=422 if form.errors else 200
    )


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def agenda_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    item = get_object_or_404(meeting.agenda.select_related("meeting"), pk=pk)
    if item.standing_id is not None:
        return redirect("meetings:agenda_leave_out", public_id, pk)
    domain.remove_agenda_item(item=item, actor=request.user)
    return viewkit.back(request, url("meetings:agenda_detail", public_id))


@open_to(*IMPORTERS, methods=("GET", "POST"))
def attendance_add(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    form = AttendanceForm(request.POST or None, user=request.user, today=timezone.localdate())

    def save(values: dict[str, Any]) -> None:
        domain.add_attendance(meeting=meeting, actor=request.user, **values)

    return _part_page(request, meeting, form, _("Add somebody to the list"), save)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def attendance_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    domain.remove_attendance(
        attendance=get_object_or_404(meeting.attendances, pk=pk), actor=request.user
    )
    return redirect("meetings:meeting_detail", public_id)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def entry_add(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    posts = contact_posts(request.user).order_by("sort_key", "scope_sort_key", "pk")
    form = EntryForm(
        request.POST or None, meeting=meeting, posts=posts, initial={"kind": request.GET.get("art")}
    )

    def save(values: dict[str, Any]) -> None:
        kind = EntryKind(values.pop("kind"))
        domain.add_entry(
            meeting=meeting, kind=kind, actor=request.user, now=timezone.now(), **values
        )

    return _part_page(request, meeting, form, _("Add an entry"), save)


@open_to(*presenters.READERS)
def minutes_file(request: HttpRequest, public_id: str) -> Download:
    """The document as it was handed in."""
    meeting = readable_meeting(request, public_id, "minutes")
    minutes = getattr(meeting, "minutes", None)
    if minutes is None or minutes.file is None:
        raise Http404
    return as_download(minutes.file, request)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def minutes_approve(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    form = ApprovalForm(request.POST or None)

    def save(values: dict[str, Any]) -> None:
        now, actor = timezone.now(), request.user
        edition = states.writable_edition(meeting=meeting, actor=actor, now=now)
        states.record_approval(edition=edition, person=None, actor=actor, now=now, **values)

    return _part_page(request, meeting, form, _("Record the approval"), save)


@open_to(*presenters.READERS)
class DecisionListView(ListPage):
    """What was decided about X since 2017: search over all decisions."""

    template = "meetings/decision_list.html"
    title = gettext_lazy("Decisions")
    export_name = "beschluesse"
    filter_class = DecisionFilter
    default_sort = "-day"
    columns = (
        Column("day", gettext_lazy("Day"), ("meeting__held_on",)),
        Column("text", gettext_lazy("Decision")),
        Column("meeting", gettext_lazy("Meeting"), ("meeting__search_key",)),
        Column("votes", gettext_lazy("Votes")),
        Column("status", gettext_lazy("State"), ("status",)),
    )
    fields = (
        "public_id", "text", "status", "votes_yes", "votes_no", "votes_abstain", "meeting__title",
        "meeting__public_id", "meeting__held_on",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.decisions_for_list(self.request.user)

    def shape(self) -> Hashable:
        # Words that somebody types are hardly ever typed again.
        typed = self.request.GET.get("topic") or self.request.GET.get("body")
        return None if typed else shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        names = {
            "status": "status",
            "after": "meeting__held_on__gte",
            "before": "meeting__held_on__lte",
        }
        for field, name in names.items():
            if values.get(field):
                rows = rows.filter(**{name: values[field]})
        return queries.decided_about(rows, values.get("topic") or "", values.get("body") or "")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.states = words_of(DecisionStatus)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status = record["status"]
        return [
            Cell(format_date(record["meeting__held_on"])),
            Cell(record["text"], url("meetings:decision_detail", record["public_id"])),
            Cell(
                record["meeting__title"],
                url("meetings:meeting_detail", record["meeting__public_id"]),
            ),
            Cell(
                presenters.votes_text(
                    record["votes_yes"], record["votes_no"], record["votes_abstain"]
                )
            ),
            Cell(self.states[status], tone="success" if status == DecisionStatus.DONE else "info"),
        ]


@open_to(*presenters.READERS, methods=("GET", "POST"))
def decision_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A decision with its passage; whoever may edit the meeting shows what became of it."""
    rows = Decision.objects.visible_to(request.user).select_related(
        "meeting__working_group", "entry", "agenda_item"
    )
    decision = get_object_or_404(rows, public_id=public_id)
    can_edit = can_edit_meeting(request.user, decision.meeting)
    form = DecisionForm(
        request.POST or None, initial={"status": decision.status, "result": decision.result}
    )
    if request.method == "POST":
        if not can_edit:
            raise Http404
        if form.is_valid():
            try:
                domain.set_decision_status(
                    decision=decision,
                    status=DecisionStatus(form.cleaned_data["status"]),
                    result=form.cleaned_data["result"],
                    actor=request.user,
                    today=timezone.localdate(),
                )
            except DomainError as error:
                form.add_error("result", str(error))
            else:
                return redirect("meetings:decision_detail", public_id)
    context = {
        "title": _("Decision"),
        "decision": decision,
        "votes": presenters.votes_text(
            decision.votes_yes, decision.votes_no, decision.votes_abstain
        ),
        "form": form,
        "can_edit": can_edit,
        "history": history_of(decision),
        "crumbs": [
            (decision.meeting.title, url("meetings:meeting_detail", decision.meeting.public_id)),
            (_("Decision"), ""),
        ],
    }
    return viewkit.render(
        request, "meetings/decision_detail.html", context, status=422 if form.errors else 200
    )
