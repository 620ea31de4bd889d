"""What is done with a prospect: note, move, join, plan."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.queries.matching import match_organisation
from buendnisnetz.network.models import Alliance, Organisation
from buendnisnetz.partnering import rules
from buendnisnetz.partnering.domain import prospect_work
from buendnisnetz.partnering.domain import prospects as domain
from buendnisnetz.partnering.domain.posts import responsible_post
from buendnisnetz.partnering.domain.prospect_values import Joining, ProspectValues
from buendnisnetz.partnering.domain.queries import prospects as queries
from buendnisnetz.partnering.enums import ContactKind, Origin, Stage
from buendnisnetz.partnering.forms import prospects as forms
from buendnisnetz.partnering.models import Prospect
from buendnisnetz.partnering.views.editing import go_on, now
from buendnisnetz.partnering.views.prospects import detail_page, workable
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, ask_for, form_page, today
from buendnisnetz.ui.jinja import url

_LIST = "partnering:prospect_list"


def address(prospect: Prospect) -> str:
    return url("partnering:prospect_detail", prospect.public_id)


def crumbs(prospect: Prospect | None = None) -> list[tuple[str, str]]:
    own = [(prospect.name, address(prospect))] if prospect else []
    return [(_("Winning partners"), url(_LIST)), *own]


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def prospect_create(request: HttpRequest) -> HttpResponse:
    alliances = queries.alliances_for(request.user)
    form = forms.ProspectForm(request.POST or None, user=request.user, alliances=alliances)

    def save(values: dict[str, Any]) -> str:
        given = form.values()
        require(rules.can_work_for(request.user, given.alliance))
        made = domain.create_prospect(
            values=_with_holder(given), source=values["source"], actor=request.user, now=now()
        )
        return address(made)

    return form_page(
        request, form, save=save, title=_("Note a possible partner"), cancel=url(_LIST),
        crumbs=crumbs(),
    )  # fmt: skip


def _with_holder(values: ProspectValues) -> ProspectValues:
    """Without a post the one that coordinates the alliance is responsible."""
    if values.holder is not None:
        return values
    holder = responsible_post(values.alliance, today())
    return replace(values, holder=holder)


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def prospect_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    prospect = workable(request, public_id)
    form = forms.ProspectForm(
        request.POST or None, user=request.user, alliances=queries.alliances_for(request.user),
        initial=forms.initial_of(prospect),
    )  # fmt: skip

    def save(values: dict[str, Any]) -> str:
        given = form.values()
        require(rules.can_work_for(request.user, given.alliance))
        domain.edit_prospect(
            prospect=prospect, version=values["version"] or 0, values=given,
            source=values["source"], actor=request.user, now=now(),
        )  # fmt: skip
        return address(prospect)

    return form_page(
        request, form, save=save, title=_("Edit"), lead=prospect.name, cancel=address(prospect),
        crumbs=crumbs(prospect),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def prospect_from_directory(request: HttpRequest, public_id: str) -> HttpResponse:
    """One click on an organisation's page: it becomes a prospect of the (first) own alliance, or of
    the coordination office. Without script the same address asks once, and for which alliance."""
    rows = Organisation.objects.visible_to(request.user)
    body: Organisation = get_object_or_404(rows, public_id=public_id)
    alliances = queries.alliances_for(request.user)
    form = forms.ForAllianceForm(request.POST or None, user=request.user, alliances=alliances)
    ask_for(form, request.user, today())
    if request.method == "POST" and (viewkit.wants_part(request) or form.is_valid()):
        keeper = rules.is_keeper(request.user)
        chosen = form.cleaned_data["alliance"] if form.is_valid() else None
        alliance = chosen or (None if keeper else alliances.first())
        require(rules.can_work_for(request.user, alliance))
        return go_on(request, _taken_up(request, body, alliance))
    target = url("network:organisation_detail", public_id)
    title = _("Win over as a partner")
    context = {
        "title": title, "lead": body.name, "form": form, "submit": title, "cancel": target,
        "crumbs": [(body.name, target), (title, "")],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return viewkit.render(request, "ui/form.html", context, status=status)


def _taken_up(request: HttpRequest, body: Organisation, alliance: Alliance | None) -> str:
    """Note an organisation of the directory; the address of its page, or of the one that says why not."""
    values = _with_holder(ProspectValues(alliance=alliance, organisation=body))
    try:
        made = domain.create_prospect(
            values=values, origin=Origin.DIRECTORY, actor=request.user, now=now()
        )
    except DomainError as error:
        messages.error(request, str(error))
        return url("network:organisation_detail", body.public_id)
    return address(made)


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def prospect_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move a prospect on, from its page or from the board."""
    prospect = workable(request, public_id)
    form = forms.MoveForm(request.POST, auto_id="id_move_%s")
    if form.is_valid():
        try:
            domain.move_prospect(
                prospect=prospect, stage=Stage(form.cleaned_data["stage"]),
                words=form.cleaned_data["words"], not_before=form.cleaned_data["not_before"],
                actor=request.user, now=now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error("words", str(error))
        else:
            return viewkit.back(request, address(prospect))
    return detail_page(request, prospect, move=form)


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def prospect_decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """They declined: why, and until when they want to be left alone."""
    prospect = workable(request, public_id)
    form = forms.MoveForm(request.POST or None, initial={"stage": Stage.DECLINED})
    form.fields["words"].label = _("Why did they decline?")

    def save(values: dict[str, Any]) -> str:
        domain.move_prospect(
            prospect=prospect, stage=Stage.DECLINED, words=values["words"],
            not_before=values["not_before"], actor=request.user, now=now(),
        )  # fmt: skip
        return address(prospect)

    return form_page(
        request, form, save=save, title=_("Declined"), lead=prospect.name,
        cancel=address(prospect), crumbs=crumbs(prospect),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def prospect_join(request: HttpRequest, public_id: str) -> HttpResponse:
    """They become a member: since when, and with what."""
    prospect = workable(request, public_id)
    if prospect.organisation is None:
        messages.info(
            request, _("Members stand in the directory. Please say first which organisation it is.")
        )
        return redirect("partnering:prospect_organisation", public_id)
    form = forms.JoinForm(request.POST or None, initial={"first_day": today()})

    def save(values: dict[str, Any]) -> str:
        joining = Joining(values["first_day"], form.chosen())
        domain.move_prospect(
            prospect=prospect, stage=Stage.MEMBER, words=values["words"], joining=joining,
            actor=request.user, now=now(),
        )  # fmt: skip
        return address(prospect)

    return form_page(
        request, form, save=save, title=_("Becomes a member"), lead=prospect.name,
        cancel=address(prospect), crumbs=crumbs(prospect),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def prospect_organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which organisation of the directory it is: chosen, proposed with reasons, or added."""
    prospect = workable(request, public_id)
    if "add" in request.POST:
        return act(
            request, address(prospect),
            lambda: domain.add_to_directory(prospect=prospect, actor=request.user),
        )  # fmt: skip
    form = forms.OrganisationForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        domain.link_organisation(
            prospect=prospect, organisation=values["organisation"], actor=request.user
        )
        return address(prospect)

    return form_page(
        request, form, save=save, title=_("Which organisation is it?"), lead=prospect.name,
        cancel=address(prospect), crumbs=crumbs(prospect), prospect=prospect,
        matches=match_organisation(prospect.name), template="partnering/prospect_organisation.html",
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def prospect_take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    prospect = workable(request, public_id)
    return act(
        request, address(prospect),
        lambda: domain.take_back_step(prospect=prospect, actor=request.user, now=now()),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def prospect_note(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was said; it stays on this side."""
    prospect = workable(request, public_id)
    form = forms.NoteForm(request.POST, auto_id="id_note_%s")
    if form.is_valid():
        values = {**form.cleaned_data, "kind": ContactKind(form.cleaned_data["kind"])}
        try:
            prospect_work.add_note(about=prospect, actor=request.user, now=now(), **values)
        except DomainError as error:
            form.add_error("met_on", str(error))
        else:
            return redirect(address(prospect))
    return detail_page(request, prospect, note=form)


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def prospect_next_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """The next step becomes a task of a post."""
    prospect = workable(request, public_id)
    form = forms.NextStepForm(request.POST, auto_id="id_step_%s")
    ask_for(form, request.user, today())
    if form.is_valid():
        prospect_work.plan_next_step(
            prospect=prospect, actor=request.user, now=now(), **form.cleaned_data
        )
        return redirect(address(prospect))
    return detail_page(request, prospect, step=form)
