"""Open lists as CSV and JSON."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.api.describing import LIST_PARAMETERS, described
from buendnisnetz.api.domain.objects import SITE
from buendnisnetz.api.domain.open_lists import OPEN_LISTS, OpenList
from buendnisnetz.api.domain.queries.publications import Page, as_json, page_of
from buendnisnetz.api.views.answers import answer, refusal, site_of
from buendnisnetz.api.views.asking import BadQuestionError, Question, question_of
from buendnisnetz.ui.exports import as_csv

MOST_ROWS = 200
# What a list is asked has the names of OParl; objects inside objects it has none.
_PARAMETERS = tuple(row for row in LIST_PARAMETERS if row.name != "omit_internal")


@open_to(public=True)
@described(
    "Alliances (buendnisse), published meetings (sitzungen) or their decisions (beschluesse)",
    _PARAMETERS,
    schema="OpenList",
    forms=("application/json", "text/csv"),
)
@require_safe
def open_list(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A part of a list in the order of the last change; the header Link names the next one."""
    if name not in OPEN_LISTS or form not in {"json", "csv"}:
        return refusal(request, _("There is no such list."), 404)
    try:
        asked = question_of(request, most=MOST_ROWS)
    except BadQuestionError as error:
        return refusal(request, str(error), 400)
    table = OPEN_LISTS[name]
    page = page_of(table.rows(), asked.span, asked.after, asked.limit)
    data = [json.loads(row.data) for row in page.objects if not row.gone and not row.withheld]
    rows = [table.row(entry) for entry in data]
    following = SITE + request.path + asked.query(page.after) if page.after else ""
    if form == "csv":
        response = _csv(request, name, table, rows, page)
    else:
        response = _json(request, rows, page, asked, following)
    if following:
        response["Link"] = f'<{following.replace(SITE, site_of(request))}>; rel="next"'
    return response


def _json(
    request: HttpRequest, rows: list[dict[str, Any]], page: Page, asked: Question, following: str
) -> HttpResponse:
    links = {"self": SITE + request.path + asked.query(asked.after)}
    if following:
        links["next"] = following
    said = {"data": rows, "license": settings.DATA_LICENCE, "total": page.total, "links": links}
    return answer(request, as_json(said), changed=page.changed)


def _csv(
    request: HttpRequest, name: str, table: OpenList, rows: list[dict[str, Any]], page: Page
) -> HttpResponse:
    cells = [["" if value is None else str(value) for value in row.values()] for row in rows]
    written = as_csv(name, list(table.columns), cells)
    text = b"".join(written.streaming_content).decode()  # type: ignore[attr-defined]
    response = answer(request, text, media_type=written["Content-Type"], changed=page.changed)
    response["Content-Disposition"] = written["Content-Disposition"]
    return response
