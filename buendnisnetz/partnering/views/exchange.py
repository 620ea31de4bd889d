"""Exchange between working groups: suggestions with reasons, arranging, results (S116)."""

from collections.abc import Hashable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.models import WorkingGroup
from buendnisnetz.network.rules import can_edit_group
from buendnisnetz.partnering import rules
from buendnisnetz.partnering.domain import exchanges as domain
from buendnisnetz.partnering.domain.queries.groups import suggestions_for
from buendnisnetz.partnering.forms.exchange import ArrangeForm, ExchangeForm
from buendnisnetz.partnering.models import Exchange
from buendnisnetz.partnering.views.editing import choosable_meetings
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import form_page, today
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage

_LIST = "partnering:exchange_list"


@open_to(*rules.WINNERS)
class ExchangeListView(ListPage):
    template = "partnering/exchange_list.html"
    title = gettext_lazy("Exchange of working groups")
    export_name = "austausch"
    default_sort = "-agreed"
    columns = (
        Column("first", gettext_lazy("Working group"), ("first_group__sort_key",)),
        Column("second", gettext_lazy("with"), ("second_group__sort_key",)),
        Column("agreed", gettext_lazy("Arranged on"), ("agreed_on",)),
        Column("held", gettext_lazy("Held on"), ("held_on",)),
        Column("result", gettext_lazy("Result"), export_only=True),
    )
    fields = (
        "public_id", "first_group__name", "second_group__name", "agreed_on", "held_on", "result",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return Exchange.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        groups = WorkingGroup.objects.all().matching(typed).order_by().values("pk")
        return rows.filter(Q(first_group__in=groups) | Q(second_group__in=groups))

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(
                record["first_group__name"], url("partnering:exchange_detail", record["public_id"])
            ),
            Cell(record["second_group__name"]),
            Cell(format_date(record["agreed_on"])),
            Cell(format_date(record["held_on"]))
            if record["held_on"]
            else Cell(_("open"), tone="info"),
            Cell(record["result"]),
        ]

    def context(self) -> dict[str, Any]:
        return {"is_keeper": rules.is_keeper(self.request.user)}


_GROUP = Addressed(WorkingGroup, "alliance")


def _own_group(request: HttpRequest, public_id: str) -> WorkingGroup:
    group = _GROUP.found(request, public_id)
    require(can_edit_group(request.user, group))
    return group


@open_to(*rules.WINNERS)
def exchange_suggestions(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whom a working group could meet, and why."""
    return _suggestions(request, _own_group(request, public_id))


def _suggestions(
    request: HttpRequest, group: WorkingGroup, error: str = "", asked: str = ""
) -> HttpResponse:
    context = {
        "title": _("Exchange for: %(group)s") % {"group": group.name},
        "group": group,
        "suggestions": suggestions_for(group, today()),
        "error": error,
        "form": ArrangeForm(initial={"other": asked}),
        "crumbs": [
            (_("Exchange of working groups"), url(_LIST)),
            (group.name, url("network:group_detail", group.public_id)),
            (_("Suggestions"), ""),
        ],
    }
    status = 409 if error else 200
    return viewkit.render(request, "partnering/exchange_suggestions.html", context, status=status)


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def exchange_arrange(request: HttpRequest, public_id: str) -> HttpResponse:
    """Arrange an exchange with a suggested group; a second one within a year only if wanted."""
    group = _own_group(request, public_id)
    form = ArrangeForm(request.POST)
    if not form.is_valid():
        return _suggestions(request, group, _("Please choose a working group below."))
    rows = WorkingGroup.objects.visible_to(request.user).as_of(today())
    other: WorkingGroup = get_object_or_404(rows, public_id=form.cleaned_data["other"])
    reasons = next(
        (row.reasons for row in suggestions_for(group, today()) if row.pk == other.pk), []
    )
    try:
        made = domain.arrange_exchange(
            one=group, other=other, reasons="\n".join(reasons), actor=request.user, today=today(),
            wanted=form.cleaned_data["wanted"],
        )  # fmt: skip
    except DomainError as error:
        return _suggestions(request, group, str(error), other.public_id)
    return redirect("partnering:exchange_detail", made.public_id)


_EXCHANGE = Addressed(Exchange, "first_group__alliance", "second_group__alliance", "meeting")


@open_to(*rules.WINNERS)
def exchange_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two groups, why they meet, what came of it."""
    row = _EXCHANGE.found(request, public_id)
    title = _("Exchange")
    context = {
        "title": title,
        "row": row,
        "can_note": rules.can_note(request.user, row),
        # It belongs to one of the two groups; the other side may know of it, but not read it.
        "can_read": row.meeting_id
        and Meeting.objects.visible_to(request.user).filter(pk=row.meeting_id).exists(),
        "crumbs": [(_("Exchange of working groups"), url(_LIST)), (title, "")],
    }
    return viewkit.render(request, "partnering/exchange_detail.html", context)


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def exchange_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    row = _EXCHANGE.found(request, public_id)
    require(rules.can_note(request.user, row))
    names = ("held_on", "result", "meeting", "version")
    form = ExchangeForm(
        request.POST or None, meetings=choosable_meetings(request.user),
        initial={name: getattr(row, name) for name in names},
    )  # fmt: skip
    target = url("partnering:exchange_detail", public_id)

    def save(values: dict[str, Any]) -> str:
        version = values.pop("version") or 0
        domain.note_exchange(exchange=row, version=version, actor=request.user, **values)
        return target

    return form_page(
        request, form, save=save, title=_("Note the result"), cancel=target,
        crumbs=[(_("Exchange of working groups"), url(_LIST)), (_("Exchange"), target)],
    )  # fmt: skip
