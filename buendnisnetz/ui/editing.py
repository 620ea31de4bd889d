"""What pages with one form and buttons without questions have in common: show, check, save by one
domain call, go on."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError, EditConflictError
from buendnisnetz.ui import viewkit

Crumbs = Sequence[tuple[str, str]]


def today() -> date:
    return timezone.localdate()


def data_of(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def ask_for(form: forms.BaseForm, user: Any, day: date) -> None:
    """Tell the choosing fields of a form on whose behalf they search."""
    for field in form.fields.values():
        if hasattr(field, "ask_for"):
            field.ask_for(user, day)


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    save: Callable[[dict[str, Any]], str],
    title: str,
    cancel: str,
    crumbs: Crumbs,
    template: str = "ui/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form. ``save`` makes the domain call and returns where to go on; ``more`` is for
    the template: ``lead``, ``hint``, ``danger``, ``submit``."""
    ask_for(form, request.user, today())
    context: dict[str, Any] = {
        "title": title, "form": form, "cancel": cancel, "crumbs": [*crumbs, (title, "")],
        "conflict": None, **more,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            target = save(form.cleaned_data)
        except EditConflictError as error:
            context["conflict"] = error
            # The next click saves over what is shown beside the own words.
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


def act(
    request: HttpRequest, target: str, call: Callable[[], object], said: str = ""
) -> HttpResponse:
    """A button without questions: make the domain call and go on; a "no" is shown there."""
    try:
        call()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said or _("Saved."))
    return redirect(target)
