"""The agenda while it is written: order, times, what is still open; standing items."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain.follow_up import chain_words
from buendnisnetz.meetings.domain.preparing import agenda, standing
from buendnisnetz.meetings.domain.queries import agenda as queries
from buendnisnetz.meetings.domain.queries.imports import alliances_to_import_for
from buendnisnetz.meetings.forms.agenda import EndForm, ItemForm, LeaveOutForm, StandingForm
from buendnisnetz.meetings.models import AgendaItem, Meeting
from buendnisnetz.meetings.presenters import preparing as shown
from buendnisnetz.meetings.rules import IMPORTERS, can_edit_meeting, can_edit_standing
from buendnisnetz.meetings.views.loading import editable_meeting, readable_meeting
from buendnisnetz.tasks.models import Task
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _crumbs(meeting: Meeting, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Meetings"), url("meetings:meeting_list")),
        (meeting.title, url("meetings:meeting_detail", meeting.public_id)),
        *steps,
    ]


@open_to(*presenters.READERS)
def agenda_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Times added up, the order, what is still open from last time."""
    meeting = readable_meeting(request, public_id)
    page = queries.agenda_page(meeting, request.user)
    frozen = meeting.edition is not None and not meeting.edition.is_writable
    context = {
        "title": _("Agenda"),
        "meeting": meeting,
        "page": page,
        "sums": shown.timetable_words(page.timetable),
        "moves": {pk: chain_words(chain) for pk, chain in page.chains.items()},
        "can_edit": can_edit_meeting(request.user, meeting) and not frozen,
        "crumbs": _crumbs(meeting, (_("Agenda"), "")),
    }
    return viewkit.render(request, "meetings/agenda_detail.html", context, block="agenda")


def _item(meeting: Meeting, pk: Any) -> AgendaItem:
    number = int(pk) if str(pk).isdecimal() else 0
    found: AgendaItem = get_object_or_404(
        meeting.agenda.select_related("meeting", "standing"), pk=number
    )
    return found


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def agenda_order(request: HttpRequest, public_id: str) -> HttpResponse:
    """One item up or down by its button, or the whole order as it was dragged."""
    meeting = editable_meeting(request, public_id)
    where = url("meetings:agenda_detail", public_id)
    if "order" in request.POST:
        order = [int(pk) for pk in request.POST["order"].split(",") if pk.isdecimal()]
        agenda.put_in_order(meeting=meeting, order=order, actor=request.user)
    elif "item" in request.POST:
        item = _item(meeting, request.POST["item"])
        agenda.move_item(item=item, up=request.POST.get("step") == "up", actor=request.user)
        where += f"#punkt-{item.pk}"
    if viewkit.wants_part(request):
        return agenda_detail(request, public_id)
    return redirect(where)


def _form_page(
    request: HttpRequest, meeting: Meeting, title: str, form: Any, submit: str, save: Any
) -> HttpResponse:
    """A page with one form about the agenda; ``save`` makes the one domain call. Where something is
    added, a second button asks for the next."""
    back = url("meetings:agenda_detail", meeting.public_id)
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(request.path if "again" in request.POST else back)
    context = {
        "title": title,
        "lead": meeting.title,
        "form": form,
        "submit": submit,
        "cancel": back,
        "crumbs": _crumbs(meeting, (_("Agenda"), back), (title, "")),
    }
    template = "meetings/part_form.html" if submit == _("Add") else "ui/form.html"
    return viewkit.render(request, template, context, status=422 if form.errors else 200)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def agenda_add(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)

    def save(form: ItemForm) -> None:
        agenda.add_item(
            meeting=meeting, actor=request.user, speakers=form.speakers(), **form.values()
        )

    title = _("Add an agenda item")
    return _form_page(request, meeting, title, ItemForm(request.POST or None), _("Add"), save)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def agenda_edit(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    item = _item(meeting, pk)

    def save(form: ItemForm) -> None:
        agenda.edit_item(item=item, actor=request.user, speakers=form.speakers(), **form.values())

    form = ItemForm(request.POST or None, item=item)
    return _form_page(request, meeting, _("Edit the item"), form, _("Save"), save)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def agenda_leave_out(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A standing item goes only with a reason (S109)."""
    meeting = editable_meeting(request, public_id)
    item = _item(meeting, pk)
    if item.standing is None:
        return redirect("meetings:agenda_detail", public_id)

    def save(form: LeaveOutForm) -> None:
        standing.leave_out(item=item, reason=form.cleaned_data["reason"], actor=request.user)

    title = _("Leave out: %(title)s") % {"title": item.title}
    return _form_page(
        request, meeting, title, LeaveOutForm(request.POST or None), _("Leave out"), save
    )


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def agenda_put_back(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    omission = get_object_or_404(meeting.omissions.select_related("item", "meeting"), pk=pk)
    standing.take_back(omission=omission, actor=request.user)
    return redirect("meetings:agenda_detail", public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def agenda_take_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is still open: a task is asked about, an item of the last meeting is moved on."""
    meeting = editable_meeting(request, public_id)
    if "task" in request.POST:
        tasks = Task.objects.visible_to(request.user)
        task = get_object_or_404(tasks, public_id=request.POST["task"])
        item = agenda.ask_about(meeting=meeting, task=task, actor=request.user)
    elif "item" in request.POST:
        old = get_object_or_404(_earlier_items(request), public_id=request.POST["item"])
        item = agenda.carry_on(meeting=meeting, item=old, actor=request.user)
    else:
        return redirect("meetings:agenda_detail", public_id)
    return redirect(url("meetings:agenda_detail", public_id) + f"#punkt-{item.pk}")


def _earlier_items(request: HttpRequest) -> Any:
    inside = Meeting.objects.inside_for(request.user).order_by().values("pk")
    return AgendaItem.objects.filter(meeting__in=inside)


@open_to(*IMPORTERS)
def standing_list(request: HttpRequest) -> HttpResponse:
    """Items that new meetings get by themselves."""
    title = _("Standing items")
    context = {
        "title": title,
        "rows": [
            (row, can_edit_standing(request.user, row))
            for row in queries.standing_items(request.user)
        ],
        "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (title, "")],
    }
    return viewkit.render(request, "meetings/standing_list.html", context)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def standing_create(request: HttpRequest) -> HttpResponse:
    form = StandingForm(
        request.POST or None,
        alliances=alliances_to_import_for(request.user),
        whole_state=access_of(request.user).sees_whole_state,
    )
    if request.method == "POST" and form.is_valid():
        standing.create_standing_item(
            actor=request.user, valid_from=timezone.localdate(), **form.cleaned_data
        )
        return redirect("meetings:standing_list")
    return _standing_form(request, _("New standing item"), form)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def standing_end(request: HttpRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(queries.standing_items(request.user), public_id=public_id)
    if not can_edit_standing(request.user, row):
        raise Http404
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            standing.end_standing_item(item=row, last_day=last_day, actor=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("meetings:standing_list")
    return _standing_form(request, _("End: %(title)s") % {"title": row.title}, form)


def _standing_form(request: HttpRequest, title: str, form: Any) -> HttpResponse:
    back = url("meetings:standing_list")
    context = {
        "title": title,
        "form": form,
        "cancel": back,
        "crumbs": [(_("Standing items"), back), (title, "")],
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)
