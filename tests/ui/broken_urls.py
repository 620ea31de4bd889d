"""Addresses with a page that fails, for the test of the failure page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from buendnisnetz.config.urls import handler500 as handler500
from buendnisnetz.config.urls import urlpatterns as ours


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("geheim")


urlpatterns = [path("kaputt/", broken), *ours]
