"""Pages for what went wrong: they say what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.ui import viewkit


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return viewkit.render(request, "ui/error.html", {"title": title, "text": text}, status=status)


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A rule refused what was asked."""
    return _page(request, 409, _("That is not possible"), str(error))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _(
        "This form is too old or was opened in another window. Please load the page again and send it once more."
    )
    return _page(request, 403, _("Please try again"), text)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 400, _("The request was not understood"), _("Please go back and try again.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("Your role does not allow this. If you need it, ask the coordination office.")
    return _page(request, 403, _("Not allowed"), text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("This page does not exist, or it is not meant for your role. The search may help.")
    return _page(request, 404, _("Page not found"), text)


def server_error(request: HttpRequest) -> HttpResponse:
    """Must not need anything that may just have failed."""
    return HttpResponse(
        "<!doctype html><html lang=de><meta charset=utf-8><title>Fehler</title>"
        "<h1>Da ist etwas schiefgegangen</h1><p>Der Fehler ist protokolliert, gespeichert wurde "
        'nichts. Bitte versuchen Sie es noch einmal. <a href="/">Zur Startseite</a></p>',
        status=500,
    )
