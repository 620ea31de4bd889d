"""Handing a post over: start, choose who gets what, finish, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import EVERY_ROLE, KEEPERS, open_to, require
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network import presenters, rules
from buendnisnetz.network.domain import handing_over, post_roles, receivers
from buendnisnetz.network.domain import handovers as domain
from buendnisnetz.network.domain.queries import handovers as queries
from buendnisnetz.network.enums import HandoverStatus, Receiver
from buendnisnetz.network.forms import handovers as forms
from buendnisnetz.network.handover_presenters import (
    HANDOVER_TONES,
    handover_facts,
    piece_groups,
    receiver_words,
    summary,
)
from buendnisnetz.network.models import Handover, Term
from buendnisnetz.network.views import details, loading
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import Crumbs, act, data_of, form_page, today
from buendnisnetz.ui.jinja import url


def address(handover: Handover, page: str = "detail") -> str:
    return url(f"network:handover_{page}", handover.public_id)


def crumbs(handover: Handover) -> Crumbs:
    return [
        (_("Handovers"), url("network:handover_list")),
        (presenters.post_name(handover.term.post), address(handover)),
    ]


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def handover_start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ending a term begins here; one that is being prepared already is shown instead."""
    term = loading.term(request, public_id)
    begun = term.handovers.filter(status=HandoverStatus.OPEN).first()
    if begun is not None:
        return redirect(address(begun))
    form = forms.HandoverForm(
        data_of(request), fixed=term.valid_to is not None, initial={"last_day": today()}
    )

    def save(values: dict[str, Any]) -> str:
        last_day = term.valid_to or values["last_day"]
        facts = {**form.facts(), "last_day": last_day}
        made = domain.start_handover(term=term, actor=request.user, now=timezone.now(), **facts)
        return address(made)

    return form_page(
        request, form, save=save, title=_("End a term and hand over"), lead=_lead(term),
        cancel=details.address(term.post), crumbs=details.crumbs(term.post),
        submit=_("On to what has to be handed over"),
    )  # fmt: skip


def _lead(term: Term) -> str:
    return _("%(post)s, held by %(name)s. Nothing ends and nothing moves before you finish.") % {
        "post": presenters.post_name(term.post),
        "name": term.person.titled_name(),
    }


@open_to(*EVERY_ROLE)
def handover_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    handover = loading.handover(request, public_id)
    return _page(request, handover, _give_form(request, handover))


def _give_form(request: HttpRequest, handover: Handover, data: Any = None) -> forms.GiveForm:
    groups = piece_groups(queries.grouped(handover), handover)
    form = forms.GiveForm(
        data, groups=groups, receivers=_allowed(handover), initial={"receiver": handover.receiver}
    )
    field: Any = form.fields["other_post"]
    field.ask_for(request.user, today())
    return form


def _allowed(handover: Handover) -> list[str]:
    """Receivers that are there at all."""
    found = receivers.receivers_of(handover, domain.first_day_of(handover))
    return [
        receiver
        for receiver, holder in (
            (Receiver.STAYS, found.stays), (Receiver.DEPUTY, found.deputy),
            (Receiver.OFFICE, found.office), (Receiver.OTHER, handover.term.post),
        )
        if holder is not None
    ]  # fmt: skip


def _page(
    request: HttpRequest, handover: Handover, form: forms.GiveForm, status: int = 200
) -> HttpResponse:
    groups = queries.grouped(handover)
    post = handover.term.post
    context = {
        "title": presenters.post_name(post),
        "handover": handover,
        "post": post,
        "groups": groups,
        "total": sum(len(group.items) for group in groups),
        "summary": summary(groups, handover),
        "facts": handover_facts(handover),
        "tone": HANDOVER_TONES[handover.status],
        "receiver_words": receiver_words,
        "form": form,
        "can_note": rules.can_note_handover(request.user, handover),
        "history": history_of(handover),
        "crumbs": [*crumbs(handover)[:-1], (presenters.post_name(post), "")],
        **_buttons(request, handover),
    }
    return viewkit.render(request, "network/handover_detail.html", context, status=status)


def _buttons(request: HttpRequest, handover: Handover) -> dict[str, bool]:
    """What this user may do with it now."""
    done = handover.status == HandoverStatus.DONE
    successor, new_term = handover.successor, handover.new_term
    can_edit = rules.can_edit_handover(request.user, handover)
    return {
        "can_edit": can_edit,
        "is_keeper": rules.is_keeper(request.user),
        "is_successor": done and successor is not None and successor.user_id == request.user.pk,
        "can_return": done and can_edit and queries.can_return(handover, today()),
        "role_lacking": done and new_term is not None and post_roles.lacks_role(new_term, today()),
    }


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def handover_choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the ticked pieces, or all of them, to somebody."""
    handover = loading.handover(request, public_id, to_edit=True)
    form = _give_form(request, handover, request.POST)
    if form.is_valid():
        values = form.cleaned_data
        choice = domain.Choice(Receiver(values["receiver"]), values["other_post"])
        try:
            if "all" in request.POST:
                domain.choose_for_all(handover=handover, choice=choice, actor=request.user)
            else:
                chosen = dict.fromkeys(form.pieces(), choice)
                domain.choose(handover=handover, choices=chosen, actor=request.user)
        except DomainError as error:
            form.add_error("receiver", str(error))
        else:
            return redirect(address(handover) + "#pieces")
    return _page(request, handover, form, status=422)


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def handover_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    handover = loading.handover(request, public_id, to_edit=True)
    names = ("last_day", "successor", "first_day", "mentor", "version")
    initial = {name: getattr(handover, name) for name in names}
    form = forms.HandoverForm(
        data_of(request), initial=initial, fixed=handover.term.valid_to is not None
    )

    def save(values: dict[str, Any]) -> str:
        domain.edit_handover(
            handover=handover, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return address(handover)

    return _form(request, handover, form, save, _("Days and people"))


@open_to(*EVERY_ROLE, methods=("GET", "POST"))
def handover_notes(request: HttpRequest, public_id: str) -> HttpResponse:
    handover = loading.handover(request, public_id)
    require(rules.can_note_handover(request.user, handover))
    form = forms.NotesForm(data_of(request), instance=handover)

    def save(values: dict[str, Any]) -> str:
        domain.write_notes(
            handover=handover, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return address(handover)

    return _form(request, handover, form, save, _("Notes for the successor"))


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def handover_finish(request: HttpRequest, public_id: str) -> HttpResponse:
    handover = loading.handover(request, public_id, to_edit=True)
    return act(
        request, address(handover),
        lambda: handing_over.finish_handover(
            handover=handover, actor=request.user, now=timezone.now(),
            may_give_roles=rules.is_keeper(request.user),
        ),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def handover_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    handover = loading.handover(request, public_id, to_edit=True)
    return act(
        request, address(handover),
        lambda: handing_over.undo_handover(
            handover=handover, actor=request.user, now=timezone.now()
        ),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def handover_return(request: HttpRequest, public_id: str) -> HttpResponse:
    """The post is held again: its work comes back."""
    handover = loading.handover(request, public_id, to_edit=True)
    return act(
        request, address(handover),
        lambda: handing_over.return_pieces(
            handover=handover, actor=request.user, now=timezone.now()
        ),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def handover_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    handover = loading.handover(request, public_id, to_edit=True)
    return act(
        request, address(handover),
        lambda: domain.cancel_handover(handover=handover, actor=request.user),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def handover_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    handover = loading.handover(request, public_id, to_edit=True)
    return act(
        request, address(handover),
        lambda: domain.reopen_handover(handover=handover, actor=request.user),
    )  # fmt: skip


@open_to(*EVERY_ROLE, methods=("POST",))
@require_POST
def handover_seen(request: HttpRequest, public_id: str) -> HttpResponse:
    """The successor has read it; of others it means nothing."""
    handover = loading.handover(request, public_id)
    if handover.successor is not None and handover.successor.user_id == request.user.pk:
        domain.mark_seen(handover=handover, actor=request.user, now=timezone.now())
    else:
        messages.info(request, _("Only the successor can say that it was read."))
    return viewkit.back(request, "/")


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def handover_role(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the successor's account the role that comes with the post."""
    handover = loading.handover(request, public_id, to_edit=True)
    given = domain.give_role(handover=handover, actor=request.user, today=today())
    if given:
        messages.success(request, _("The successor's account has the role now."))
    else:
        messages.info(request, _("There is no account, or it has the role already."))
    return redirect(address(handover))


def _form(
    request: HttpRequest, handover: Handover, form: Any, save: Any, title: str
) -> HttpResponse:
    return form_page(
        request, form, save=save, title=title, lead=presenters.post_name(handover.term.post),
        cancel=address(handover), crumbs=crumbs(handover),
    )  # fmt: skip
