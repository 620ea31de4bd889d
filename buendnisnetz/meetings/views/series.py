"""Series: the meetings of one body, year after year, and what each left open."""

from collections.abc import Hashable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.search import search_key
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain import meetings as domain
from buendnisnetz.meetings.domain.preparing import series as rhythm
from buendnisnetz.meetings.domain.preparing.calendar import weekday
from buendnisnetz.meetings.domain.queries import meetings as queries
from buendnisnetz.meetings.domain.queries import missed
from buendnisnetz.meetings.domain.queries.imports import alliances_to_import_for
from buendnisnetz.meetings.enums import Rhythm
from buendnisnetz.meetings.forms.meeting import SeriesForm
from buendnisnetz.meetings.models import Meeting, MeetingSeries
from buendnisnetz.meetings.rules import IMPORTERS, can_edit_series
from buendnisnetz.meetings.views.meetings import MeetingListView
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage
from buendnisnetz.ui.tables import Table


@open_to(*presenters.READERS)
class SeriesListView(ListPage):
    template = "meetings/series_list.html"
    title = gettext_lazy("Series of meetings")
    export_name = "reihen"
    default_sort = "name"
    columns = (
        Column("name", gettext_lazy("Series"), ("name",)),
        Column("of", gettext_lazy("Of"), ("alliance__sort_key",)),
        Column("rhythm", gettext_lazy("Rhythm"), ("rhythm",)),
        Column("meetings", gettext_lazy("Meetings"), ("number",), numeric=True),
        Column("last", gettext_lazy("Last meeting"), ("last",)),
    )
    fields = (
        "public_id", "name", "rhythm", "alliance__name", "working_group__name", "number", "last",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.series_for_list(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return rows

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(name__icontains=typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["name"], url("meetings:series_detail", record["public_id"])),
            Cell(record["working_group__name"] or record["alliance__name"] or _("the whole state")),
            Cell(record["rhythm"]),
            Cell(str(record["number"])),
            Cell(format_date(record["last"])),
        ]

    def context(self) -> dict[str, Any]:
        return {
            "can_create": access_of(self.request.user).has(*IMPORTERS),
            "crumbs": [(_("Meetings"), url("meetings:meeting_list")), (str(self.title), "")],
        }


_SERIES = Addressed(MeetingSeries, "alliance", "working_group")


def _visible(request: HttpRequest, public_id: str) -> MeetingSeries:
    return _SERIES.found(request, public_id)


def _crumbs(name: str, address: str = "") -> list[tuple[str, str]]:
    """The way to a series."""
    return [
        (_("Meetings"), url("meetings:meeting_list")),
        (_("Series of meetings"), url("meetings:series_list")),
        (name, address),
    ]


def _offer(row: MeetingSeries) -> tuple[str, str] | None:
    """The next day, and in words why just that one."""
    last = rhythm.last_meeting(row) if row.every else None
    day = rhythm.offered_day(row, last, timezone.localdate())
    if day is None or last is None:
        return None
    shown = f"{weekday(day)}, {format_date(day)}"
    return shown, rhythm.rhythm_words(last.held_on, Rhythm(row.every))


@open_to(*presenters.READERS)
class SeriesView(MeetingListView):
    """The meetings of one series, the newest first."""

    template = "meetings/series_detail.html"
    export_name = "reihe"
    series: MeetingSeries

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.series = _visible(request, kwargs.pop("public_id"))
        return super().get(request, *args, **kwargs)

    def queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Meeting] = super().queryset().filter(series=self.series)
        return rows

    def shape(self) -> Hashable:
        return super().shape(), self.series.pk

    def context(self) -> dict[str, Any]:
        body = self.series.working_group or self.series.alliance
        return {
            **super().context(),
            "title": self.series.name,
            "facts": [
                (_("Of"), str(body) if body else _("the whole state")),
                (_("Rhythm"), self.series.get_every_display() if self.series.every else ""),
                (_("Rhythm in words"), self.series.rhythm),
            ],
            "series": self.series,
            "can_edit": can_edit_series(self.request.user, self.series),
            "offer": _offer(self.series),
            "missed": missed.missed_in_series(self.series, self.request.user, timezone.localdate()),
            "crumbs": _crumbs(self.series.name),
        }


@open_to(*presenters.READERS)
def series_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who changed what of a series, field by field."""
    row = _visible(request, public_id)
    here = url("meetings:series_detail", public_id)
    return viewkit.history_page(request, history_of(row), *_crumbs(row.name, here))


@open_to(*presenters.READERS)
class MissedView(ListPage):
    """Who was invited to the meetings of a series and did not come (S82)."""

    template = "meetings/series_missed.html"
    title = gettext_lazy("Invited but not present")
    export_name = "nicht-gekommen"
    default_sort = "-missed"
    columns = (
        Column("name", gettext_lazy("Invited"), ("sort_key",)),
        Column("missed", gettext_lazy("Did not come"), ("missed", "-sort_key"), numeric=True),
        Column("invited", gettext_lazy("Times invited"), ("invited", "-sort_key"), numeric=True),
        Column("agreed", gettext_lazy("Had agreed to come"), ("agreed", "-sort_key"), numeric=True),
        Column("missed_on", gettext_lazy("Last missed"), ("missed_on", "sort_key")),
        Column("seen_on", gettext_lazy("Last seen"), ("seen_on", "sort_key")),
    )
    fields = ("pk",)
    series: MeetingSeries

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.series = _visible(request, kwargs.pop("public_id"))
        return super().get(request, *args, **kwargs)

    def queryset(self) -> QuerySet[Any]:
        found = missed.missed_in_series(self.series, self.request.user, timezone.localdate())
        return Table.of(found, missed.COLUMNS)  # type: ignore[return-value]  # reckoned rows stand in for stored ones

    def searched(self, rows: Any, typed: str) -> Any:
        wanted = search_key(typed)
        return rows.where("sort_key", lambda key: wanted in key)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return presenters.missed_cells(record)

    def context(self) -> dict[str, Any]:
        back = url("meetings:series_detail", self.series.public_id)
        return {
            "lead": self.series.name,
            "crumbs": [*_crumbs(self.series.name, back), (str(self.title), "")],
        }


def _editable(request: HttpRequest, public_id: str) -> MeetingSeries:
    found = _visible(request, public_id)
    if not can_edit_series(request.user, found):
        raise Http404
    return found


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def series_continue(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan the next meeting like the last one."""
    row = _editable(request, public_id)
    try:
        meeting = rhythm.plan_next(series=row, actor=request.user, today=timezone.localdate())
    except rhythm.NothingToOfferError as error:
        messages.info(request, str(error))
        return redirect("meetings:series_detail", public_id)
    return redirect("meetings:meeting_detail", meeting.public_id)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def series_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    row = _editable(request, public_id)
    form = SeriesForm(
        request.POST or None,
        instance=row,
        alliances=alliances_to_import_for(request.user),
        whole_state=access_of(request.user).sees_whole_state,
    )
    if request.method == "POST" and form.is_valid():
        rhythm.edit_series(series=row, actor=request.user, **form.cleaned_data)
        return redirect("meetings:series_detail", public_id)
    back = url("meetings:series_detail", public_id)
    context = {
        "title": _("Edit the series"),
        "form": form,
        "cancel": back,
        "crumbs": [
            (_("Series of meetings"), url("meetings:series_list")),
            (row.name, back),
            (_("Edit"), ""),
        ],
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*IMPORTERS, methods=("GET", "POST"))
def series_create(request: HttpRequest) -> HttpResponse:
    form = SeriesForm(
        request.POST or None,
        alliances=alliances_to_import_for(request.user),
        whole_state=access_of(request.user).sees_whole_state,
    )
    if request.method == "POST" and form.is_valid():
        series = domain.create_series(actor=request.user, **form.cleaned_data)
        return redirect("meetings:series_detail", series.public_id)
    back = url("meetings:series_list")
    context = {
        "title": _("New series"),
        "form": form,
        "cancel": back,
        "crumbs": [(_("Series of meetings"), back), (_("New series"), "")],
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)
