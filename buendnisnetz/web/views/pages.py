"""The start page and the pages that the law asks for."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core import ratelimit
from buendnisnetz.core.errors import DomainError
from buendnisnetz.ui import viewkit
from buendnisnetz.web import presenters
from buendnisnetz.web.domain.dashboard import dashboard
from buendnisnetz.web.domain.feedback import send_feedback
from buendnisnetz.web.domain.figures import public_figures
from buendnisnetz.web.forms import FeedbackForm


@open_to(public=True)
def home(request: HttpRequest) -> HttpResponse:
    """For visitors what this is and where to begin; for who works here what needs them today."""
    today = timezone.localdate()
    if access_of(request.user).is_public:
        context: dict[str, Any] = {
            "title": _("Local alliances for families"),
            "figures": presenters.figure_tiles(public_figures(today)),
            "audiences": presenters.audiences(),
        }
        return viewkit.render(request, "web/home.html", context)
    board = dashboard(user=request.user, today=today)
    context = {
        "title": _("Good day, %(name)s") % {"name": request.user.display_name},  # type: ignore[union-attr]
        "board": board,
        "tasks": presenters.task_lines(board.tasks, today),
        "oldest": presenters.task_lines(board.oldest, today),
        "shortcuts": presenters.shortcuts(request.user),
    }
    return viewkit.render(request, "web/dashboard.html", context)


def _page(request: HttpRequest, name: str, title: str, **more: Any) -> HttpResponse:
    """A page of text. The texts are documents of their own per language, so they are not in the
    catalogue: ``web/<language>/<name>.html``."""
    context = {"title": title, "operator": settings.OPERATOR, "crumbs": [(title, "")], **more}
    return viewkit.render(request, f"web/de/{name}.html", context)


@open_to(public=True)
def imprint(request: HttpRequest) -> HttpResponse:
    return _page(request, "imprint", _("Imprint"))


@open_to(public=True)
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy", _("Privacy"))


@open_to(public=True, methods=("GET", "POST"))
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the law asks for, with the form to report a barrier."""
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        address = request.META.get("REMOTE_ADDR", "")
        try:
            ratelimit.count(f"feedback:{address}", limit=5, period=timedelta(hours=1), now=now)
            send_feedback(
                text=form.cleaned_data["text"],
                reply_to=form.cleaned_data["email"],
                page=form.cleaned_data["page"],
                now=now,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("web:feedback_sent")
    response = _page(request, "accessibility", _("Accessibility"), form=form)
    response.status_code = 422 if form.errors else 200
    return response


@open_to(public=True)
def feedback_sent(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Thank you"),
        "text": _("Your message is on its way. You will get an answer if you left an address."),
    }
    return viewkit.render(request, "ui/error.html", context)


@open_to(public=True)
def easy_language(request: HttpRequest) -> HttpResponse:
    return _page(request, "easy_language", _("Easy language"))


@open_to(public=True)
def sources(request: HttpRequest) -> HttpResponse:
    return _page(request, "sources", _("Sources of data"))


@open_to(public=True)
def help_page(request: HttpRequest) -> HttpResponse:
    return _page(request, "help", _("Help"))
