"""Suggestions while somebody types into a field that chooses a row."""

from django.http import Http404, HttpRequest, HttpResponse

from buendnisnetz.accounts.gate import EVERY_ROLE, open_to
from buendnisnetz.network.domain.queries import choices
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today


@open_to(*EVERY_ROLE)
def choose(request: HttpRequest, kind: str) -> HttpResponse:
    """``?q=text``, or the field's own name as a form sends it."""
    if kind not in choices.KINDS:
        raise Http404
    typed = request.GET.get("q") or str(next(iter(request.GET.values()), ""))
    found = choices.options(kind, typed[:200], request.user, today())
    texts = [choices.option_text(kind, row) for row in found]
    return viewkit.render(request, "network/options.html", {"suggestions": texts})
