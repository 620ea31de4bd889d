"""Invitations: the round of a meeting, sending, reminding, the list of those present; the answer page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.links import LinkClosedError
from buendnisnetz.files.downloads import Download, as_download
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain.preparing import attending, bodies, invitations, letters
from buendnisnetz.meetings.domain.preparing.bodies import Candidate
from buendnisnetz.meetings.domain.preparing.timing import timetable
from buendnisnetz.meetings.domain.queries import missed as missing
from buendnisnetz.meetings.domain.queries import preparing as queries
from buendnisnetz.meetings.enums import MeetingStatus, PapersSent, Reply
from buendnisnetz.meetings.forms.preparing import InviteForm, ReplyForm, SourcesForm
from buendnisnetz.meetings.models import Meeting, MeetingInvitation
from buendnisnetz.meetings.presenters import preparing as shown
from buendnisnetz.meetings.rules import IMPORTERS, can_edit_meeting
from buendnisnetz.meetings.views.loading import editable_meeting, readable_meeting
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _crumbs(meeting: Meeting, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Meetings"), url("meetings:meeting_list")),
        (meeting.title, url("meetings:meeting_detail", meeting.public_id)),
        *steps,
    ]


@open_to(*presenters.READERS)
def invitation_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who was invited, who comes, and afterwards who did not."""
    meeting = readable_meeting(request, public_id)
    invited = queries.round_of(meeting)
    today = timezone.localdate()
    over = meeting.status != MeetingStatus.CANCELLED and meeting.held_on <= today
    context = {
        "title": _("Invitations and answers"),
        "meeting": meeting,
        "invited": invited,
        "groups": queries.by_reply(invited.invitations),
        "missed": missing.invited_but_absent(meeting) if over and invited.invitations else [],
        "can_edit": can_edit_meeting(request.user, meeting),
        "can_invite": invitations.is_ahead(meeting, timezone.now()),
        "can_prefill": over and (meeting.edition is None or meeting.edition.is_writable),
        "crumbs": _crumbs(meeting, (_("Invitations and answers"), "")),
    }
    return viewkit.render(request, "meetings/invitation_list.html", context)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def invitation_send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose whom to invite, each with the reason; at first the body that meets, or those of the poll."""
    meeting = editable_meeting(request, public_id)
    chosen_sources = request.GET or shown.first_sources(meeting)
    sources = SourcesForm(chosen_sources, user=request.user)
    form = InviteForm(request.POST or None, people=_candidates(request, meeting, sources))
    if request.method == "POST" and form.is_valid():
        try:
            count = invitations.invite(
                meeting=meeting,
                recipients=bodies.with_free_addresses(
                    form.chosen(), form.cleaned_data["addresses"]
                ),
                words=form.cleaned_data["words"],
                papers=PapersSent(form.cleaned_data["papers"]),
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _on_its_way(count))
            return redirect("meetings:invitation_list", public_id)
    title = _("Invite")
    context = {
        "title": title,
        "lead": meeting.title,
        "sources": sources,
        "form": form,
        "submit": _("Send the invitations"),
        "cancel": url("meetings:meeting_detail", public_id),
        "crumbs": _crumbs(meeting, (title, "")),
    }
    return viewkit.render(
        request, "meetings/whom.html", context, status=422 if form.errors else 200
    )


def _candidates(request: HttpRequest, meeting: Meeting, sources: SourcesForm) -> list[Candidate]:
    """Those whom the sources name and, before them, those asked for the date; without the invited."""
    asked = queries.asked_in_poll(meeting)
    found = bodies.candidates(sources.sources(), user=request.user, today=timezone.localdate())
    known = {row.email.lower() for row in asked}
    invited = {email.lower() for email in meeting.invitations.values_list("email", flat=True)}
    rows = [Candidate(row, _("asked in the date poll")) for row in asked]
    rows += [row for row in found if row.recipient.email.lower() not in known]
    return [row for row in rows if row.recipient.email.lower() not in invited]


def _on_its_way(count: int) -> str:
    return ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", count) % {
        "num": count
    }


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def invitation_remind(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    count = invitations.remind(meeting=meeting, actor=request.user, now=timezone.now())
    messages.success(request, _on_its_way(count))
    return redirect("meetings:invitation_list", public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def invitation_prefill(request: HttpRequest, public_id: str) -> HttpResponse:
    """The list of those present, filled from the answers; each line can be removed again."""
    meeting = editable_meeting(request, public_id)
    count = attending.prefill(meeting=meeting, actor=request.user)
    messages.success(
        request,
        ngettext("%(num)s line added to the list.", "%(num)s lines added to the list.", count)
        % {"num": count},
    )
    return redirect(url("meetings:meeting_detail", public_id) + "#participants")


def _gone(request: HttpRequest, error: LinkClosedError) -> HttpResponse:
    context = {"title": _("Invitation"), "text": str(error)}
    return viewkit.render(request, "ui/error.html", context, status=410)


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Comes, sends somebody, does not come: without a sign-in, and without script."""
    now = timezone.now()
    try:
        invitation = invitations.invitation_behind(token=token, now=now)
    except LinkClosedError as error:
        return _gone(request, error)
    form = ReplyForm(request.POST or None, initial=_said(invitation))
    saved = request.method == "POST" and form.is_valid()
    if saved:
        values = form.cleaned_data
        invitations.answer(
            invitation=invitation,
            reply=Reply(values["reply"]),
            deputy_name=values["deputy_name"],
            words=values["words"],
            now=now,
        )
    context = {"title": invitation.meeting.title, "token": token, "form": form, "saved": saved}
    context |= _enclosed(invitation)
    return viewkit.render(
        request, "meetings/invitation_answer.html", context, status=422 if form.errors else 200
    )


def _said(invitation: MeetingInvitation) -> dict[str, Any]:
    reply = "" if invitation.reply == Reply.OPEN else invitation.reply
    return {"reply": reply, "deputy_name": invitation.deputy_name, "words": invitation.words}


def _enclosed(invitation: MeetingInvitation) -> dict[str, Any]:
    """What an invitation shows beside the question."""
    meeting = invitation.meeting
    rows = timetable(meeting, meeting.agenda.order_by("position")).rows
    papers = list(meeting.attachments.filter(file__isnull=False).order_by("number"))
    return {
        "invitation": invitation,
        "facts": shown.invitation_facts(meeting),
        "agenda": [row for row in rows if invitation.post_id or not row.item.is_internal],
        "papers": letters.papers_for(invitation, papers),
    }


@never_cache
@open_to(public=True)
def invitation_paper(request: HttpRequest, token: str, number: int) -> Download:
    """One of the papers, behind the link of the invitation."""
    try:
        invitation = invitations.invitation_behind(token=token, now=timezone.now())
    except LinkClosedError as error:
        return _gone(request, error)
    rows = invitation.meeting.attachments.filter(file__isnull=False).select_related("file")
    paper = get_object_or_404(rows, number=number)
    if not letters.papers_for(invitation, [paper]) or paper.file is None:
        raise Http404
    return as_download(paper.file, request, to_public=invitation.post_id is None)


@never_cache
@open_to(public=True)
def invitation_entry(request: HttpRequest, token: str) -> HttpResponse:
    """The meeting for a calendar program."""
    now = timezone.now()
    try:
        invitation = invitations.invitation_behind(token=token, now=now)
    except LinkClosedError as error:
        return _gone(request, error)
    entry = letters.entry_of(invitation.meeting, now)
    response = HttpResponse(entry.content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.name}"'
    return response
