"""A post's page: who held it when, and its forms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import EVERY_ROLE, open_to
from buendnisnetz.network import presenters, rules
from buendnisnetz.network.domain import posts as domain
from buendnisnetz.network.domain.charges import charges_of
from buendnisnetz.network.domain.queries import holders
from buendnisnetz.network.domain.queries.handovers import handovers_of
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.enums import SHARED_KINDS
from buendnisnetz.network.forms import posts as forms
from buendnisnetz.network.models import Alliance, Organisation, Post, WorkingGroup
from buendnisnetz.network.views import details, loading
from buendnisnetz.network.views.editing import asked_day
from buendnisnetz.ui.editing import act, data_of, form_page, today
from buendnisnetz.ui.jinja import url


@open_to(public=True)
def post_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The post's address, and the answer to "who held this post on ...?"."""
    post = loading.post(request, public_id)
    day = asked_day(request)
    terms = holders.terms_through_time(post, request.user)
    through_time = sorted(terms, key=lambda term: term.valid_from or day.min, reverse=True)
    scope = post.organisation or post.alliance or post.working_group
    context: dict[str, Any] = {
        "facts": presenters.post_facts(post),
        "scope_address": details.address(scope) if scope else "",
        "terms": [(term, term.holds_on(day)) for term in through_time],
        "holders": [term for term in through_time if term.holds_on(day)],
        "names_shown": rules.can_see_people(request.user),
        "charges": charges_of(post),
        "handovers": handovers_of(post, request.user),
        "can_edit": rules.can_edit_post(request.user, post),
    }
    return details.page(request, post, context, _("Who held this post on"))


@open_to(*EVERY_ROLE)
def post_history(request: HttpRequest, public_id: str) -> HttpResponse:
    post = loading.post(request, public_id)
    return details.history_page(request, post, holders.parts_of_post(post))


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def post_create(request: HttpRequest, scope: str, public_id: str) -> HttpResponse:
    owner = loading.scope(request, scope, public_id)
    form = forms.PostForm(data_of(request), user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        facts = form.facts()
        facts["is_shared"] = facts["is_shared"] or facts["kind"] in SHARED_KINDS
        return details.address(domain.create_post(scope=owner, actor=request.user, **facts))

    known = isinstance(owner, Alliance | Organisation | WorkingGroup)
    back = details.address(owner) if known else url("network:post_list")
    crumbs = (
        details.crumbs(owner) if known else [(_("Contacts and posts"), url("network:post_list"))]
    )
    return form_page(
        request, form, save=save, title=_("Add a post"), lead=owner.name, cancel=back, crumbs=crumbs
    )


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def post_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    post = loading.post(request, public_id, to_edit=True)
    form = forms.PostForm(data_of(request), instance=post, user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        domain.edit_post(
            post=post, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return details.address(post)

    return _form(request, post, form, save, _("Edit post"))


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def post_end(request: HttpRequest, public_id: str) -> HttpResponse:
    post = loading.post(request, public_id, to_edit=True)
    form = forms.EndForm(data_of(request), initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_post(post=post, last_day=values["last_day"], actor=request.user)
        return details.address(post)

    return _form(request, post, form, save, _("End post"))


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def post_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    post = loading.post(request, public_id, to_edit=True)
    return act(
        request, details.address(post), lambda: domain.reopen_post(post=post, actor=request.user)
    )


@open_to(*rules.EDITORS, methods=("GET", "POST"))
def post_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    post = loading.post(request, public_id, to_edit=True)
    form = forms.ConfirmForm(data_of(request), initial={"on": today()})

    def save(values: dict[str, Any]) -> str:
        domain.confirm_post(post=post, on=values["on"], actor=request.user, today=today())
        return details.address(post)

    return _form(request, post, form, save, _("Confirm post"))


@open_to(*rules.EDITORS, methods=("POST",))
@require_POST
def post_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo of adding, only while nothing refers to the post."""
    post = loading.post(request, public_id, to_edit=True)
    remove_if_unused(row=post, actor=request.user)
    return redirect("network:post_list")


@open_to(public=True)
def post_card(request: HttpRequest, public_id: str) -> HttpResponse:
    post = loading.post(request, public_id)
    names = holders.names_of_holders([post.pk], today(), request.user).get(post.pk, "")
    text = presenters.post_vcard(post, [name for name in names.split(", ") if name])
    return details.download(text, "text/vcard", f"{post.public_id}.vcf")


def _form(request: HttpRequest, post: Post, form: Any, save: Any, title: str) -> HttpResponse:
    return form_page(
        request, form, save=save, title=title, lead=presenters.post_name(post),
        cancel=details.address(post), crumbs=details.crumbs(post),
    )  # fmt: skip
