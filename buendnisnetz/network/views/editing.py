"""The day that a page of this room is to be read on."""

from datetime import date

from django import forms
from django.http import HttpRequest

from buendnisnetz.ui.editing import today


def asked_day(request: HttpRequest) -> date:
    """The day that a page is to be read on: ``?am=2017-08-24`` or ``24.08.2017``, else today."""
    typed = request.GET.get("am", "").strip()
    try:
        return forms.DateField().clean(typed) or today() if typed else today()
    except forms.ValidationError:
        return today()
