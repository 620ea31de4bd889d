"""An organisation's page and its forms."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.gate import EVERY_ROLE, KEEPERS, open_to, require
from buendnisnetz.network import presenters, rules
from buendnisnetz.network.domain import organisations as domain
from buendnisnetz.network.domain.queries import organisations as queries
from buendnisnetz.network.domain.queries import pages
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.forms import organisations as forms
from buendnisnetz.network.models import Organisation
from buendnisnetz.network.views import details, loading
from buendnisnetz.network.views.editing import asked_day
from buendnisnetz.ui.editing import act, data_of, form_page, today
from buendnisnetz.ui.jinja import url

_EDITORS = (*KEEPERS, Role.CHAMBER)


@open_to(public=True)
def organisation_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Address, posts and memberships of an organisation."""
    try:
        organisation = loading.organisation(request, public_id)
    except Http404:
        return redirect(loading.moved_to(request, Organisation, public_id))
    day = asked_day(request)
    user = request.user
    ended = organisation.valid_to is not None
    names = rules.can_see_people(user)
    context: dict[str, Any] = {
        "facts": presenters.organisation_facts(organisation),
        **pages.of_organisation(organisation, day, user)._asdict(),
        "again": queries.people_to_find_again(organisation, user) if ended and names else [],
        "can_edit": rules.can_edit_organisation(user, organisation),
        "can_edit_address": rules.can_edit_address(user, organisation),
        "can_edit_posts": rules.can_edit_posts_of(user, organisation),
        "is_keeper": rules.is_keeper(user),
    }
    return details.page(request, organisation, context)


@open_to(*EVERY_ROLE)
def organisation_history(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = loading.organisation(request, public_id)
    parts = queries.parts_of(organisation, request.user)
    return details.history_page(request, organisation, parts)


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def organisation_create(request: HttpRequest) -> HttpResponse:
    form = forms.OrganisationForm(data_of(request), user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        return details.address(domain.create_organisation(actor=request.user, **form.facts()))

    return form_page(
        request, form, save=save, title=_("Add an organisation"),
        cancel=url("network:organisation_list"),
        crumbs=[(_("Organisations"), url("network:organisation_list"))],
    )  # fmt: skip


@open_to(*_EDITORS, Role.MEMBER, methods=("GET", "POST"))
def organisation_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything for those who may; members get their own address data only."""
    organisation = loading.organisation(request, public_id)
    require(rules.can_edit_address(request.user, organisation))
    whole = rules.can_edit_organisation(request.user, organisation)
    kind = forms.OrganisationForm if whole else forms.AddressForm
    form = kind(data_of(request), instance=organisation, user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        domain.edit_organisation(
            organisation=organisation, version=values["version"] or 0, actor=request.user,
            **form.facts(),
        )  # fmt: skip
        return details.address(organisation)

    return _form(request, organisation, form, save, _("Edit organisation"))


@open_to(*_EDITORS, methods=("GET", "POST"))
def organisation_end(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = loading.organisation(request, public_id, to_edit=True)
    form = forms.EndOrganisationForm(data_of(request), initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_organisation(organisation=organisation, actor=request.user, **values)
        return details.address(organisation)

    return _form(request, organisation, form, save, _("End organisation"))


@open_to(*_EDITORS, methods=("POST",))
@require_POST
def organisation_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = loading.organisation(request, public_id, to_edit=True)
    return act(
        request, details.address(organisation),
        lambda: domain.reopen_organisation(organisation=organisation, actor=request.user),
    )  # fmt: skip


@open_to(*_EDITORS, methods=("GET", "POST"))
def organisation_alias_add(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = loading.organisation(request, public_id, to_edit=True)
    form = forms.AliasForm(data_of(request))

    def save(values: dict[str, Any]) -> str:
        domain.add_alias(organisation=organisation, name=values["name"], actor=request.user)
        return details.address(organisation)

    return _form(request, organisation, form, save, _("Add another name"))


@open_to(*_EDITORS, methods=("POST",))
@require_POST
def organisation_alias_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = loading.organisation(request, public_id, to_edit=True)
    name = request.POST.get("name", "")
    return act(
        request, details.address(organisation),
        lambda: domain.remove_alias(organisation=organisation, name=name, actor=request.user),
    )  # fmt: skip


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def organisation_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo of adding, only while nothing refers to the organisation."""
    organisation = loading.organisation(request, public_id, to_edit=True)
    remove_if_unused(row=organisation, actor=request.user)
    return redirect("network:organisation_list")


@open_to(public=True)
def organisation_card(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = loading.organisation(request, public_id)
    text = presenters.organisation_vcard(organisation)
    return details.download(text, "text/vcard", f"{organisation.public_id}.vcf")


def _form(
    request: HttpRequest, organisation: Organisation, form: Any, save: Any, title: str
) -> HttpResponse:
    return form_page(
        request, form, save=save, title=title, lead=organisation.name,
        cancel=details.address(organisation), crumbs=details.crumbs(organisation),
    )  # fmt: skip
