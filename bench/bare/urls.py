from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.bare.models import Organisation


def page(request: HttpRequest) -> HttpResponse:
    """Our list of organisations, without anything around it: two queries, model objects, Django template."""
    rows = Organisation.objects.select_related("territory__parent").order_by("sort_key")[:50]
    return render(request, "list.html", {"rows": rows, "total": Organisation.objects.count()})


urlpatterns = [path("", page, name="list"), path("<str:public_id>/", page, name="detail")]
