"""Meetings: list, page, minutes with the passage, and editing by hand."""

import functools
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import StaleVersionError
from buendnisnetz.core.words import words_of
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain import meetings as domain
from buendnisnetz.meetings.domain.citations import Piece, pieces
from buendnisnetz.meetings.domain.preparing.invitations import is_ahead
from buendnisnetz.meetings.domain.preparing.timing import timetable
from buendnisnetz.meetings.domain.queries import meetings as queries
from buendnisnetz.meetings.domain.queries.attachments import (
    check_of,
    frozen_of,
    pictures_of,
)
from buendnisnetz.meetings.domain.queries.editions import passages_of, public_copy
from buendnisnetz.meetings.domain.queries.follow_up import standings_of
from buendnisnetz.meetings.domain.queries.imports import alliances_to_import_for
from buendnisnetz.meetings.domain.queries.page import page_of
from buendnisnetz.meetings.enums import EditionStatus, EntryKind, MeetingStatus
from buendnisnetz.meetings.forms.meeting import MeetingFilter, MeetingForm
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.meetings.presenters import attachments as attachment_rows
from buendnisnetz.meetings.rules import IMPORTERS, RULE_KEEPERS, can_edit_meeting, can_read_contents
from buendnisnetz.meetings.views.loading import (
    editable_meeting,
    meeting_with_digest,
    readable_meeting,
)
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage

_TONES = {MeetingStatus.PLANNED: "info", MeetingStatus.CANCELLED: "warning"}


@open_to(public=True)
class MeetingListView(ListPage):
    template = "meetings/meeting_list.html"
    title = gettext_lazy("Meetings")
    export_name = "sitzungen"
    filter_class = MeetingFilter
    default_sort = "-day"
    columns = (
        Column("day", gettext_lazy("Day"), ("held_on",)),
        Column("title", gettext_lazy("Meeting"), ("shown_key",)),
        Column("of", gettext_lazy("Of"), ("alliance__sort_key",)),
        Column("place", gettext_lazy("Place"), ("shown_place",)),
        Column("open", gettext_lazy("Open tasks"), numeric=True),
        Column("status", gettext_lazy("State"), ("status",)),
    )
    fields = (
        "pk", "public_id", "shown_title", "kind", "held_on", "shown_place", "status", "alliance__name",
        "working_group__name", "edition__approved_on",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.meetings_for_list(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        for field, name in (
            ("kind", "kind"),
            ("status", "status"),
            ("after", "held_on__gte"),
            ("before", "held_on__lte"),
        ):
            if values.get(field):
                rows = rows.filter(**{name: values[field]})
        return rows

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return queries.found_in_list(rows, typed, self.request.user)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        counts = queries.open_tasks_of([record["pk"] for record in records], self.request.user)
        return [{**record, "open": counts.get(record["pk"], 0)} for record in records]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.states, self.whole_state = words_of(MeetingStatus), _("the whole state")

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status = record["status"]
        approved = record["edition__approved_on"]
        return [
            Cell(format_date(record["held_on"])),
            Cell(
                record["shown_title"] or _("Meeting"),
                url("meetings:meeting_detail", record["public_id"]),
            ),
            Cell(record["working_group__name"] or record["alliance__name"] or self.whole_state),
            Cell(record["shown_place"] or ""),
            Cell(str(record["open"]) if record["open"] else ""),
            Cell(
                self.states[status],
                tone=_TONES.get(status, "success"),
                note=_("approved on %(day)s") % {"day": format_date(approved)} if approved else "",
            ),
        ]

    def context(self) -> dict[str, Any]:
        access = access_of(self.request.user)
        return {"can_create": access.has(*IMPORTERS), "keeps_rules": access.has(*RULE_KEEPERS)}


@open_to(public=True)
def meeting_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A meeting: what was decided, who does what, what is still open from before."""
    meeting = meeting_with_digest(request, public_id)
    if not can_read_contents(request.user, meeting):
        return public_page(request, meeting)
    page = page_of(meeting, request.user)
    can_edit = can_edit_meeting(request.user, meeting)
    context: dict[str, Any] = {
        "title": meeting.title,
        "meeting": meeting,
        "page": page,
        "can_edit": can_edit,
        "can_write": can_edit and (meeting.edition is None or meeting.edition.is_writable),
        "attachments": attachment_rows.rows_of(
            page.attachments, public_id, pictures_of(page.attachments)
        ),
        "problems": attachment_rows.check_lines(
            check_of(meeting, page.attachments, page.agenda, page.texts, page.imported)
        )
        if can_edit
        else [],
        "cite": _citing(row.number for row in page.attachments),
        "facts": presenters.meeting_facts(meeting),
        "edition_states": words_of(EditionStatus),
        "timed": timetable(meeting, page.agenda),
        "invited": page.invited,
        "can_invite": is_ahead(meeting, timezone.now()),
        "tasks": presenters.task_rows(page.tasks),
        "left_open": presenters.task_rows(page.left_open),
        "entries": presenters.entries_by_kind(page.entries),
        "attendance": presenters.attendance_groups(page.attendances),
        "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (meeting.title, "")],
    }
    return viewkit.render(request, "meetings/meeting_detail.html", context)


@open_to(*presenters.READERS)
def meeting_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who changed what of a meeting, field by field."""
    meeting = readable_meeting(request, public_id)
    return viewkit.history_page(
        request,
        history_of(meeting),
        (_("Meetings"), url("meetings:meeting_list")),
        (meeting.title, url("meetings:meeting_detail", public_id)),
    )


def _citing(numbers: Iterable[int]) -> Callable[[str], list[Piece]]:
    """Cuts a text where it cites one of the attachments with these numbers."""
    return functools.partial(pieces, known=frozenset(numbers))


def public_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Published minutes as everybody may read them."""
    copy = public_copy(meeting)
    if copy is None:
        raise Http404
    context = {
        "title": copy.title,
        "copy": copy,
        "minutes": presenters.minutes_page(
            copy.content,
            standings_of(meeting, request.user),
            attachment_rows.rows_of_content(
                copy.content, frozen_of(meeting, copy.content), inside=False
            ),
        ),
        "facts": presenters.public_facts(copy),
        "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (copy.title, "")],
    }
    return viewkit.render(request, "meetings/public_minutes.html", context)


@open_to(*presenters.READERS)
def minutes_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The minutes' text; ``?stelle=`` marks one passage, every passage leads to its entry."""
    meeting = readable_meeting(request, public_id, "minutes")
    if not hasattr(meeting, "minutes"):
        if meeting.edition is None:
            raise Http404
        return redirect("meetings:edition_read", public_id, meeting.edition.number)
    entries, numbers = passages_of(meeting)
    context = {
        "title": _("Minutes: %(title)s") % {"title": meeting.title},
        "meeting": meeting,
        "segments": presenters.entry_segments(meeting.minutes.text, entries),
        "entries": {entry.public_id: entry for entry in entries},
        "kinds": words_of(EntryKind),
        "chosen": request.GET.get("stelle", ""),
        "today": {
            entry: presenters.standing_today(standing)
            for entry, standing in standings_of(meeting, request.user).items()
        },
        "cite": _citing(numbers),
        "can_see_file": meeting.minutes.file_id is not None,
        "crumbs": [
            (_("Meetings"), url("meetings:meeting_list")),
            (meeting.title, url("meetings:meeting_detail", public_id)),
            (_("Minutes"), ""),
        ],
    }
    return viewkit.render(request, "meetings/minutes_detail.html", context)


def _form(request: HttpRequest, meeting: Meeting | None) -> MeetingForm:
    return MeetingForm(
        request.POST or None,
        instance=meeting,
        alliances=alliances_to_import_for(request.user),
        whole_state=access_of(request.user).sees_whole_state,
        initial={"version": meeting.version} if meeting else None,
    )


@open_to(*IMPORTERS, methods=("GET", "POST"))
def meeting_create(request: HttpRequest) -> HttpResponse:
    form = _form(request, None)
    if request.method == "POST" and form.is_valid():
        meeting = domain.create_meeting(actor=request.user, **form.values())
        return redirect("meetings:meeting_detail", meeting.public_id)
    context = {
        "title": _("New meeting"),
        "form": form,
        "cancel": url("meetings:meeting_list"),
        "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (_("New meeting"), "")],
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def meeting_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    form = _form(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            fresh = Meeting.objects.get(pk=meeting.pk)
            domain.edit_meeting(
                meeting=fresh,
                version=version,
                actor=request.user,
                now=timezone.now(),
                **form.values(),
            )
        except StaleVersionError as error:
            form.add_error(None, str(error))
        else:
            return redirect("meetings:meeting_detail", public_id)
    context = {
        "title": _("Edit meeting"),
        "form": form,
        "cancel": url("meetings:meeting_detail", public_id),
        "crumbs": [(meeting.title, url("meetings:meeting_detail", public_id)), (_("Edit"), "")],
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def meeting_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    meeting = editable_meeting(request, public_id)
    if request.method == "POST":
        domain.remove_meeting(meeting=meeting, actor=request.user)
        return redirect("meetings:meeting_list")
    context = {
        "title": _("Delete meeting"),
        "text": _("Delete “%(title)s” of %(day)s? Only a meeting without entries can be deleted.")
        % {"title": meeting.title, "day": format_date(meeting.held_on)},
        "submit": _("Delete"),
        "cancel": url("meetings:meeting_detail", public_id),
        "crumbs": [(meeting.title, url("meetings:meeting_detail", public_id)), (_("Delete"), "")],
    }
    return viewkit.render(request, "ui/confirm.html", context)
