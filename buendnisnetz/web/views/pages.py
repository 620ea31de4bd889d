"""The start page and the pages that the law asks for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.ui import viewkit


@open_to(public=True)
def home(request: HttpRequest) -> HttpResponse:
    """What this is and where to begin."""
    return viewkit.render(request, "web/home.html", {"title": _("Start")})


def _page(request: HttpRequest, template: str, title: str) -> HttpResponse:
    context = {"title": title, "operator": settings.OPERATOR, "crumbs": [(title, "")]}
    return viewkit.render(request, f"web/{template}.html", context)


@open_to(public=True)
def imprint(request: HttpRequest) -> HttpResponse:
    return _page(request, "imprint", _("Imprint"))


@open_to(public=True)
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy", _("Privacy"))


@open_to(public=True)
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "accessibility", _("Accessibility"))


@open_to(public=True)
def easy_language(request: HttpRequest) -> HttpResponse:
    return _page(request, "easy_language", _("Easy language"))


@open_to(public=True)
def sources(request: HttpRequest) -> HttpResponse:
    return _page(request, "sources", _("Sources of data"))


@open_to(public=True)
def help_page(request: HttpRequest) -> HttpResponse:
    return _page(request, "help", _("Help"))
