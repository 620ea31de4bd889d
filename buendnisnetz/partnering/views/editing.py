"""What the forms of this room have in common: show, check, save by one domain call, go on."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.domain.saving import EditConflictError
from buendnisnetz.partnering.forms.fields import ask_for
from buendnisnetz.partnering.rules import is_keeper
from buendnisnetz.ui import viewkit

Row = TypeVar("Row", bound=Model)
Crumbs = Sequence[tuple[str, str]]
_MOST_MEETINGS = 60


def today() -> date:
    return timezone.localdate()


def now() -> datetime:
    return timezone.now()


def found(model: type[Row], rows: QuerySet[Any], public_id: str) -> Row:
    """The row of ``model`` behind an address, 404 if it is not there or not visible."""
    row: Row = get_object_or_404(rows, public_id=public_id)
    return row


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    save: Callable[[dict[str, Any]], str],
    title: str,
    cancel: str,
    crumbs: Crumbs,
    template: str = "partnering/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form. ``save`` makes the domain call and returns where to go on."""
    ask_for(form, request.user, today())
    context: dict[str, Any] = {
        "title": title, "lead": "", "form": form, "submit": _("Save"), "cancel": cancel,
        "crumbs": [*crumbs, (title, "")], "conflict": None, "hint": "", **more,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            target = save(form.cleaned_data)
        except EditConflictError as error:
            context["conflict"] = error
            # The next click saves over what was shown beside the own words.
            data = request.POST.copy()
            data["version"] = str(error.version)
            form.data = data
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(target)
    status = 422 if form.errors else 409 if context["conflict"] else 200
    return viewkit.render(request, template, context, status=status)


def act(request: HttpRequest, target: str, call: Callable[[], object]) -> HttpResponse:
    """A button without questions: make the domain call and go back; a "no" is shown there."""
    try:
        call()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect(target)


def go_on(request: HttpRequest, target: str) -> HttpResponse:
    """To a page after something was done; a link that HTMX sent as a POST is led there by it."""
    if not viewkit.wants_part(request):
        return redirect(target)
    response = HttpResponse()
    response["HX-Redirect"] = target
    return response


def choosable_meetings(user: Any) -> QuerySet[Meeting]:
    """The meetings that a form offers: those of the last year and what is planned, not thousands."""
    rows = Meeting.objects.visible_to(user).filter(held_on__gte=today() - timedelta(days=400))
    numbers = list(rows.order_by("-held_on", "pk").values_list("pk", flat=True)[:_MOST_MEETINGS])
    return Meeting.objects.filter(pk__in=numbers).order_by("-held_on", "pk")


def alliance_choices(request: HttpRequest) -> dict[str, Any]:
    """What a filter by alliance needs to know (see ``OfAllianceFilter``)."""
    office = is_keeper(request.user)
    own = () if office else tuple(sorted(access_of(request.user).ids(ScopeKind.ALLIANCE)))
    return {"own": own, "office": office, "asked": request.GET.get("alliance", "")[:80]}
