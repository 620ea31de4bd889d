"""The mark that a municipality has no contact."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.insight.domain import marks as domain
from buendnisnetz.insight.forms.care import MarkForm
from buendnisnetz.insight.forms.composition import EndForm
from buendnisnetz.insight.models import NoContactMark
from buendnisnetz.insight.rules import MARKERS, can_mark
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui.editing import form_page, today
from buendnisnetz.ui.jinja import url


def _crumbs(territory: Territory) -> list[tuple[str, str]]:
    return [(_("Places"), url("insight:place_list")), (territory.name, _page(territory))]


def _page(territory: Territory) -> str:
    return url("territories:territory_detail", territory.public_id)


@open_to(*MARKERS, methods=("GET", "POST"))
def mark_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note who said that there is nobody to turn to."""
    rows = Territory.objects.visible_to(request.user).filter(level=Level.MUNICIPALITY)
    territory: Territory = get_object_or_404(rows, public_id=public_id)
    if not can_mark(request.user, territory):
        raise PermissionDenied
    form = MarkForm(request.POST or None, initial={"said_on": today()})

    def save(values: dict[str, Any]) -> str:
        domain.mark_no_contact(territory=territory, actor=request.user, today=today(), **values)
        return _page(territory)

    return form_page(
        request, form, save=save, title=_("Mark “no contact”"), lead=territory.name,
        cancel=_page(territory), crumbs=_crumbs(territory),
    )  # fmt: skip


def _mark(request: HttpRequest, public_id: str) -> NoContactMark:
    mark: NoContactMark = get_object_or_404(
        NoContactMark.objects.select_related("territory"), public_id=public_id
    )
    if not can_mark(request.user, mark.territory):
        raise PermissionDenied
    return mark


@open_to(*MARKERS, methods=("GET", "POST"))
def mark_end(request: HttpRequest, public_id: str) -> HttpResponse:
    mark = _mark(request, public_id)
    form = EndForm(request.POST or None, initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_mark(mark=mark, last_day=values["last_day"], actor=request.user)
        return _page(mark.territory)

    return form_page(
        request, form, save=save, title=_("There is a contact now"), lead=mark.territory.name,
        cancel=_page(mark.territory), crumbs=_crumbs(mark.territory),
    )  # fmt: skip


@open_to(*MARKERS, methods=("GET", "POST"))
def mark_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask first: the way here is a link on the municipality's page."""
    mark = _mark(request, public_id)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def save(_values: dict[str, Any]) -> str:
        domain.reopen_mark(mark=mark, actor=request.user)
        return _page(mark.territory)

    return form_page(
        request, form, save=save, title=_("Take back the end"),
        lead=_("%(place)s: the mark “no contact” holds again.") % {"place": mark.territory.name},
        cancel=_page(mark.territory), crumbs=_crumbs(mark.territory),
    )  # fmt: skip
