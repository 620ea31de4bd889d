"""The writing page: minutes written while people speak, by several at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain.editions.guard import FrozenError
from buendnisnetz.meetings.domain.queries import writing as queries
from buendnisnetz.meetings.domain.writing import settling, syncing, voting
from buendnisnetz.meetings.enums import EntryKind
from buendnisnetz.meetings.forms.writing import SIGNS, LineForm, VotesForm, parsed
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.meetings.rules import IMPORTERS
from buendnisnetz.meetings.views.loading import editable_meeting
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


@open_to(*IMPORTERS)
def writing(request: HttpRequest, public_id: str) -> HttpResponse:
    """All entries, each a line that can be written on; without script each is saved by its button."""
    meeting = editable_meeting(request, public_id)
    if meeting.edition is not None and not meeting.edition.is_writable:
        raise FrozenError
    return _page(request, meeting)


def _page(request: HttpRequest, meeting: Meeting, wrong: LineForm | None = None) -> HttpResponse:
    page = queries.writing_page(meeting)
    rows = presenters.writing_rows(page)
    for row in rows:
        row["form"] = wrong if wrong and wrong["entry"].value() == row["id"] else None
    is_new = not any(row["form"] for row in rows)
    new = wrong if wrong and is_new else LineForm(items=page.items, auto_id="neu-%s")
    fields: Any = new.fields
    context = {
        "title": _("Write minutes"),
        "meeting": meeting,
        "page": page,
        "rows": rows,
        "new": new if new.is_bound else presenters.new_line(new),
        # Each word is looked up once, not once per line.
        "labels": {name: str(field.label) for name, field in fields.items()},
        "optional": {name: _("(optional)") for name, field in fields.items() if not field.required},
        "choices": {
            name: [(key, str(label)) for key, label in fields[name].choices]
            for name in ("kind", "item")
        },
        "longest": {name: fields[name].max_length for name in ("text", "speaker")},
        "signs": [(sign, kind.value, str(kind.label)) for sign, kind in SIGNS],
        "votes": [
            (entry, page.decisions.get(entry.pk))
            for entry in page.entries
            if entry.kind == EntryKind.DECISION
        ],
        "crumbs": [
            (_("Meetings"), url("meetings:meeting_list")),
            (meeting.title, url("meetings:meeting_detail", meeting.public_id)),
            (_("Write minutes"), ""),
        ],
    }
    status = 422 if wrong else 200
    return viewkit.render(request, "meetings/writing.html", context, status=status)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def writing_line(request: HttpRequest, public_id: str) -> HttpResponse:
    """One line saved by its button."""
    meeting = editable_meeting(request, public_id)
    form = LineForm(request.POST, items=list(meeting.agenda.order_by("position")))
    if form.is_valid():
        try:
            syncing.sync(
                meeting=meeting, changes=[form.change()], actor=request.user, now=timezone.now()
            )
        except DomainError as error:
            form.add_error("text", str(error))
        else:
            here = url("meetings:writing", public_id)
            return redirect(f"{here}#zeile-{form.cleaned_data['entry']}")
    return _page(request, meeting, form)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def writing_sync(request: HttpRequest, public_id: str) -> JsonResponse:
    """What the script sends and asks: changes in, what others wrote out."""
    meeting = editable_meeting(request, public_id)
    try:
        number = _number(request.GET.get("seit", "0"))
        if request.method == "POST":
            number, changes = parsed(request.body)
            syncing.sync(meeting=meeting, changes=changes, actor=request.user, now=timezone.now())
    except DomainError as error:
        return JsonResponse({"error": str(error)}, status=409)
    return JsonResponse(presenters.changes_json(queries.changes_since(meeting, number)))


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise syncing.ChangeNotUnderstoodError
    return int(text)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def writing_settle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decisions and tasks of the entries, now."""
    meeting = editable_meeting(request, public_id)
    settling.settle(meeting=meeting, actor=request.user, now=timezone.now())
    return redirect("meetings:meeting_detail", public_id)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def writing_votes(request: HttpRequest, public_id: str, entry_id: str) -> HttpResponse:
    """How the votes on one decision fell."""
    meeting = editable_meeting(request, public_id)
    entry = get_object_or_404(meeting.entries, public_id=entry_id)
    back = url("meetings:writing", public_id)
    form = VotesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            voting.count_votes(entry=entry, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{back}#zeile-{entry_id}")
    context = {
        "title": _("Count the votes"),
        "lead": entry.text,
        "form": form,
        "cancel": back,
        "crumbs": [
            (meeting.title, url("meetings:meeting_detail", public_id)),
            (_("Write minutes"), back),
            (_("Count the votes"), ""),
        ],
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def writing_answer(request: HttpRequest, public_id: str, entry_id: str) -> HttpResponse:
    """Which entry answers a question."""
    meeting = editable_meeting(request, public_id)
    question = get_object_or_404(meeting.entries, public_id=entry_id)
    by = meeting.entries.filter(public_id=request.POST.get("antwort", "")).first()
    if by is not None:
        voting.answer(question=question, by=by, actor=request.user)
    return redirect(f"{url('meetings:writing', public_id)}#fragen")
