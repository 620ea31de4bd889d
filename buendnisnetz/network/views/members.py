"""Members of alliances: join, change, leave, come back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.network import rules
from buendnisnetz.network.domain import memberships as domain
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.forms import alliances as forms
from buendnisnetz.network.views import details, loading
from buendnisnetz.ui.editing import act, data_of, form_page, today


def _chosen(values: list[str]) -> list[Contribution]:
    return [Contribution(value) for value in values]


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def member_add(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = loading.alliance(request, slug, to_edit=True)
    form = forms.MemberForm(data_of(request), initial={"since": today()})

    def save(values: dict[str, Any]) -> str:
        domain.begin_membership(
            alliance=alliance, organisation=values["organisation"], since=values["since"],
            contributions=_chosen(values["contributions"]), note=values["note"],
            actor=request.user,
        )  # fmt: skip
        return details.address(alliance)

    return form_page(
        request, form, save=save, title=_("Add a member"), lead=alliance.name,
        cancel=details.address(alliance), crumbs=details.crumbs(alliance),
    )  # fmt: skip


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def membership_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    membership = loading.membership(request, public_id)
    form = forms.MembershipForm(data_of(request), instance=membership)

    def save(values: dict[str, Any]) -> str:
        domain.edit_membership(
            membership=membership, version=values["version"] or 0, since=values["valid_from"],
            contributions=_chosen(values["contributions"]), note=values["note"],
            actor=request.user,
        )  # fmt: skip
        return details.address(membership.alliance)

    return form_page(
        request, form, save=save, title=_("Edit membership"), lead=membership.organisation.name,
        cancel=details.address(membership.alliance), crumbs=details.crumbs(membership.alliance),
    )  # fmt: skip


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def membership_end(request: HttpRequest, public_id: str) -> HttpResponse:
    membership = loading.membership(request, public_id)
    form = forms.EndMembershipForm(data_of(request), initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_membership(membership=membership, actor=request.user, **values)
        return details.address(membership.alliance)

    return form_page(
        request, form, save=save, title=_("End membership"), lead=membership.organisation.name,
        cancel=details.address(membership.alliance), crumbs=details.crumbs(membership.alliance),
    )  # fmt: skip


@open_to(*rules.ALLIANCE_EDITORS, methods=("POST",))
@require_POST
def membership_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    membership = loading.membership(request, public_id)
    return act(
        request, details.address(membership.alliance),
        lambda: domain.reopen_membership(membership=membership, actor=request.user),
    )  # fmt: skip


@open_to(*rules.ALLIANCE_EDITORS, methods=("POST",))
@require_POST
def membership_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes back a membership that never was; one that was is ended instead."""
    membership = loading.membership(request, public_id)
    return act(
        request, details.address(membership.alliance),
        lambda: remove_if_unused(row=membership, actor=request.user),
    )  # fmt: skip
