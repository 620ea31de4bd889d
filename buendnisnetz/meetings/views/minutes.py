"""Minutes for reading: citation addresses that never break, and papers in every form."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.meetings.domain.editions import papers
from buendnisnetz.meetings.domain.editions.templates import as_word
from buendnisnetz.meetings.domain.queries import editions as queries
from buendnisnetz.meetings.models import Meeting, MinutesEntry
from buendnisnetz.meetings.rules import can_read_contents
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


@open_to(public=True)
def citation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where a passage stands today; one that a correction took out is shown as it was published."""
    entry = get_object_or_404(MinutesEntry.objects.select_related("meeting"), public_id=public_id)
    meeting = entry.meeting
    if can_read_contents(request.user, meeting):
        tail = f"?stelle={public_id}#{public_id}"
        name = "meetings:minutes_detail" if entry.start is not None else "meetings:meeting_detail"
        if entry.text:
            return HttpResponseRedirect(url(name, meeting.public_id) + tail)
    elif not Meeting.objects.visible_to(request.user).filter(pk=meeting.pk).exists():
        raise Http404
    elif queries.stands_in_public(meeting, public_id):
        return HttpResponseRedirect(
            f"{url('meetings:meeting_detail', meeting.public_id)}#e-{public_id}"
        )
    earlier = queries.earlier_passage(entry, inside=can_read_contents(request.user, meeting))
    if earlier is None:
        raise Http404
    context = {
        "title": _("Passage from an earlier version"),
        "passage": earlier,
        "meeting": meeting,
        "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (_("Passage"), "")],
    }
    return viewkit.render(request, "meetings/citation.html", context)


@open_to(public=True)
def minutes_paper(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The minutes as PDF, Word, Markdown or JSON: in full for who works with the body that met, the
    public copy for everybody else."""
    rows = Meeting.objects.visible_to(request.user).select_related("edition", "working_group")
    meeting = get_object_or_404(rows, public_id=public_id)
    inside = can_read_contents(request.user, meeting)
    found = queries.paper_of(meeting, inside=inside)
    if found is None:
        raise Http404
    if form == "pdf":
        printed = found.printed or papers.as_pdf(
            found.content, found.signature, written_at=found.written_at
        )
        return _download(printed, "application/pdf", found.name("pdf"))
    if form not in papers.FORMS:
        raise Http404
    media_type, write = papers.FORMS[form]
    if form == "docx":
        written = as_word(meeting, found.content, found.signature)
    else:
        written = write(found.content, found.signature)
    return _download(written, media_type, found.name(form))


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
