"""Deciding about one proposal; with script only its card and the counter are exchanged."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings import presenters
from buendnisnetz.meetings.domain import review
from buendnisnetz.meetings.domain.matching import candidates_of, meeting_day
from buendnisnetz.meetings.enums import FindingKind, ImportStatus, Verdict
from buendnisnetz.meetings.forms.minutes_import import FORMS, ProposalForm
from buendnisnetz.meetings.models import MinutesImport, Proposal
from buendnisnetz.meetings.rules import IMPORTERS
from buendnisnetz.meetings.views.imports import visible_import
from buendnisnetz.network.domain.guessing import organisation_kind
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _proposal(row: MinutesImport, public_id: str) -> Proposal:
    rows = row.proposals.select_related("person", "organisation", "decided_by")
    found: Proposal = get_object_or_404(rows, public_id=public_id)
    found.minutes_import = row
    return found


def _form(proposal: Proposal, data: Any = None) -> ProposalForm:
    kind = FindingKind(proposal.kind)
    options: dict[str, Any] = {"auto_id": f"{proposal.public_id}_%s"}
    if kind == FindingKind.FIELD:
        options["field"] = proposal.data["field"]
    return FORMS[kind](data, initial=_initial(proposal), **options)


def _initial(proposal: Proposal) -> dict[str, Any]:
    values = {**proposal.data, **(proposal.data.get("votes") or {})}
    if proposal.kind == FindingKind.ORGANISATION:
        values["kind"] = values.get("kind") or organisation_kind(values["name"])
        values["organisation"] = proposal.organisation.public_id if proposal.organisation else ""
    if proposal.kind == FindingKind.PARTICIPANT:
        values["person"] = proposal.person.public_id if proposal.person else ""
    return values


@open_to(*IMPORTERS, methods=("GET", "POST"))
def proposal_edit(request: HttpRequest, public_id: str, proposal_id: str) -> HttpResponse:
    """Correct a proposal: its values and whom it means in the directory."""
    row = visible_import(request, public_id)
    proposal = _proposal(row, proposal_id)
    form = _form(proposal, request.POST or None)
    error, version = "", proposal.version
    if request.method == "POST" and form.is_valid():
        try:
            _correct(proposal, form, request)
        except DomainError as problem:
            # What was typed stays in the form; saving again takes the newer version into account.
            error, proposal = str(problem), _proposal(row, proposal_id)
            version = proposal.version
        else:
            return answer(request, row, _proposal(row, proposal_id))
    candidates = candidates_of([proposal], meeting_day(row))[0]
    context = {
        "title": _("Correct a finding"),
        "row": row,
        "form": form,
        "error": error,
        "version": version,
        "card": presenters.card(proposal, candidates),
        "siblings": presenters.siblings(
            row.proposals.filter(kind=proposal.kind).exclude(pk=proposal.pk)
        ),
        "passage": row.text[proposal.start : proposal.end] if proposal.start is not None else "",
        "crumbs": [
            (row.file.name, url("meetings:import_review", public_id)),
            (_("Correct a finding"), ""),
        ],
    }
    status = 422 if form.errors else 409 if error else 200
    return viewkit.render(request, "meetings/proposal_edit.html", context, status=status)


def _correct(proposal: Proposal, form: ProposalForm, request: HttpRequest) -> None:
    review.correct(
        proposal=proposal,
        data=form.values(),
        person=form.cleaned_data.get("person")
        if proposal.kind == FindingKind.PARTICIPANT
        else None,
        organisation=form.cleaned_data.get("organisation")
        if proposal.kind == FindingKind.ORGANISATION
        else None,
        version=_version(request),
        actor=request.user,
        now=timezone.now(),
    )


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else 0


@open_to(*IMPORTERS, methods=("POST",))
@require_POST
def proposal_decide(request: HttpRequest, public_id: str, proposal_id: str) -> HttpResponse:
    """Accept, drop, take back, split or merge, by the button that was pressed."""
    row = visible_import(request, public_id)
    proposal = _proposal(row, proposal_id)
    error = ""
    try:
        _act(request, proposal)
    except DomainError as problem:
        error = str(problem)
    return answer(request, row, _proposal(row, proposal_id), error)


def _act(request: HttpRequest, proposal: Proposal) -> None:
    action = request.POST.get("action", "")
    common: dict[str, Any] = {
        "version": _version(request),
        "actor": request.user,
        "now": timezone.now(),
    }
    verdicts = {"accept": Verdict.ACCEPTED, "drop": Verdict.DROPPED, "reset": Verdict.PROPOSED}
    if action in verdicts:
        review.decide(proposal=proposal, verdict=verdicts[action], **common)
    elif action == "split":
        first, second = request.POST.get("first", ""), request.POST.get("second", "")
        review.split(proposal=proposal, first=first, second=second, **common)
    elif action == "merge":
        other = get_object_or_404(
            proposal.minutes_import.proposals, public_id=request.POST.get("other", "")
        )
        review.merge(proposal=proposal, other=other, **common)
    elif action == "same":
        review.same_person(proposal=proposal, name=request.POST.get("name", ""), **common)


def answer(
    request: HttpRequest, row: MinutesImport, proposal: Proposal, error: str = ""
) -> HttpResponse:
    """The card as it is now; without script back to the review page, at the card."""
    whole = request.POST.get("action") in {"split", "merge"}
    if not viewkit.wants_part(request) or (whole and not error):
        target = url("meetings:import_review", row.public_id) + f"#v-{proposal.public_id}"
        response = HttpResponse(status=303 if not viewkit.wants_part(request) else 200)
        response["Location" if response.status_code == 303 else "HX-Redirect"] = target
        return response
    candidates = candidates_of([proposal], meeting_day(row))[0]
    undecided = (
        row.proposals.filter(verdict=Verdict.PROPOSED).exclude(kind=FindingKind.QUERY).count()
    )
    context = {
        "row": row,
        "card": presenters.card(proposal, candidates),
        "error": error,
        "undecided": undecided,
        "total": row.proposals.exclude(kind=FindingKind.QUERY).count(),
        "editable": row.status == ImportStatus.READY,
        "title": "",
    }
    return viewkit.render(
        request,
        "meetings/proposal_card.html",
        context,
        block="answer",
        status=409 if error else 200,
    )
