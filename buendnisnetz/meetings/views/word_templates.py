"""The office's own Word templates: list with what each field means, taking in, trying, ending."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.files.downloads import Download, as_download
from buendnisnetz.meetings.domain.editions import papers
from buendnisnetz.meetings.domain.editions import templates as domain
from buendnisnetz.meetings.domain.editions.template_fields import explained
from buendnisnetz.meetings.domain.queries.imports import alliances_to_import_for
from buendnisnetz.meetings.forms.word_templates import WordTemplateForm
from buendnisnetz.meetings.models import WordTemplate
from buendnisnetz.meetings.rules import IMPORTERS
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _may_change(user: Any, template: WordTemplate) -> bool:
    access = access_of(user)
    return access.sees_whole_state or template.alliance_id in access.ids(ScopeKind.ALLIANCE)


def _crumbs(title: str = "") -> list[tuple[str, str]]:
    here = url("meetings:word_template_list") if title else ""
    steps = [(_("Meetings"), url("meetings:meeting_list")), (_("Word templates"), here)]
    return [*steps, *([(title, "")] if title else [])]


def _visible(request: HttpRequest, public_id: str) -> WordTemplate:
    rows = WordTemplate.objects.visible_to(request.user).select_related("file", "alliance")
    found: WordTemplate = get_object_or_404(rows, public_id=public_id)
    return found


def _changeable(request: HttpRequest, public_id: str) -> WordTemplate:
    template = _visible(request, public_id)
    if not _may_change(request.user, template):
        raise Http404
    return template


@open_to(*IMPORTERS)
def word_template_list(request: HttpRequest) -> HttpResponse:
    rows = WordTemplate.objects.visible_to(request.user).select_related("file", "alliance")
    found = list(rows.order_by("-pk"))
    context = {
        "title": _("Word templates"),
        "present": [(row, _may_change(request.user, row)) for row in found if not row.ended_on],
        "ended": [(row, _may_change(request.user, row)) for row in found if row.ended_on],
        "fields": [
            [", ".join(f"{{{{ {name} }}}}" for name in names.split(", ")), words]
            for names, words in explained()
        ],
        "crumbs": _crumbs(),
    }
    return viewkit.render(request, "meetings/word_template_list.html", context)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def word_template_add(request: HttpRequest) -> HttpResponse:
    form = WordTemplateForm(
        request.POST or None,
        request.FILES or None,
        alliances=alliances_to_import_for(request.user),
        whole_state=access_of(request.user).sees_whole_state,
    )
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            domain.add_template(
                name=form.cleaned_data["name"],
                alliance=form.cleaned_data["alliance"],
                upload=upload,
                file_name=upload.name,
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The template was filled once and works."))
            return redirect("meetings:word_template_list")
    title = _("Add a Word template")
    context = {
        "title": title,
        "form": form,
        "cancel": url("meetings:word_template_list"),
        "crumbs": _crumbs(title),
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*IMPORTERS)
def word_template_sample(request: HttpRequest) -> HttpResponse:
    return _word(domain.sample_template(), "muster-protokollvorlage.docx")


@open_to(*IMPORTERS)
def word_template_file(request: HttpRequest, public_id: str) -> Download:
    return as_download(_visible(request, public_id).file, request)


@open_to(*IMPORTERS)
def word_template_trial(request: HttpRequest, public_id: str) -> HttpResponse:
    """The template filled with sample data."""
    try:
        return _word(domain.trial(_visible(request, public_id)), "probe.docx")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("meetings:word_template_list")


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def word_template_end(request: HttpRequest, public_id: str) -> HttpResponse:
    domain.end_template(
        template=_changeable(request, public_id), actor=request.user, today=timezone.localdate()
    )
    messages.success(request, _("The template is no longer used. It can be taken up again below."))
    return redirect("meetings:word_template_list")


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def word_template_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    domain.reopen_template(template=_changeable(request, public_id), actor=request.user)
    return redirect("meetings:word_template_list")


def _word(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=papers.FORMS["docx"][0])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
