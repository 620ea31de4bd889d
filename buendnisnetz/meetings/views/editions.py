"""The way of a meeting's minutes: versions, consultation, approval, publication, distribution."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.merge import differences
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain import recipients
from buendnisnetz.meetings.domain.editions import approval, consultation, distribution, states
from buendnisnetz.meetings.domain.editions.papers import current_content
from buendnisnetz.meetings.domain.editions.text import text_of
from buendnisnetz.meetings.domain.queries import editions as queries
from buendnisnetz.meetings.domain.queries.attachments import check_of, frozen_of
from buendnisnetz.meetings.domain.queries.follow_up import standings_of
from buendnisnetz.meetings.enums import RequestStatus
from buendnisnetz.meetings.forms.editions import (
    AskApprovalForm,
    ConsultationForm,
    DecisionForm,
    DistributionForm,
    ReasonForm,
    SendBackForm,
    WishForm,
)
from buendnisnetz.meetings.models import Edition, Meeting
from buendnisnetz.meetings.presenters.attachments import check_lines, rows_of_content
from buendnisnetz.meetings.rules import IMPORTERS, can_edit_meeting
from buendnisnetz.meetings.views.loading import editable_meeting, readable_meeting
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _crumbs(meeting: Meeting, title: str = "") -> list[tuple[str, str]]:
    steps = [
        (_("Meetings"), url("meetings:meeting_list")),
        (meeting.title, url("meetings:meeting_detail", meeting.public_id)),
        (_("Way of the minutes"), url("meetings:edition_list", meeting.public_id)),
    ]
    return [*steps, (title, "")] if title else [*steps[:-1], (steps[-1][0], "")]


def _newest(meeting: Meeting) -> Edition:
    if meeting.edition is None:
        raise Http404
    meeting.edition.meeting = meeting
    return meeting.edition


@open_to(*presenters.READERS)
def edition_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the minutes stand, what can be done now, and every version there was."""
    meeting = readable_meeting(request, public_id, "minutes")
    page = queries.way_of(meeting)
    can_edit = can_edit_meeting(request.user, meeting)
    # Before the approval somebody can still mend it; afterwards it is no use.
    hints = can_edit and page.newest is not None and page.newest.is_writable
    context = {
        "title": _("Way of the minutes"),
        "meeting": meeting,
        "page": page,
        "can_edit": can_edit,
        "is_approver": page.newest is not None
        and page.newest.is_writable
        and approval.is_approver(page.newest, request.user),
        "steps": presenters.edition_steps(page) if can_edit else [],
        "problems": check_lines(check_of(meeting)) if hints else [],
        "decision_form": DecisionForm(),
        "crumbs": _crumbs(meeting),
    }
    return viewkit.render(request, "meetings/edition_list.html", context)


_STEPS: dict[str, Callable[..., Any]] = {
    "begin": lambda meeting, **facts: states.begin_edition(meeting=meeting, **facts),
    "end_consultation": lambda meeting, actor, now: states.end_consultation(
        edition=_newest(meeting), actor=actor
    ),
    "publish": lambda meeting, **facts: states.publish(edition=_newest(meeting), **facts),
    "withdraw": lambda meeting, **facts: states.withdraw(
        edition=queries.published_edition(meeting), **facts
    ),
    "drop": lambda meeting, actor, now: states.drop_correction(
        edition=_newest(meeting), actor=actor
    ),
}


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def edition_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """One step that needs no words."""
    meeting = editable_meeting(request, public_id)
    if step not in _STEPS:
        raise Http404
    _STEPS[step](meeting, actor=request.user, now=timezone.now())
    return redirect("meetings:edition_list", public_id)


@open_to(*presenters.READERS, methods=("POST",))
@require_POST
def edition_approve(request: HttpRequest, public_id: str) -> HttpResponse:
    """The named person's yes, signed in."""
    meeting = readable_meeting(request, public_id)
    approval.approve_signed_in(edition=_newest(meeting), actor=request.user, now=timezone.now())
    return redirect("meetings:edition_list", public_id)


def _form_page(
    request: HttpRequest, meeting: Meeting, title: str, form: Any, submit: str, save: Any
) -> HttpResponse:
    """A page with one form; ``save`` makes the one domain call."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("meetings:edition_list", meeting.public_id)
    context = {
        "title": title,
        "lead": meeting.title,
        "form": form,
        "submit": submit,
        "cancel": url("meetings:edition_list", meeting.public_id),
        "crumbs": _crumbs(meeting, title),
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def edition_consult(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    people = recipients.of_meeting(meeting, timezone.localdate())
    form = ConsultationForm(request.POST or None, people=people)

    def save(form: ConsultationForm) -> None:
        consultation.send_round(
            edition=_newest(meeting),
            recipients=form.chosen(),
            until=form.cleaned_data["until"],
            words=form.cleaned_data["words"],
            actor=request.user,
            now=timezone.now(),
        )

    return _form_page(request, meeting, _("Send the draft round"), form, _("Send"), save)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def edition_ask_approval(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    people = queries.possible_approvers(meeting, request.user)
    form = AskApprovalForm(
        request.POST or None, people=people, initial={"person": _newest(meeting).approver_id}
    )

    def save(form: AskApprovalForm) -> None:
        approval.request_approval(
            edition=_newest(meeting),
            person=form.cleaned_data["person"],
            words=form.cleaned_data["words"],
            actor=request.user,
            now=timezone.now(),
        )

    return _form_page(request, meeting, _("Ask for the approval"), form, _("Send"), save)


@open_to(*presenters.READERS, methods=("GET", "POST"))
def edition_send_back(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = readable_meeting(request, public_id)
    if not approval.is_approver(_newest(meeting), request.user):
        messages.info(request, str(approval.NotTheApproverError()))
        return redirect("meetings:edition_list", public_id)

    def save(form: SendBackForm) -> None:
        approval.send_back(
            edition=_newest(meeting),
            words=form.cleaned_data["words"],
            actor=request.user,
            now=timezone.now(),
        )

    form = SendBackForm(request.POST or None)
    return _form_page(request, meeting, _("Not yet approve"), form, _("Send back"), save)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def edition_correct(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)

    def save(form: ReasonForm) -> None:
        states.begin_correction(
            meeting=meeting,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        )

    form = ReasonForm(request.POST or None)
    return _form_page(request, meeting, _("Begin a corrected version"), form, _("Begin"), save)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def edition_distribute(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    people = recipients.of_meeting(meeting, timezone.localdate())
    wishes = distribution.wished_forms(people)
    form = DistributionForm(request.POST or None, people=people, forms_wished=wishes)

    def save(form: DistributionForm) -> None:
        distribution.distribute(
            edition=_newest(meeting),
            recipients=form.chosen(),
            forms=form.forms_chosen(),
            note=form.cleaned_data["note"],
            actor=request.user,
            now=timezone.now(),
        )

    return _form_page(request, meeting, _("Send the minutes out"), form, _("Send"), save)


@open_to(*presenters.READERS, methods=("GET", "POST"))
def edition_wish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody who works with the body that met wishes a change."""
    meeting = readable_meeting(request, public_id)
    entry = meeting.entries.filter(public_id=request.GET.get("stelle", "")).first()
    form = WishForm(request.POST or None)

    def save(form: WishForm) -> None:
        consultation.wish(
            edition=_newest(meeting),
            entry=entry,
            words=form.cleaned_data["words"],
            actor=request.user,
            now=timezone.now(),
        )

    return _form_page(request, meeting, _("Wish a change"), form, _("Send"), save)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def request_decide(request: HttpRequest, public_id: str, request_id: str) -> HttpResponse:
    """Take a wish over or decline it."""
    meeting = editable_meeting(request, public_id)
    row = get_object_or_404(_newest(meeting).change_requests, public_id=request_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        consultation.decide(
            request=row,
            status=RequestStatus(form.cleaned_data["status"]),
            answer=form.cleaned_data["answer"],
            actor=request.user,
            now=timezone.now(),
        )
        return redirect("meetings:edition_list", public_id)
    context = {
        "title": _("Answer a wish"),
        "lead": row.words,
        "form": form,
        "cancel": url("meetings:edition_list", public_id),
        "crumbs": _crumbs(meeting, _("Answer a wish")),
    }
    return viewkit.render(request, "ui/form.html", context, status=422)


@open_to(*presenters.READERS)
def edition_read(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One version, in full."""
    meeting = readable_meeting(request, public_id)
    edition = get_object_or_404(meeting.editions.select_related("meeting"), number=number)
    content = current_content(edition)
    context = {
        "title": meeting.title,
        "meeting": meeting,
        "edition": edition,
        "minutes": presenters.minutes_page(
            content,
            standings_of(meeting, request.user),
            rows_of_content(content, frozen_of(meeting, content), inside=True),
        ),
        "crumbs": _crumbs(meeting, _("Version %(number)s") % {"number": number}),
    }
    return viewkit.render(request, "meetings/edition_read.html", context)


@open_to(*presenters.READERS)
def edition_differences(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What a version changed against the one before, word by word."""
    meeting = readable_meeting(request, public_id)
    rows = list(
        meeting.editions.filter(number__in=[number - 1, number])
        .select_related("meeting")
        .order_by("number")
    )
    if len(rows) != 2:
        raise Http404
    before, after = (row.text or text_of(current_content(row)) for row in rows)
    title = _("What version %(number)s changed") % {"number": number}
    context = {
        "title": title,
        "meeting": meeting,
        "edition": rows[1],
        "pieces": differences(before, after),
        "crumbs": _crumbs(meeting, title),
    }
    return viewkit.render(request, "meetings/edition_differences.html", context)
