"""What became of what was decided and promised, for the next meeting."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain import follow_up as paper
from buendnisnetz.meetings.domain.queries.follow_up import MOST_ON_PAGE, follow_up_of
from buendnisnetz.meetings.views.loading import readable_meeting
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


@open_to(*presenters.READERS)
def follow_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything from earlier meetings of the same body: what is open, alive, settled, moved."""
    meeting = readable_meeting(request, public_id)
    report = follow_up_of(meeting, request.user, timezone.localdate(), MOST_ON_PAGE)
    context = {
        "title": _("What became of it"),
        "meeting": meeting,
        "report": report,
        "facts": paper.figure_rows(report),
        "open": presenters.task_rows(report.open),
        "closed": presenters.task_rows(report.closed),
        "chains": [(chain, paper.chain_words(chain)) for chain in report.chains],
        "crumbs": [
            (_("Meetings"), url("meetings:meeting_list")),
            (meeting.title, url("meetings:meeting_detail", public_id)),
            (_("What became of it"), ""),
        ],
    }
    return viewkit.render(request, "meetings/follow_up.html", context)


@open_to(*presenters.READERS)
def follow_up_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as a paper to bring along."""
    meeting = readable_meeting(request, public_id)
    report = follow_up_of(meeting, request.user, timezone.localdate())
    response = HttpResponse(
        paper.as_pdf(report, written_at=timezone.localtime()), content_type="application/pdf"
    )
    name = f"nachverfolgung-{meeting.held_on:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
