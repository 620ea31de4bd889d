"""OParl 1.1: the system, its bodies, their lists, and every object."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.api.describing import LIST_PARAMETERS, described
from buendnisnetz.api.domain.objects import OWN, SCHEMA, SITE
from buendnisnetz.api.domain.queries.publications import (
    as_json,
    object_of,
    page_of,
    without_embedded,
)
from buendnisnetz.api.enums import PublicationKind
from buendnisnetz.api.models import Publication
from buendnisnetz.api.views.answers import answer, refusal
from buendnisnetz.api.views.asking import BadQuestionError, question_of
from buendnisnetz.ui.jinja import url

_SPECIFICATION = "https://schema.oparl.org/1.1/"


@open_to(public=True)
@described("The entry point: who offers this, and where its bodies are", schema="OParlObject")
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    operator = settings.OPERATOR
    facts = {
        "id": SITE + url("api:oparl_system"),
        "type": f"{SCHEMA}System",
        "oparlVersion": _SPECIFICATION,
        "license": settings.DATA_LICENCE,
        "body": SITE + url("api:oparl_bodies"),
        "name": settings.SITE_NAME,
        "contactEmail": operator["email"],
        "contactName": operator["name"],
        "website": f"{SITE}/",
        "web": SITE + url("api:overview"),
        f"{OWN}openapi": SITE + url("api:openapi"),
    }
    return answer(request, as_json({key: value for key, value in facts.items() if value}))


@open_to(public=True)
@described("All bodies: one for each state", LIST_PARAMETERS, schema="OParlList")
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    return _list(request, Publication.objects.filter(kind=PublicationKind.BODY))


@open_to(public=True)
@described("All objects of a kind that belong to a body", LIST_PARAMETERS, schema="OParlList")
@require_safe
def of_body(request: HttpRequest, body: str, kind: str) -> HttpResponse:
    known = Publication.objects.filter(kind=PublicationKind.BODY, public_id=body)
    if kind not in PublicationKind.values or not known.exists():
        return _unknown(request)
    return _list(request, Publication.objects.filter(kind=kind, body=body))


@open_to(public=True)
@described("The meetings of an alliance or working group", LIST_PARAMETERS, schema="OParlList")
@require_safe
def meetings_of(request: HttpRequest, public_id: str) -> HttpResponse:
    known = Publication.objects.filter(kind=PublicationKind.ORGANIZATION, public_id=public_id)
    if not known.exists():
        return _unknown(request)
    rows = Publication.objects.filter(kind=PublicationKind.MEETING)
    return _list(request, rows.filter(organizations__contains=[public_id]))


@open_to(public=True)
@described("One object; of a removed one only that it is gone", schema="OParlObject")
@require_safe
def one(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    if kind not in PublicationKind.values:
        return _unknown(request)
    found = object_of(PublicationKind(kind), public_id)
    return answer(request, found.data) if found else _unknown(request)


def _list(request: HttpRequest, rows: QuerySet[Publication]) -> HttpResponse:
    try:
        asked = question_of(request)
    except BadQuestionError as error:
        return refusal(request, str(error), 400)
    page = page_of(rows, asked.span, asked.after, asked.limit)
    objects = [row.data for row in page.objects]
    if asked.omit_internal:
        objects = [without_embedded(text) for text in objects]
    here = SITE + request.path
    links: dict[str, Any] = {
        "first": here + asked.query(None),
        "self": here + asked.query(asked.after),
    }
    if page.after:
        links["next"] = here + asked.query(page.after)
    counts: dict[str, int] = {"elementsPerPage": asked.limit}
    if page.total is not None:
        counts["totalElements"] = page.total
    text = (
        f'{{"data":[{",".join(objects)}],"pagination":{as_json(counts)},"links":{as_json(links)}}}'
    )
    return answer(request, text, changed=page.changed)


def _unknown(request: HttpRequest) -> HttpResponse:
    return refusal(request, _("There is no such object."), 404)
