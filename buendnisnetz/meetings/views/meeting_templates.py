"""Templates of meetings: list, saving from a meeting, using, ending."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.preparing import templates
from buendnisnetz.meetings.domain.queries.imports import alliances_to_import_for
from buendnisnetz.meetings.forms.meeting_templates import SaveTemplateForm, UseTemplateForm
from buendnisnetz.meetings.models import MeetingTemplate
from buendnisnetz.meetings.rules import IMPORTERS, can_edit_template
from buendnisnetz.meetings.views.loading import editable_meeting
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _visible(request: HttpRequest, public_id: str) -> MeetingTemplate:
    rows = MeetingTemplate.objects.visible_to(request.user).select_related("alliance")
    found: MeetingTemplate = get_object_or_404(rows, public_id=public_id)
    return found


@open_to(*IMPORTERS)
def template_list(request: HttpRequest) -> HttpResponse:
    """Templates to use, those that ended last."""
    rows = MeetingTemplate.objects.visible_to(request.user).select_related("alliance")
    ordered = rows.prefetch_related("items").order_by("ended_on", "kind", "name", "pk")
    title = _("Templates for meetings")
    context = {
        "title": title,
        "rows": [(row, can_edit_template(request.user, row)) for row in ordered],
        "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (title, "")],
    }
    return viewkit.render(request, "meetings/template_list.html", context)


def _form_page(request: HttpRequest, title: str, form: Any, back: str, **more: Any) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "cancel": back,
        "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (title, "")],
        **more,
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def template_save(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a meeting as the pattern for others."""
    meeting = editable_meeting(request, public_id)
    form = SaveTemplateForm(
        request.POST or None,
        initial={"name": meeting.title[:120], "title": meeting.title[:230]},
    )
    if request.method == "POST" and form.is_valid():
        templates.save_as_template(meeting=meeting, actor=request.user, **form.cleaned_data)
        return redirect("meetings:template_list")
    back = url("meetings:meeting_detail", public_id)
    return _form_page(request, _("Save as a template"), form, back, lead=meeting.title)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def template_use(request: HttpRequest, public_id: str) -> HttpResponse:
    template = _visible(request, public_id)
    form = UseTemplateForm(
        request.POST or None,
        alliances=alliances_to_import_for(request.user),
        whole_state=access_of(request.user).sees_whole_state,
        initial={"alliance": template.alliance_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            meeting = templates.use_template(
                template=template, actor=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("meetings:meeting_detail", meeting.public_id)
    back = url("meetings:template_list")
    return _form_page(
        request, _("New meeting from a template"), form, back, lead=template.name, submit=_("Plan")
    )


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def template_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer a template no more, or again."""
    template = _visible(request, public_id)
    if not can_edit_template(request.user, template):
        raise Http404
    if "back" in request.POST:
        templates.bring_back(template=template, actor=request.user)
    else:
        today = timezone.localdate()
        templates.end_template(template=template, today=today, actor=request.user)
    return redirect("meetings:template_list")
