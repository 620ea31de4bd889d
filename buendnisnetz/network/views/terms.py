"""Terms: begin, end, correct, take back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.network import presenters, rules
from buendnisnetz.network.domain import terms as domain
from buendnisnetz.network.domain.queries.holders import holders_on
from buendnisnetz.network.forms import posts as forms
from buendnisnetz.network.models import Term
from buendnisnetz.network.views import details, loading
from buendnisnetz.ui.editing import act, data_of, form_page, today


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def term_begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a post to somebody; the present holder's term can end with it."""
    post = loading.post(request, public_id, to_edit=True)
    present = next((term for term in holders_on(post, today()) if term.exclusive), None)
    form = forms.BeginTermForm(
        data_of(request), has_holder=present is not None, initial={"valid_from": today()}
    )

    def save(values: dict[str, Any]) -> str:
        predecessor = present if values.pop("end_present", False) else None
        domain.hand_over(post=post, predecessor=predecessor, actor=request.user, **values)
        return details.address(post)

    lead = presenters.post_name(post)
    if present is not None:
        lead = _("%(post)s. Held now by %(name)s.") % {
            "post": lead, "name": present.person.titled_name(),
        }  # fmt: skip
    return form_page(
        request, form, save=save, title=_("Begin a term"), lead=lead,
        cancel=details.address(post), crumbs=details.crumbs(post),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def term_end(request: HttpRequest, public_id: str) -> HttpResponse:
    term = loading.term(request, public_id)
    form = forms.EndForm(data_of(request), initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_term(term=term, last_day=values["last_day"], actor=request.user)
        return details.address(term.post)

    return _form(request, term, form, save, _("End term"))


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def term_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    term = loading.term(request, public_id)
    form = forms.TermForm(data_of(request), instance=term)

    def save(values: dict[str, Any]) -> str:
        domain.correct_term(
            term=term, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return details.address(term.post)

    return _form(request, term, form, save, _("Correct term"))


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def term_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    term = loading.term(request, public_id)
    return act(
        request, details.address(term.post),
        lambda: domain.reopen_term(term=term, actor=request.user),
    )  # fmt: skip


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def term_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes back a term that never was; one that was is ended instead."""
    term = loading.term(request, public_id)
    return act(
        request, details.address(term.post),
        lambda: domain.remove_term(term=term, actor=request.user),
    )  # fmt: skip


def _form(request: HttpRequest, term: Term, form: Any, save: Any, title: str) -> HttpResponse:
    lead = presenters.one_line((term.person.full_name(), presenters.post_name(term.post)), ": ")
    return form_page(
        request, form, save=save, title=title, lead=lead, cancel=details.address(term.post),
        crumbs=details.crumbs(term.post),
    )  # fmt: skip
