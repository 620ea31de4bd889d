"""What all forms of this room have in common: show, check, save by one domain call, go on."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import EditConflictError
from buendnisnetz.network.forms.fields import ask_for
from buendnisnetz.ui import viewkit

Crumbs = Sequence[tuple[str, str]]


def today() -> date:
    return timezone.localdate()


def asked_day(request: HttpRequest) -> date:
    """The day that a page is to be read on: ``?am=2017-08-24`` or ``24.08.2017``, else today."""
    typed = request.GET.get("am", "").strip()
    try:
        return forms.DateField().clean(typed) or today() if typed else today()
    except forms.ValidationError:
        return today()


def data_of(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    save: Callable[[dict[str, Any]], str],
    title: str,
    cancel: str,
    crumbs: Crumbs,
    lead: str = "",
    submit: str = "",
    danger: str = "",
) -> HttpResponse:
    """A page with one form. ``save`` makes the domain call and returns where to go on."""
    ask_for(form, request.user, today())
    context: dict[str, Any] = {
        "title": title,
        "lead": lead,
        "form": form,
        "submit": submit or _("Save"),
        "cancel": cancel,
        "crumbs": [*crumbs, (title, "")],
        "danger": danger,
        "conflict": None,
    }
    if request.method == "POST" and form.is_valid():
        try:
            target = save(form.cleaned_data)
        except EditConflictError as error:
            context["conflict"] = error
            # The next click saves over what was shown beside the own words.
            form.data = {**request.POST.dict(), **_lists(form), "version": str(error.version)}
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(target)
    status = 422 if form.errors else 409 if context["conflict"] else 200
    return viewkit.render(request, "network/form.html", context, status=status)


def act(request: HttpRequest, target: str, call: Callable[[], object]) -> HttpResponse:
    """A button without questions: make the domain call and go back; a "no" is shown there."""
    try:
        call()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect(target)


def _lists(form: forms.BaseForm) -> dict[str, Any]:
    data: Any = form.data
    return {
        name: data.getlist(name)
        for name, field in form.fields.items()
        if isinstance(field, forms.MultipleChoiceField)
    }
