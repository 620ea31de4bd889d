"""Corrections: proposed by anyone on a public page, decided by whoever keeps the entry."""

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

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import DomainError, EditConflictError
from buendnisnetz.network.models import Alliance, Organisation, Post
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act
from buendnisnetz.ui.jinja import format_time, url
from buendnisnetz.ui.listing import Cell, Column
from buendnisnetz.upkeep import presenters, rules
from buendnisnetz.upkeep.domain import corrections as domain
from buendnisnetz.upkeep.domain.queries import corrections as queries
from buendnisnetz.upkeep.enums import CorrectionStatus
from buendnisnetz.upkeep.forms.corrections import CorrectionFilter, DecisionForm, ProposalForm
from buendnisnetz.upkeep.models import Correction
from buendnisnetz.upkeep.views.shared import UpkeepList, correction, crumbs

_SUBJECTS: dict[str, Any] = {
    "organisation": Organisation, "buendnis": Alliance, "stelle": Post,
}  # fmt: skip


def _subject(request: HttpRequest, kind: str, public_id: str) -> domain.Subject:
    if kind not in _SUBJECTS:
        raise Http404
    rows = _SUBJECTS[kind].objects.visible_to(request.user)
    found: domain.Subject = get_object_or_404(rows, public_id=public_id)
    return found


@open_to(public=True, methods=("GET", "POST"))
def correction_create(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Anybody may say what is wrong; whoever keeps the entry decides."""
    subject = _subject(request, kind, public_id)
    form = ProposalForm(request.POST or None, subject=subject)
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_program:
            # It is told what people are told, and nothing is kept.
            return _thanks(request, subject)
        try:
            domain.propose(
                subject=subject, proposed=form.proposed(), words=form.cleaned_data["words"],
                email=form.cleaned_data["answer_to"],
                consent_text=str(form.fields["consent"].label or ""),
                user=request.user if request.user.is_authenticated else None,
                source=request.META.get("REMOTE_ADDR", ""), now=timezone.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return _thanks(request, subject)
    context = {
        "title": _("Propose a correction"),
        "lead": str(subject),
        "form": form,
        "cancel": domain.address_of(subject),
        "crumbs": [(str(subject), domain.address_of(subject)), (_("Propose a correction"), "")],
    }
    return viewkit.render(
        request, "upkeep/correction_form.html", context, status=422 if form.errors else 200
    )


def _thanks(request: HttpRequest, subject: domain.Subject) -> HttpResponse:
    messages.success(request, _("Thank you. Whoever keeps this entry will look at it."))
    return redirect(domain.address_of(subject))


@open_to(*rules.CORRECTORS)
class CorrectionListView(UpkeepList):
    title = gettext_lazy("Proposed corrections")
    tab = "corrections"
    export_name = "korrekturen"
    filter_class = CorrectionFilter
    default_sort = "-proposed"
    columns = (
        Column("entry", gettext_lazy("Entry"), ("entry",)),
        Column("fields", gettext_lazy("Fields")),
        Column("words", gettext_lazy("In words")),
        Column("proposed", gettext_lazy("Proposed"), ("proposed_at",)),
        Column("status", pgettext_lazy("correction", "State"), ("status",)),
    )
    fields = (
        "public_id", "entry", "fields", "words", "proposed_at", "proposed_by__display_name",
        "status", "organisation_id", "alliance_id",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return queries.corrections_for(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values)

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return queries.found(rows, typed)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status = CorrectionStatus(record["status"])
        return [
            Cell(record["entry"], url("upkeep:correction_detail", record["public_id"])),
            Cell(presenters.field_names(record)),
            Cell(record["words"][:120]),
            Cell(
                format_time(record["proposed_at"]), note=record["proposed_by__display_name"] or ""
            ),
            Cell(str(status.label), tone=presenters.CORRECTION_TONES[status]),
        ]


@open_to(*rules.CORRECTORS)
def correction_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    row = correction(request, public_id)
    subject = domain.subject_of(row)
    fields = queries.proposed_fields(row)
    taken = [found.name for found in fields if not found.moved_on]
    form = DecisionForm(fields=fields, initial={"version": subject.version, "taken": taken})
    return _page(request, row, form)


def _page(
    request: HttpRequest, row: Correction, form: DecisionForm, status: int = 200
) -> HttpResponse:
    subject = domain.subject_of(row)
    context = {
        "title": _("Correction: %(entry)s") % {"entry": subject},
        "row": row,
        "subject": subject,
        "subject_address": domain.address_of(subject),
        "fields": queries.proposed_fields(row),
        "form": form,
        "tone": presenters.CORRECTION_TONES[row.status],
        "can_decide": row.status == CorrectionStatus.NEW and rules.can_decide(request.user, row),
        "can_reopen": row.status == CorrectionStatus.REJECTED
        and rules.can_decide(request.user, row),
        "history": history_of(row),
        "crumbs": crumbs((_("Corrections"), url("upkeep:correction_list")), (str(subject), "")),
    }
    return viewkit.render(request, "upkeep/correction_detail.html", context, status=status)


@open_to(*rules.CORRECTORS, methods=("POST",))
@require_POST
def correction_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the ticked fields over, or reject it with a reason."""
    row = correction(request, public_id)
    require(rules.can_decide(request.user, row))
    form = DecisionForm(request.POST, fields=queries.proposed_fields(row))
    if not form.is_valid():
        return _page(request, row, form, 422)
    try:
        _decide(request, row, form)
    except EditConflictError:
        form.add_error(None, _("Somebody changed the entry in the meantime. Please look again."))
        form.data = {**request.POST.dict(), "version": str(domain.subject_of(row).version)}
        return _page(request, row, form, 409)
    except DomainError as error:
        form.add_error(None, str(error))
        return _page(request, row, form, 422)
    messages.success(request, _("Saved."))
    return redirect("upkeep:correction_list")


def _decide(request: HttpRequest, row: Correction, form: DecisionForm) -> None:
    values, now = form.cleaned_data, timezone.now()
    if "reject" in request.POST:
        domain.reject(correction=row, reason=values["answer"], actor=request.user, now=now)
        return
    domain.accept(
        correction=row, taken=values.get("taken", []), version=values["version"],
        answer=values["answer"], actor=request.user, now=now,
    )  # fmt: skip


@open_to(*rules.CORRECTORS, methods=("POST",))
@require_POST
def correction_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    row = correction(request, public_id)
    require(rules.can_decide(request.user, row))
    return act(
        request, url("upkeep:correction_detail", public_id),
        lambda: domain.reopen(correction=row, actor=request.user),
    )  # fmt: skip
