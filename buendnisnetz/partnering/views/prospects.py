"""Prospects as a list and as a board, and the page of one."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.words import words_of
from buendnisnetz.partnering import presenters, rules
from buendnisnetz.partnering.domain.queries import prospects as queries
from buendnisnetz.partnering.enums import Origin, Stage
from buendnisnetz.partnering.forms.prospects import (
    MoveForm,
    NextStepForm,
    NoteForm,
    ProspectFilter,
)
from buendnisnetz.partnering.models import Prospect
from buendnisnetz.partnering.views.editing import alliance_choices
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import today
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage, filtered
from buendnisnetz.ui.untouched import untouched

RELATED = ("alliance", "organisation", "territory", "holder", "membership")


def filter_kwargs(request: HttpRequest) -> dict[str, Any]:
    return {"today": today(), **alliance_choices(request)}


def visible(request: HttpRequest, public_id: str) -> Prospect:
    return _PROSPECT.found(request, public_id)


_PROSPECT = Addressed(Prospect, *RELATED)


def workable(request: HttpRequest, public_id: str) -> Prospect:
    """A prospect to work on: 403 for a chamber that it was only handed over to."""
    prospect = visible(request, public_id)
    require(rules.can_work_on(request.user, prospect))
    return prospect


@open_to(*rules.WITH_CHAMBERS)
class ProspectListView(ListPage):
    template = "partnering/prospect_list.html"
    title = gettext_lazy("Winning partners")
    export_name = "anbahnungen"
    filter_class = ProspectFilter
    default_sort = "last"
    columns = (
        Column("name", gettext_lazy("Who"), ("sort_key",)),
        Column("stage", gettext_lazy("Stage"), ("stage",)),
        Column("next", gettext_lazy("Next step")),
        Column("due", gettext_lazy("Until")),
        Column("last", gettext_lazy("Last step"), ("last_step_on",)),
        Column("alliance", gettext_lazy("For whom"), ("alliance__sort_key",)),
        Column("place", gettext_lazy("Where"), ("territory__sort_key",)),
        Column("origin", gettext_lazy("Came from"), export_only=True),
        Column("reason", gettext_lazy("Why not"), export_only=True),
    )
    fields = (
        "pk", "public_id", "name", "stage", "last_step_on", "is_silent", "origin", "decline_reason",
        "alliance__name", "territory__short_name",
    )  # fmt: skip

    @cached_property
    def inside(self) -> bool:
        return rules.wins_partners(self.request.user)

    def queryset(self) -> QuerySet[Any]:
        return Prospect.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def filter_kwargs(self) -> dict[str, Any]:
        return filter_kwargs(self.request)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values, today())

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.today = today()
        self.steps = queries.next_steps(row["pk"] for row in records) if self.inside else {}
        return records

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        stage, step = record["stage"], self.steps.get(record["pk"])
        silent = record["is_silent"] and self.inside
        return [
            Cell(record["name"], url("partnering:prospect_detail", record["public_id"])),
            Cell(words_of(Stage)[stage], tone=presenters.STAGE_TONES[stage] or "open"),
            Cell(step.words if step else "–"),
            Cell(
                format_date(step.due_on, "") if step else "",
                tone="danger" if presenters.is_overdue(step, self.today) else "",
            ),
            Cell(
                format_date(record["last_step_on"]),
                note=presenters.silence_text(record["last_step_on"], self.today) if silent else "",
            ),
            Cell(record["alliance__name"] or _("coordination office")),
            Cell(record["territory__short_name"] or "–"),
            Cell(words_of(Origin).get(record["origin"], "")),
            Cell(record["decline_reason"] if self.inside else ""),
        ]

    def context(self) -> dict[str, Any]:
        return {"inside": self.inside, "is_keeper": rules.is_keeper(self.request.user)}


@open_to(*rules.WINNERS)
def prospect_board(request: HttpRequest) -> HttpResponse:
    """The same prospects as columns; every move is a button, no dragging needed."""
    values, fields = filtered(request, ProspectFilter, filter_kwargs(request), _fields_of_board)
    columns = queries.board(request.user, values, today())
    steps = queries.next_steps(row["pk"] for column in columns for row in column.prospects)
    context = {
        "title": _("Board"),
        "fields": fields,
        "columns": [
            (column, presenters.cards(column.prospects, steps, today())) for column in columns
        ],
        "parameters": {key: value for key, value in values.items() if value},
        "is_keeper": rules.is_keeper(request.user),
        "crumbs": [(_("Winning partners"), url("partnering:prospect_list")), (_("Board"), "")],
    }
    return viewkit.render(request, "partnering/prospect_board.html", context)


def _fields_of_board(form: ProspectFilter) -> Markup:
    """The columns are the stages."""
    return viewkit.fields_but(form, "stage")


@open_to(*rules.WITH_CHAMBERS)
def prospect_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the talks are, what was said, what comes next."""
    prospect = visible(request, public_id)
    return detail_page(request, prospect)


def detail_page(
    request: HttpRequest,
    prospect: Prospect,
    *,
    move: MoveForm | None = None,
    note: NoteForm | None = None,
    step: NextStepForm | None = None,
) -> HttpResponse:
    """The page, with a form that came back if one did."""
    inside = rules.can_work_on(request.user, prospect)
    wrong = any(form is not None and form.errors for form in (move, note, step))
    found_file = queries.file_of(prospect, request.user, inside=inside)
    context = {
        "title": prospect.name,
        "prospect": prospect,
        "file": found_file,
        "inside": inside,
        "tone": presenters.STAGE_TONES[prospect.stage],
        "facts": presenters.prospect_facts(prospect, inside=inside),
        "steps": presenters.step_rows(found_file.steps, inside=inside),
        "can_take_back": bool(found_file.steps)
        and bool(found_file.steps[0].from_stage)
        and found_file.steps[0].takes_back_id is None,
        "moves": presenters.moves_of(prospect.public_id, prospect.stage) if inside else [],
        "move_form": move or untouched(MoveForm, "id_move_%s"),
        "note_form": note or untouched(NoteForm, "id_note_%s", met_on=today()),
        "step_form": step or untouched(NextStepForm, "id_step_%s"),
        "today": today(),
        "tones": presenters.HAND_OVER_TONES,
        "crumbs": [(_("Winning partners"), url("partnering:prospect_list")), (prospect.name, "")],
    }
    return viewkit.render(
        request, "partnering/prospect_detail.html", context, status=422 if wrong else 200
    )


@open_to(*rules.WINNERS)
def prospect_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who changed what, field by field."""
    prospect = workable(request, public_id)
    return viewkit.history_page(
        request,
        history_of(prospect, *prospect.interests.all(), *prospect.hand_overs.all()),
        (_("Winning partners"), url("partnering:prospect_list")),
        (prospect.name, url("partnering:prospect_detail", public_id)),
    )
