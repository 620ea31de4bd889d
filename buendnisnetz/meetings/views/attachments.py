"""A meeting's attachments: list with its check, form, moving, removing, and their files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError, EditConflictError
from buendnisnetz.files.downloads import Download, as_download, as_picture
from buendnisnetz.files.models import StoredFile
from buendnisnetz.files.preview import picture_of
from buendnisnetz.files.uploads import LARGEST_PIECE
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain import attachments as domain
from buendnisnetz.meetings.domain.queries import attachments as queries
from buendnisnetz.meetings.forms.attachments import AttachmentForm
from buendnisnetz.meetings.models import Attachment, Meeting, PublicMinutes
from buendnisnetz.meetings.presenters import attachments as attachment_rows
from buendnisnetz.meetings.rules import IMPORTERS, can_edit_meeting, can_read_contents
from buendnisnetz.meetings.views.loading import (
    editable_meeting,
    readable_meeting,
    visible_meeting,
)
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _crumbs(meeting: Meeting, title: str = "") -> list[tuple[str, str]]:
    steps = [
        (_("Meetings"), url("meetings:meeting_list")),
        (meeting.title, url("meetings:meeting_detail", meeting.public_id)),
    ]
    here = url("meetings:attachment_list", meeting.public_id) if title else ""
    return [*steps, (_("Attachments"), here), *([(title, "")] if title else [])]


@open_to(*presenters.READERS)
def attachment_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """All attachments, what does not fit the text, earlier files, and what was removed."""
    meeting = readable_meeting(request, public_id, "minutes")
    page = queries.attachment_page(meeting)
    shown = attachment_rows.rows_of(page.present, public_id, queries.pictures_of(page.present))
    context = {
        "title": _("Attachments"),
        "meeting": meeting,
        "page": page,
        "rows": list(zip(page.present, shown, strict=True)),
        "problems": attachment_rows.check_lines(page.check),
        "hints": attachment_rows.by_title_lines(page.check.by_title),
        "can_edit": can_edit_meeting(request.user, meeting) and _is_open(meeting),
        "is_frozen": not _is_open(meeting),
        "kind_and_size": attachment_rows.kind_and_size,
        "crumbs": _crumbs(meeting),
    }
    return viewkit.render(request, "meetings/attachment_list.html", context)


def _is_open(meeting: Meeting) -> bool:
    return meeting.edition is None or meeting.edition.is_writable


def _form(request: HttpRequest, meeting: Meeting, row: Attachment | None = None) -> AttachmentForm:
    return AttachmentForm(
        request.POST or None,
        request.FILES or None,
        meeting=meeting,
        row=row,
        owner=request.user,
        now=timezone.now(),
        too_large=getattr(request, "upload_too_large", False),
    )


def _form_page(
    request: HttpRequest,
    meeting: Meeting,
    form: AttachmentForm,
    title: str,
    save: Callable[[AttachmentForm], Any],
) -> HttpResponse:
    """The form of one attachment; ``save`` makes the one domain call."""
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except EditConflictError as error:
            conflict = error
            # The next click saves over what is shown beside the own words.
            form.data = {**request.POST.dict(), "version": str(error.version)}
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            if "again" in request.POST:
                return redirect(request.path)
            return redirect("meetings:attachment_list", meeting.public_id)
    context = {
        "title": title,
        "lead": meeting.title,
        "form": form,
        "largest": domain.LARGEST_ATTACHMENT,
        "piece": LARGEST_PIECE,
        "conflict": conflict,
        "cancel": url("meetings:attachment_list", meeting.public_id),
        "crumbs": _crumbs(meeting, title),
    }
    status = 422 if form.errors else 409 if conflict else 200
    return viewkit.render(request, "meetings/attachment_form.html", context, status=status)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def attachment_add(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    form = _form(request, meeting)

    def save(form: AttachmentForm) -> None:
        domain.add_attachments(
            meeting=meeting,
            given=form.given(),
            actor=request.user,
            now=timezone.now(),
            **form.values(),
        )

    return _form_page(request, meeting, form, _("Add an attachment"), save)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def attachment_edit(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    row = _present(meeting, pk)
    form = _form(request, meeting, row)

    def save(form: AttachmentForm) -> None:
        domain.edit_attachment(
            attachment=row,
            version=form.cleaned_data["version"] or 0,
            upload=next(iter(form.given()), None),
            actor=request.user,
            now=timezone.now(),
            **form.values(),
        )

    title = _("Edit attachment %(number)s") % {"number": row.number}
    return _form_page(request, meeting, form, title, save)


def _present(meeting: Meeting, pk: int) -> Attachment:
    rows = meeting.attachments.select_related("file", "meeting")
    found: Attachment = get_object_or_404(rows, pk=pk)
    return found


def _done(
    request: HttpRequest, public_id: str, call: Callable[[], object], said: str
) -> HttpResponse:
    """A button without questions: make the domain call and go back; a "no" is shown there."""
    try:
        call()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("meetings:attachment_list", public_id)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def attachment_move(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row = _present(editable_meeting(request, public_id), pk)
    up = request.POST.get("wohin") != "runter"

    def call() -> None:
        domain.move_attachment(attachment=row, up=up, actor=request.user)

    said = _("Moved. What the text cites stays as it is; please look at the check.")
    return _done(request, public_id, call, said)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def attachment_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row = _present(editable_meeting(request, public_id), pk)

    def call() -> None:
        domain.remove_attachment(attachment=row, actor=request.user, now=timezone.now())

    return _done(request, public_id, call, _("Removed. It can be put back below."))


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def attachment_restore(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    row = get_object_or_404(Attachment.every.filter(meeting=meeting), pk=pk)

    def call() -> None:
        domain.restore_attachment(attachment=row, actor=request.user)

    return _done(request, public_id, call, _("Put back."))


@dataclass(frozen=True)
class _Given:
    """A file that the one who asks may have, and what it is called for them."""

    stored: StoredFile
    name: str
    to_public: bool


def _given(request: HttpRequest, public_id: str, pk: int) -> _Given:
    """For who works with the body any version of the file, for everybody else the one that
    published minutes stand for, if it was opened to the public; 404 else."""
    meeting = visible_meeting(request, public_id)
    row = get_object_or_404(Attachment.every.filter(meeting=meeting).select_related("file"), pk=pk)
    if can_read_contents(request.user, meeting):
        wanted = request.GET.get("fassung", "")
        stored = domain.file_with(row, wanted) if wanted else row.file
        if stored is not None:
            return _Given(stored, stored.name, False)
        raise Http404
    copy = get_object_or_404(PublicMinutes.objects.only("content"), meeting=meeting)
    stored = domain.public_file(copy.content, row)
    if stored is None:
        raise Http404
    return _Given(stored, attachment_rows.public_name(row.number, stored), True)


@open_to(public=True)
def attachment_file(request: HttpRequest, public_id: str, pk: int) -> Download:
    given = _given(request, public_id, pk)
    return as_download(given.stored, request, name=given.name, to_public=given.to_public)


@open_to(public=True)
def attachment_preview(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A small picture of the file, for whoever may have the file."""
    picture = picture_of(_given(request, public_id, pk).stored)
    if picture is None:
        raise Http404
    return as_picture(picture)
