"""Possible doubles, side by side; merging and taking back."""

from collections.abc import Hashable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import KEEPERS, open_to
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.queue import enqueue
from buendnisnetz.network.models import Organisation, Person
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, ask_for
from buendnisnetz.ui.jinja import format_number, format_time, url
from buendnisnetz.ui.listing import Cell, Column, FilterForm
from buendnisnetz.upkeep import presenters
from buendnisnetz.upkeep.domain import doubles, merges
from buendnisnetz.upkeep.domain.queries import doubles as queries
from buendnisnetz.upkeep.enums import DoubleKind, DoubleStatus
from buendnisnetz.upkeep.forms.doubles import DoubleFilter, MergeForm, NoteForm, PairForm
from buendnisnetz.upkeep.models import Double, Merge
from buendnisnetz.upkeep.rules import LIST_KEEPERS, may_merge
from buendnisnetz.upkeep.views.shared import UpkeepList, crumbs, double


@open_to(*LIST_KEEPERS)
class DoubleListView(UpkeepList):
    template = "upkeep/double_list.html"
    title = gettext_lazy("Possible doubles")
    tab = "doubles"
    export_name = "doppelte"
    filter_class = DoubleFilter
    default_sort = "-score"
    intro = gettext_lazy("Entries that look like one. Nothing is merged by itself.")
    columns = (
        Column("pair", gettext_lazy("The two entries"), ("first_name",)),
        Column("kind", gettext_lazy("What"), ("kind",)),
        Column("reasons", gettext_lazy("Why")),
        Column("score", gettext_lazy("Confidence"), ("score",), numeric=True),
        Column("status", pgettext_lazy("double", "State"), ("status",)),
    )
    fields = (
        "public_id", "first_name", "second_name", "first_place", "second_place", "kind", "reasons",
        "score", "status", "note",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.doubles_for(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return queries.found(rows, typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status = DoubleStatus(record["status"])
        places = dict.fromkeys(filter(None, (record["first_place"], record["second_place"])))
        return [
            Cell(
                f"{record['first_name']} · {record['second_name']}",
                url("upkeep:double_detail", record["public_id"]),
                note=" · ".join(places),
            ),
            Cell(str(DoubleKind(record["kind"]).label)),
            Cell(" ".join(record["reasons"]), note=record["note"]),
            Cell(f"{format_number(round(record['score'] * 100))} %"),
            Cell(str(status.label), tone=presenters.DOUBLE_TONES[status]),
        ]

    def context(self) -> dict[str, Any]:
        return {**super().context(), "can_search": may_merge(self.request.user)}


@open_to(*LIST_KEEPERS)
def double_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Both entries side by side, and what points to each."""
    return _page(request, double(request, public_id))


def _page(
    request: HttpRequest, row: Double, form: MergeForm | None = None, status: int = 200
) -> HttpResponse:
    first, second = doubles.entries_of(row)
    pairs = queries.side_by_side(row)
    names = (str(first), str(second))
    noun = "organisation" if row.kind == DoubleKind.ORGANISATION else "person"
    context = {
        "title": _("%(first)s and %(second)s") % {"first": first, "second": second},
        "row": row,
        "first": first,
        "second": second,
        "addresses": [url(f"network:{noun}_detail", entry.public_id) for entry in (first, second)],
        "pairs": [pair for pair in pairs if pair.first or pair.second],
        "references": [queries.references(entry) for entry in (first, second)],
        "form": form or MergeForm(names=names, pairs=pairs),
        "note_form": NoteForm(),
        "may_merge": may_merge(request.user),
        "tone": presenters.DOUBLE_TONES[row.status],
        "crumbs": crumbs((_("Doubles"), url("upkeep:double_list")), (str(first), "")),
    }
    return viewkit.render(request, "upkeep/double_detail.html", context, status=status)


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def double_merge(request: HttpRequest, public_id: str) -> HttpResponse:
    row = double(request, public_id)
    first, second = doubles.entries_of(row)
    form = MergeForm(request.POST, names=(str(first), str(second)), pairs=queries.side_by_side(row))
    if not form.is_valid():
        return _page(request, row, form, 422)
    kept, gone = (first, second) if form.cleaned_data["kept"] == "first" else (second, first)
    merge = merges.merge_people if row.kind == DoubleKind.PERSON else merges.merge_organisations
    try:
        done = merge(
            kept=kept, gone=gone, from_gone=form.from_gone(), actor=request.user, now=timezone.now()
        )
    except DomainError as error:
        form.add_error("kept", str(error))
        return _page(request, row, form, 422)
    messages.success(
        request, _("The two are one now. %(count)s references moved.") % {"count": done.moved}
    )
    return redirect("upkeep:merge_detail", done.public_id)


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def double_different(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decide(request, public_id, doubles.say_two)


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def double_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Coordinators propose a merge to the coordination office."""
    return _decide(request, public_id, doubles.propose_merge)


def _decide(request: HttpRequest, public_id: str, decide: Any) -> HttpResponse:
    row = double(request, public_id)
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    return act(
        request, url("upkeep:double_list"),
        lambda: decide(double=row, note=note, actor=request.user, now=timezone.now()),
    )  # fmt: skip


@open_to(*LIST_KEEPERS, methods=("POST",))
@require_POST
def double_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a decision back."""
    row = double(request, public_id)
    return act(
        request, url("upkeep:double_detail", public_id),
        lambda: doubles.ask_again(double=row, actor=request.user, now=timezone.now()),
    )  # fmt: skip


@open_to(*LIST_KEEPERS, methods=("GET", "POST"))
def double_create(request: HttpRequest, kind: str) -> HttpResponse:
    """Two entries that nobody found, named by hand."""
    if kind not in {"organisationen", "personen"}:
        raise Http404
    which = DoubleKind.PERSON if kind == "personen" else DoubleKind.ORGANISATION
    form = PairForm(request.POST or None, kind=which)
    ask_for(form, request.user, timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            row = doubles.name_pair(
                one=form.cleaned_data["one"], other=form.cleaned_data["other"],
                actor=request.user, now=timezone.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("upkeep:double_detail", row.public_id)
    context = {
        "title": _("Name two entries"),
        "form": form,
        "submit": _("Show side by side"),
        "cancel": url("upkeep:double_list"),
        "crumbs": crumbs((_("Doubles"), url("upkeep:double_list")), (_("Name two entries"), "")),
    }
    return viewkit.render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def double_search(request: HttpRequest) -> HttpResponse:
    """Look for doubles now instead of in the night."""
    enqueue("upkeep.find_doubles", once="upkeep.find_doubles")
    messages.success(request, _("The search has begun. Please load this page again in a minute."))
    return redirect("upkeep:double_list")


@open_to(*KEEPERS)
class MergeListView(UpkeepList):
    title = gettext_lazy("Merged entries")
    tab = "merges"
    export_name = "zusammengefuehrt"
    filter_class = FilterForm
    default_sort = "-merged"
    columns = (
        Column("gone", gettext_lazy("Entry that went"), ("gone_name",)),
        Column("kept", gettext_lazy("into")),
        Column("kind", gettext_lazy("What"), ("kind",)),
        Column("moved", gettext_lazy("References moved"), ("moved",), numeric=True),
        Column("merged", gettext_lazy("Merged"), ("merged_at",)),
        Column("undone", gettext_lazy("Taken back"), ("undone_at",)),
    )
    fields = (
        "public_id", "gone_name", "kind", "moved", "merged_at", "merged_by__display_name",
        "undone_at", "kept_organisation__name", "kept_person__given_name",
        "kept_person__family_name",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.merges_for(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(gone_name__icontains=typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        person = (
            f"{record['kept_person__given_name'] or ''} {record['kept_person__family_name'] or ''}"
        )
        return [
            Cell(record["gone_name"], url("upkeep:merge_detail", record["public_id"])),
            Cell(record["kept_organisation__name"] or person.strip()),
            Cell(str(DoubleKind(record["kind"]).label)),
            Cell(str(record["moved"])),
            Cell(format_time(record["merged_at"]), note=record["merged_by__display_name"] or ""),
            Cell(format_time(record["undone_at"])),
        ]


@open_to(*KEEPERS)
def merge_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was written when two became one, and the way back."""
    rows = Merge.objects.visible_to(request.user)
    related = ("kept_organisation", "kept_person", "merged_by")
    row: Merge = get_object_or_404(rows.select_related(*related), public_id=public_id)
    kept: Organisation | Person | None = row.kept_organisation or row.kept_person
    noun = "organisation" if row.kept_organisation_id else "person"
    context = {
        "title": _("%(gone)s went into %(kept)s") % {"gone": row.gone_name, "kept": kept},
        "row": row,
        "kept": kept,
        "kept_address": url(f"network:{noun}_detail", kept.public_id) if kept else "",
        "moved": queries.moved_by(row),
        "crumbs": crumbs((_("Merged"), url("upkeep:merge_list")), (row.gone_name, "")),
    }
    return viewkit.render(request, "upkeep/merge_detail.html", context)


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def merge_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    row: Merge = get_object_or_404(Merge.objects.visible_to(request.user), public_id=public_id)
    return act(
        request, url("upkeep:merge_detail", public_id),
        lambda: merges.undo_merge(merge=row, actor=request.user, now=timezone.now()),
        _("Both entries are as they were."),
    )  # fmt: skip
