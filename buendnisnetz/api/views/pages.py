"""The page for people, and the description for programs."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.api.describing import described
from buendnisnetz.api.domain.queries.publications import as_json, feed_scopes
from buendnisnetz.api.openapi import document
from buendnisnetz.api.views.answers import answer, site_of
from buendnisnetz.api.views.asking import MOST
from buendnisnetz.api.views.feeds import MOST_ENTRIES
from buendnisnetz.api.views.lists import MOST_ROWS
from buendnisnetz.ui import viewkit


@open_to(public=True)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, how it is asked, under which licence, and what limits there are."""
    context = {
        "title": _("Open data"),
        "site": site_of(request),
        "licence": settings.DATA_LICENCE,
        "limits": {"objects": MOST, "rows": MOST_ROWS, "entries": MOST_ENTRIES},
        "scopes": feed_scopes(),
        "crumbs": [(_("Open data"), "")],
    }
    return viewkit.render(request, "api/overview.html", context)


@open_to(public=True)
@described("This description, in OpenAPI 3.1")
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return answer(request, as_json(document(site_of(request))))
