"""Where to begin: what waits, and what can be taken along."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.ui import exports, viewkit
from buendnisnetz.upkeep import rules
from buendnisnetz.upkeep.domain import exporting
from buendnisnetz.upkeep.domain.queries import waiting
from buendnisnetz.upkeep.enums import Target
from buendnisnetz.upkeep.views.shared import crumbs, tabs


@open_to(*rules.CORRECTORS)
def overview(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Upkeep of data"),
        "tabs": tabs(request.user, "overview"),
        "waiting": waiting.waiting_for(request.user),
        "keeps_lists": access_of(request.user).has(*rules.LIST_KEEPERS),
        "crumbs": [(_("Upkeep of data"), "")],
    }
    return viewkit.render(request, "upkeep/overview.html", context)


@open_to(*rules.LIST_KEEPERS)
def export(request: HttpRequest) -> HttpResponse:
    """What leaves in the columns that come back."""
    context = {
        "title": _("Give out"),
        "tabs": tabs(request.user, "export"),
        "keeper": rules.may_merge(request.user),
        "alliances": exporting.alliances_to_export(request.user),
        "crumbs": crumbs((_("Give out"), "")),
    }
    return viewkit.render(request, "upkeep/export.html", context)


@open_to(*rules.LIST_KEEPERS)
def export_file(request: HttpRequest, what: str) -> HttpResponseBase:
    """``organisationen``, ``personen`` or the short name of an alliance; ``?format=csv`` as text."""
    today = timezone.localdate()
    keeper = rules.may_merge(request.user)
    if what == "organisationen" and keeper:
        target, lines = Target.MEMBERS, exporting.organisation_lines(today)
    elif what == "personen" and keeper:
        target, lines = Target.PEOPLE, exporting.people_lines(today)
    else:
        found = {row.slug: row for row in exporting.alliances_to_export(request.user)}
        if what not in found:
            raise Http404
        target, lines = Target.MEMBERS, exporting.member_lines(found[what], today)
    write = exports.as_csv if request.GET.get("format") == "csv" else exports.as_xlsx
    return write(f"{what}-{today:%Y-%m-%d}", exporting.headings(target), lines)
