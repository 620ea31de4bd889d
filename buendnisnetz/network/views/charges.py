"""What a post looks after besides its own: begin, end, reopen, take back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.network import presenters, rules
from buendnisnetz.network.domain import charges as domain
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.forms.handovers import ChargeForm
from buendnisnetz.network.forms.posts import EndForm
from buendnisnetz.network.views import details, loading
from buendnisnetz.ui.editing import act, data_of, form_page, today


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def charge_begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Only for alliances and groups that the user may change too."""
    post = loading.post(request, public_id, to_edit=True)
    form = ChargeForm(data_of(request), initial={"since": today()})

    def save(values: dict[str, Any]) -> str:
        subject = values["alliance"] or values["working_group"]
        require(rules.can_edit_posts_of(request.user, subject))
        domain.begin_charge(post=post, subject=subject, since=values["since"], actor=request.user)
        return details.address(post)

    return form_page(
        request, form, save=save, title=_("Look after something else"),
        lead=presenters.post_name(post), cancel=details.address(post),
        crumbs=details.crumbs(post),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def charge_end(request: HttpRequest, public_id: str) -> HttpResponse:
    charge = loading.charge(request, public_id)
    form = EndForm(data_of(request), initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_charge(charge=charge, last_day=values["last_day"], actor=request.user)
        return details.address(charge.post)

    return form_page(
        request, form, save=save, title=_("No longer look after it"),
        lead=presenters.post_name(charge.post), cancel=details.address(charge.post),
        crumbs=details.crumbs(charge.post),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def charge_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    charge = loading.charge(request, public_id)
    return act(
        request, details.address(charge.post),
        lambda: domain.reopen_charge(charge=charge, actor=request.user),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def charge_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo of beginning."""
    charge = loading.charge(request, public_id)
    remove_if_unused(row=charge, actor=request.user)
    return redirect(details.address(charge.post))
