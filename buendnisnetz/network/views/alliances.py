"""An alliance's page, its states and its territories."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import EVERY_ROLE, KEEPERS, open_to
from buendnisnetz.core.words import words_of
from buendnisnetz.network import presenters, rules
from buendnisnetz.network.domain import alliances as domain
from buendnisnetz.network.domain.queries import alliances as queries
from buendnisnetz.network.domain.queries import pages
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.enums import AllianceStatus
from buendnisnetz.network.forms import alliances as forms
from buendnisnetz.network.forms.posts import EndForm
from buendnisnetz.network.models import Alliance
from buendnisnetz.network.views import details, loading
from buendnisnetz.network.views.editing import asked_day
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.ui.editing import act, data_of, form_page, today
from buendnisnetz.ui.jinja import url


@open_to(public=True)
def alliance_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Profile, contacts, partners and groups of an alliance on a day."""
    alliance = loading.alliance(request, slug)
    day = asked_day(request)
    found = pages.of_alliance(alliance, day, request.user)
    status = queries.status_among(found.periods, day)
    members, former = queries.split_by_day(found.members, day)
    context: dict[str, Any] = {
        "status": status,
        "status_tone": presenters.STATUS_TONES[status.status] if status else "",
        "facts": presenters.alliance_facts(alliance, status, found.links, day),
        "periods": [(words_of(AllianceStatus)[row.status], row) for row in found.periods],
        "links": found.links,
        "posts": found.posts,
        "balance": queries.balance_of(members),
        "members": presenters.members_by_kind(members),
        "former": former,
        "groups": found.groups,
        "chambers": [(words_of(ChamberKind)[row.kind], row) for row in found.chambers],
        "can_edit": rules.can_edit_alliance(request.user, alliance),
        "is_keeper": rules.is_keeper(request.user),
    }
    return details.page(request, alliance, context)


@open_to(*EVERY_ROLE)
def alliance_history(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = loading.alliance(request, slug)
    return details.history_page(request, alliance, queries.parts_of(alliance, request.user))


@open_to(*KEEPERS, methods=("GET", "POST"))
def alliance_create(request: HttpRequest) -> HttpResponse:
    form = forms.NewAllianceForm(data_of(request), user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        made = domain.create_alliance(
            territories=[values["territory"]],
            status=AllianceStatus(values["status"]),
            evidence=values["evidence"],
            since=values["since"],
            actor=request.user,
            today=today(),
            **form.facts(),
        )
        return details.address(made)

    return form_page(
        request, form, save=save, title=_("Add an alliance"), cancel=url("network:alliance_list"),
        crumbs=[(_("Alliances"), url("network:alliance_list"))],
    )  # fmt: skip


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def alliance_edit(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = loading.alliance(request, slug, to_edit=True)
    form = forms.AllianceForm(data_of(request), instance=alliance, user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        domain.edit_alliance(
            alliance=alliance, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return details.address(alliance)

    return _form(request, alliance, form, save, _("Edit profile"))


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def status_change(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = loading.alliance(request, slug, to_edit=True)
    present = alliance.status_periods.get(valid_to=None)
    form = forms.StatusForm(data_of(request), present=AllianceStatus(present.status))

    def save(values: dict[str, Any]) -> str:
        domain.change_status(
            alliance=alliance, status=AllianceStatus(values["status"]),
            evidence=values["evidence"], since=values["since"], actor=request.user, today=today(),
        )  # fmt: skip
        return details.address(alliance)

    lead = _("Now: %(status)s") % {"status": present.get_status_display()}
    return _form(request, alliance, form, save, _("Change state"), lead)


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def status_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = loading.alliance(request, slug, to_edit=True)
    form = forms.ConfirmStatusForm(data_of(request), initial={"on": today()})

    def save(values: dict[str, Any]) -> str:
        domain.confirm_status(alliance=alliance, actor=request.user, today=today(), **values)
        return details.address(alliance)

    lead = _("You asked, and the state is still right.")
    return _form(request, alliance, form, save, _("Confirm state"), lead)


@open_to(*rules.ALLIANCE_EDITORS, methods=("POST",))
@require_POST
def status_undo(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = loading.alliance(request, slug, to_edit=True)
    return act(
        request, details.address(alliance),
        lambda: domain.undo_status(alliance=alliance, actor=request.user),
    )  # fmt: skip


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def territory_add(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = loading.alliance(request, slug, to_edit=True)
    form = forms.TerritoryForm(data_of(request))

    def save(values: dict[str, Any]) -> str:
        domain.add_territory(alliance=alliance, actor=request.user, **values)
        return details.address(alliance)

    return _form(request, alliance, form, save, _("Add a territory"))


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def territory_end(request: HttpRequest, public_id: str) -> HttpResponse:
    link = loading.territory_link(request, public_id)
    form = EndForm(data_of(request), initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_territory(link=link, last_day=values["last_day"], actor=request.user)
        return details.address(link.alliance)

    lead = _("The alliance no longer works in: %(name)s") % {"name": link.territory.name}
    return _form(request, link.alliance, form, save, _("End a territory"), lead)


@open_to(*rules.ALLIANCE_EDITORS, methods=("POST",))
@require_POST
def territory_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    link = loading.territory_link(request, public_id)
    return act(
        request, details.address(link.alliance),
        lambda: domain.reopen_territory(link=link, actor=request.user),
    )  # fmt: skip


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def alliance_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo of adding, only while nothing refers to the alliance."""
    alliance = loading.alliance(request, slug, to_edit=True)
    remove_if_unused(row=alliance, actor=request.user)
    return redirect("network:alliance_list")


def _form(
    request: HttpRequest, alliance: Alliance, form: Any, save: Any, title: str, lead: str = ""
) -> HttpResponse:
    return form_page(
        request, form, save=save, title=title, lead=lead or alliance.name,
        cancel=details.address(alliance), crumbs=details.crumbs(alliance),
    )  # fmt: skip
