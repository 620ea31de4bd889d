"""Date polls: list, page, asking, reminding, deciding; and the answer behind a mail link."""

from collections.abc import Hashable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain.preparing import bodies, polls
from buendnisnetz.meetings.domain.queries import preparing as queries
from buendnisnetz.meetings.domain.queries.imports import alliances_to_import_for
from buendnisnetz.meetings.enums import PollStatus
from buendnisnetz.meetings.forms.preparing import (
    ExtendForm,
    PollAnswerForm,
    PollFilter,
    PollForm,
    SourcesForm,
    WhomForm,
)
from buendnisnetz.meetings.models import DatePoll, PollInvitee
from buendnisnetz.meetings.presenters import preparing as shown
from buendnisnetz.meetings.rules import IMPORTERS, can_edit_poll
from buendnisnetz.network.models import WorkingGroup
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage


@open_to(*presenters.READERS)
class PollListView(ListPage):
    template = "meetings/poll_list.html"
    title = gettext_lazy("Date polls")
    export_name = "terminumfragen"
    filter_class = PollFilter
    default_sort = "-closes"
    columns = (
        Column("title", gettext_lazy("Date poll"), ("title",)),
        Column("of", gettext_lazy("Of"), ("alliance__sort_key",)),
        Column("answers", gettext_lazy("Answers"), ("answered",), numeric=True),
        Column("closes", gettext_lazy("Answers until"), ("closes_on",)),
        Column("status", gettext_lazy("State"), ("status",)),
    )
    fields = (
        "public_id", "title", "alliance__name", "working_group__name", "asked", "answered", "closes_on", "status",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.polls_for_list(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return rows.filter(status=values["status"]) if values.get("status") else rows

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(title__icontains=typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status = PollStatus(record["status"])
        return [
            Cell(record["title"], url("meetings:poll_detail", record["public_id"])),
            Cell(record["working_group__name"] or record["alliance__name"] or _("the whole state")),
            Cell(
                _("%(answered)s of %(asked)s")
                % {"answered": record["answered"], "asked": record["asked"]}
            ),
            Cell(format_date(record["closes_on"])),
            Cell(str(status.label), tone=shown.POLL_TONES[status]),
        ]

    def context(self) -> dict[str, Any]:
        return {
            "can_create": access_of(self.request.user).has(*IMPORTERS),
            "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (str(self.title), "")],
        }


def _crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Meetings"), url("meetings:meeting_list")),
        (_("Date polls"), url("meetings:poll_list")),
        *steps,
    ]


def _visible(request: HttpRequest, public_id: str) -> DatePoll:
    rows = DatePoll.objects.visible_to(request.user)
    related = ("alliance", "working_group", "second_group", "series", "meeting")
    found: DatePoll = get_object_or_404(rows.select_related(*related), public_id=public_id)
    return found


def _editable(request: HttpRequest, public_id: str) -> DatePoll:
    poll = _visible(request, public_id)
    if not can_edit_poll(request.user, poll):
        raise Http404
    return poll


@open_to(*IMPORTERS, methods=("GET", "POST"))
def poll_create(request: HttpRequest) -> HttpResponse:
    """A poll's fields and times; "more times" shows the form again with further rows."""
    rows = int(request.POST["rows"]) if request.POST.get("rows", "").isdecimal() else 0
    more = "more" in request.POST
    form = _poll_form(request, request.POST or None, request.GET.dict(), rows + 5 if more else rows)
    if request.method == "POST" and not more and form.is_valid():
        try:
            poll = polls.create_poll(
                options=form.slots, actor=request.user, now=timezone.now(), **form.values()
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            whom = url("meetings:poll_ask", poll.public_id)
            return redirect(f"{whom}?{shown.sources_query(poll, request.GET)}")
    if more:
        # The same form with what was typed, but no errors yet.
        form = _poll_form(request, None, request.POST.dict(), form.rows)
    context = {
        "title": _("New date poll"),
        "form": form,
        "most": polls.MOST_OPTIONS,
        "cancel": url("meetings:poll_list"),
        "crumbs": _crumbs((_("New date poll"), "")),
    }
    status = 422 if form.is_bound and form.errors else 200
    return viewkit.render(request, "meetings/poll_create.html", context, status=status)


def _poll_form(request: HttpRequest, data: Any, initial: dict[str, Any], rows: int) -> PollForm:
    return PollForm(
        data,
        initial=initial,
        alliances=alliances_to_import_for(request.user),
        groups=WorkingGroup.objects.visible_to(request.user),
        whole_state=access_of(request.user).sees_whole_state,
        rows=rows,
    )


@open_to(*presenters.READERS)
def poll_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who said what, what fits best, and what can be done next."""
    poll = _visible(request, public_id)
    page = queries.poll_page(poll)
    context = {
        "title": poll.title,
        "poll": poll,
        "page": page,
        "can_edit": can_edit_poll(request.user, poll),
        "tone": shown.POLL_TONES[PollStatus(poll.status)],
        "facts": shown.poll_facts(poll),
        "options": shown.option_heads(page),
        "rows": shown.answer_rows(page),
        "history": history_of(poll),
        "whom": shown.sources_query(poll, {}),
        "crumbs": _crumbs((poll.title, "")),
    }
    return viewkit.render(request, "meetings/poll_detail.html", context)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def poll_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose whom to ask, each with the reason; the sources stand in the address."""
    poll = _editable(request, public_id)
    sources = SourcesForm(request.GET, user=request.user)
    people = bodies.candidates(sources.sources(), user=request.user, today=timezone.localdate())
    form = WhomForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = bodies.with_free_addresses(form.chosen(), form.cleaned_data["addresses"])
            count = polls.ask(poll=poll, recipients=chosen, actor=request.user, now=timezone.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", count) % {"num": count}
            )  # fmt: skip
            return redirect("meetings:poll_detail", public_id)
    context = {
        "title": _("Whom to ask for a date"),
        "lead": poll.title,
        "sources": sources,
        "form": form,
        "submit": _("Send the mails"),
        "cancel": url("meetings:poll_detail", public_id),
        "crumbs": _crumbs(
            (poll.title, url("meetings:poll_detail", public_id)), (_("Whom to ask for a date"), "")
        ),
    }
    return viewkit.render(
        request, "meetings/whom.html", context, status=422 if form.errors else 200
    )


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def poll_remind(request: HttpRequest, public_id: str) -> HttpResponse:
    poll = _editable(request, public_id)
    count = polls.remind(poll=poll, actor=request.user, now=timezone.now())
    messages.success(
        request,
        ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", count)
        % {"num": count},
    )
    return redirect("meetings:poll_detail", public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def poll_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Settle on a time: a meeting is made, and its page offers to invite those who were asked."""
    poll = _editable(request, public_id)
    number = request.POST.get("option", "")
    if not number:
        messages.info(request, _("Please choose one of the times."))
        return redirect("meetings:poll_detail", public_id)
    option = get_object_or_404(poll.options, pk=int(number) if number.isdecimal() else 0)
    meeting = polls.decide(poll=poll, option=option, actor=request.user, now=timezone.now())
    return redirect("meetings:meeting_detail", meeting.public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def poll_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    polls.cancel(poll=_editable(request, public_id), actor=request.user)
    return redirect("meetings:poll_detail", public_id)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def poll_extend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another closing day; also the way back of a cancelled poll."""
    poll = _editable(request, public_id)
    form = ExtendForm(request.POST or None, initial={"closes_on": poll.closes_on})
    if request.method == "POST" and form.is_valid():
        try:
            polls.extend(
                poll=poll,
                closes_on=form.cleaned_data["closes_on"],
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error("closes_on", str(error))
        else:
            return redirect("meetings:poll_detail", public_id)
    title = _("Change the last day") if poll.status == PollStatus.OPEN else _("Open again")
    context = {
        "title": title,
        "lead": poll.title,
        "form": form,
        "cancel": url("meetings:poll_detail", public_id),
        "crumbs": _crumbs((poll.title, url("meetings:poll_detail", public_id)), (title, "")),
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def poll_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, if need be, no: without a sign-in, and without script."""
    now = timezone.now()
    try:
        invitee = polls.invitee_behind(token=token, now=now)
        form = _answer_form(request, invitee)
        saved = request.method == "POST" and form.is_valid()
        if saved:
            polls.answer(
                invitee=invitee, answers=form.answers(), words=form.cleaned_data["words"], now=now
            )
    except LinkClosedError as error:
        gone = {"title": _("Date poll"), "text": str(error)}
        return viewkit.render(request, "ui/error.html", gone, status=410)
    context = {
        "title": invitee.poll.title,
        "invitee": invitee,
        "poll": invitee.poll,
        "form": form,
        "saved": saved,
    }
    return viewkit.render(
        request, "meetings/poll_answer.html", context, status=422 if form.errors else 200
    )


def _answer_form(request: HttpRequest, invitee: PollInvitee) -> PollAnswerForm:
    said = dict(invitee.answers.values_list("option", "answer"))
    return PollAnswerForm(
        request.POST or None,
        options=list(invitee.poll.options.order_by("held_on", "starts_at")),
        said=said,
        initial={"words": invitee.words},
    )
