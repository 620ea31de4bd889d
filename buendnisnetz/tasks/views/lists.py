"""Tasks as a list, as a board, and what was never closed."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.words import words_of
from buendnisnetz.tasks import presenters
from buendnisnetz.tasks.domain.queries import tasks as queries
from buendnisnetz.tasks.domain.queries.figures import figures_by_year, total_of
from buendnisnetz.tasks.enums import TaskKind, TaskStatus
from buendnisnetz.tasks.forms import TaskFilter
from buendnisnetz.tasks.models import Task
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage, filtered

WORKERS = tuple(Role)
# Who may record tasks that did not come out of minutes.
AUTHORS = (Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.ALLIANCE_COORDINATOR)


@open_to(*WORKERS)
class TaskListView(ListPage):
    template = "tasks/task_list.html"
    title = gettext_lazy("Tasks and promises")
    export_name = "aufgaben"
    filter_class = TaskFilter
    default_sort = "due"
    columns = (
        Column("title", gettext_lazy("What"), ("search_key",)),
        Column("kind", gettext_lazy("Kind"), ("kind",)),
        Column("holder", gettext_lazy("Responsible"), ("holder__sort_key", "assignee_words")),
        Column("due", gettext_lazy("Due"), ("due_on",)),
        Column("age", gettext_lazy("Open since"), ("opened_on",)),
        Column("status", gettext_lazy("State"), ("status",)),
        Column("alliance", gettext_lazy("Alliance"), export_only=True),
        Column("closed", gettext_lazy("Closed on"), export_only=True),
        Column("result", gettext_lazy("What became of it"), export_only=True),
    )
    fields = (
        "public_id", "title", "kind", "holder__title", "holder__scope_name", "assignee_words", "for_all_alliances",
        "due_on", "due_words", "opened_on", "closed_on", "status", "origin_label",
        "alliance__name", "result",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return Task.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        # One's own posts are asked for before.
        return None if self.request.GET.get("whose") else shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values, user=self.request.user, today=self.today)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()
        self.kinds, self.states = words_of(TaskKind), words_of(TaskStatus)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        today, status = self.today, record["status"]
        due, tone = presenters.due_text(record["due_on"], record["due_words"], status, today)
        who = record["holder__title"] or record["assignee_words"]
        if record["for_all_alliances"]:
            who = _("all alliances")
        return [
            Cell(
                record["title"],
                url("tasks:task_detail", record["public_id"]),
                note=record["origin_label"],
            ),
            Cell(self.kinds[record["kind"]]),
            Cell(who or _("nobody named"), note=record["holder__scope_name"] or ""),
            Cell(due or "–", tone=tone),
            Cell(
                format_date(record["opened_on"]),
                note="" if record["closed_on"] else presenters.age_text(record["opened_on"], today),
            ),
            Cell(self.states[status], tone=presenters.TONES[status]),
            Cell(record["alliance__name"] or ""),
            Cell(format_date(record["closed_on"], "")),
            Cell(record["result"]),
        ]

    def context(self) -> dict[str, Any]:
        return {"can_create": access_of(self.request.user).has(*AUTHORS)}


@open_to(*WORKERS)
class PromiseListView(TaskListView):
    """What was promised and never closed, since the first meeting."""

    title = gettext_lazy("Promised and never closed")
    export_name = "nie-erledigt"
    default_sort = "age"
    template = "tasks/promise_list.html"

    def queryset(self) -> QuerySet[Any]:
        return queries.never_closed(self.request.user)


def _fields_of_board(form: TaskFilter) -> Markup:
    """The columns are the states."""
    return viewkit.fields_but(form, "status")


def _fields_of_figures(form: TaskFilter) -> Markup:
    return Markup("").join(viewkit.field(form, name) for name in ("whose", "kind"))


@open_to(*WORKERS)
def task_board(request: HttpRequest) -> HttpResponse:
    """The same tasks as columns; every move is a button, no dragging needed."""
    today = timezone.localdate()
    values, fields = filtered(request, TaskFilter, {}, _fields_of_board)
    found = queries.board(values, user=request.user, today=today)
    workable = queries.workable((task for column in found for task in column.tasks), request.user)
    columns = [(column, presenters.board_cards(column.tasks, workable, today)) for column in found]
    context = {
        "title": _("Board"),
        "fields": fields,
        "columns": columns,
        "parameters": {key: value for key, value in values.items() if value},
        "crumbs": [(_("Tasks and promises"), url("tasks:task_list")), (_("Board"), "")],
    }
    return viewkit.render(request, "tasks/task_board.html", context)


@open_to(*WORKERS)
def task_figures(request: HttpRequest) -> HttpResponse:
    """What was recorded year by year, and what became of it."""
    today = timezone.localdate()
    asked, fields = filtered(request, TaskFilter, {}, _fields_of_figures)
    values = {**asked, "status": "all", "due": ""}
    rows = queries.narrowed(
        Task.objects.visible_to(request.user), values, user=request.user, today=today
    )
    years = figures_by_year(rows, today)
    context = {
        "title": _("Promised and done"),
        "fields": fields,
        "head": presenters.FIGURE_HEAD,
        "rows": presenters.figure_rows(years, total_of(years)),
        "crumbs": [(_("Tasks and promises"), url("tasks:task_list")), (_("Figures"), "")],
    }
    return viewkit.render(request, "tasks/figures.html", context)
