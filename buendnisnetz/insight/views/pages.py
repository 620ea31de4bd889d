"""What the pages of this room share: the day, forms, buttons, the alliance that is meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.insight.forms.fields import DayForm
from buendnisnetz.insight.rules import can_keep
from buendnisnetz.network.domain.saving import EditConflictError
from buendnisnetz.network.models import Alliance
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import query, url

Crumbs = Sequence[tuple[str, str]]


def today() -> date:
    return timezone.localdate()


@dataclass(frozen=True)
class Asked:
    """The day that a page is to be read on, its form, and what links carry on (``?stand=``)."""

    day: date
    form: DayForm
    carried: str


def asked(request: HttpRequest) -> Asked:
    """Today if nothing or no day was typed."""
    form = DayForm(request.GET)
    typed = form.cleaned_data.get("stand") if form.is_valid() else None
    day = typed or today()
    if "stand" not in request.GET:
        form = DayForm({"stand": day.isoformat()})
        form.is_valid()
    return Asked(day, form, query({}, stand=day.isoformat()) if typed else "")


def kept_alliance(request: HttpRequest, slug: str) -> Alliance:
    """An alliance whose inner matters the user keeps; 404 if it is not one, 403 if not theirs."""
    found: Alliance = get_object_or_404(Alliance.objects.visible_to(request.user), slug=slug)
    if not can_keep(request.user, found):
        raise PermissionDenied
    return found


def gap_crumbs(alliance: Alliance) -> list[tuple[str, str]]:
    return [
        (_("Gaps"), url("insight:gap_list")),
        (alliance.name, url("insight:gap_detail", alliance.slug)),
    ]


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    save: Callable[[dict[str, Any]], str],
    title: str,
    cancel: str,
    crumbs: Crumbs,
    lead: str = "",
) -> HttpResponse:
    """A page with one form. ``save`` makes the domain call and returns where to go on."""
    context: dict[str, Any] = {
        "title": title,
        "lead": lead,
        "form": form,
        "cancel": cancel,
        "crumbs": [*crumbs, (title, "")],
        "conflict": None,
    }
    if request.method == "POST" and form.is_valid():
        try:
            target = save(form.cleaned_data)
        except EditConflictError as error:
            context["conflict"] = error
            # The next click saves over what is shown beside the own words.
            form.data = {**request.POST.dict(), "version": str(error.version)}
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(target)
    status = 422 if form.errors else 409 if context["conflict"] else 200
    return viewkit.render(request, "insight/form.html", context, status=status)


def act(request: HttpRequest, target: str, call: Callable[[], object]) -> HttpResponse:
    """A button without questions: make the domain call and go back; a "no" is shown there."""
    try:
        call()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect(target)
