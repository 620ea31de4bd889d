"""Search over everything."""

from collections.abc import Mapping
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.words import per_language
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url
from buendnisnetz.web.domain.search import KINDS, Hit, kinds_for, search


@open_to(public=True)
def search_page(request: HttpRequest) -> HttpResponse:
    """The results by kind; with script they follow while typing."""
    text = request.GET.get("q", "")[:200].strip()
    kinds = _labels(tuple(kind.name for kind in kinds_for(request.user)))
    chosen = request.GET.get("art", "") if request.GET.get("art") in kinds else ""
    found = search(text=text, user=request.user, chosen=chosen)
    groups: list[tuple[str, str, list[Hit]]] = [
        (kind, kinds[kind], list(hits))
        for kind, hits in groupby(found.hits, key=lambda hit: hit.kind)
    ]
    context = {
        "title": _("Search"),
        "text": text,
        "chosen": chosen,
        "kinds": kinds,
        "groups": groups,
        "total": len(found.hits),
        "resembling": found.resembling,
        "crumbs": [(_("Search"), "")],
        "path": url("web:search"),
    }
    return viewkit.render(request, "web/search.html", context, block="results")


@per_language
def _labels(names: tuple[str, ...]) -> Mapping[str, str]:
    return {kind.name: str(kind.label) for kind in KINDS if kind.name in names}
