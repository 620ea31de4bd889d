"""A person's page and its forms; for roles only."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import EVERY_ROLE, KEEPERS, open_to, require
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.network import presenters, rules
from buendnisnetz.network.domain import erasure
from buendnisnetz.network.domain import people as domain
from buendnisnetz.network.domain.queries import holders
from buendnisnetz.network.domain.queries.people import export_person
from buendnisnetz.network.domain.removal import remove_if_unused
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.forms import people as forms
from buendnisnetz.network.forms.organisations import AliasForm
from buendnisnetz.network.models import Consent, Person
from buendnisnetz.network.views import details, loading
from buendnisnetz.network.views.editing import asked_day
from buendnisnetz.ui.editing import act, data_of, form_page, today
from buendnisnetz.ui.jinja import url

_CONSENTS = Question(
    lambda: Consent.objects.filter(person=Slot("person")).order_by("-given_on", "-pk")
)


@open_to(*EVERY_ROLE)
def person_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who somebody is, with all terms through time."""
    try:
        person = loading.person(request, public_id)
    except Http404:
        return redirect(loading.moved_to(request, Person, public_id))
    day = asked_day(request)
    keeper = rules.is_keeper(request.user)
    terms = holders.terms_of(person, request.user)
    context: dict[str, Any] = {
        "terms": [(term, term.holds_on(day)) for term in terms],
        "consents": _CONSENTS.rows(person=person.pk) if keeper else [],
        "is_keeper": keeper,
        "can_export": rules.can_export_person(request.user, person),
    }
    return details.page(request, person, context)


@open_to(*EVERY_ROLE)
def person_history(request: HttpRequest, public_id: str) -> HttpResponse:
    person = loading.person(request, public_id)
    terms = holders.terms_of(person, request.user)
    merged = [Person(pk=row.old_key) for row in person.moved_here.all()]
    return details.history_page(request, person, [*terms, *merged])


@open_to(*rules.ALLIANCE_EDITORS, methods=("GET", "POST"))
def person_create(request: HttpRequest) -> HttpResponse:
    form = forms.PersonForm(data_of(request), user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        person = domain.create_person(actor=request.user, **form.facts())
        # Whoever is not a keeper sees a person only with a post, so goes on to choose one.
        if rules.is_keeper(request.user):
            return details.address(person)
        return url("network:alliance_list")

    return form_page(
        request, form, save=save, title=_("Add a person"), cancel=url("network:person_list"),
        crumbs=[(_("People"), url("network:person_list"))],
        lead=_("Please tell the person that the name is kept here, and why."),
    )  # fmt: skip


@open_to(*KEEPERS, methods=("GET", "POST"))
def person_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    person = loading.person(request, public_id, to_edit=True)
    form = forms.PersonForm(data_of(request), instance=person, user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        domain.edit_person(
            person=person, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return details.address(person)

    return _form(request, person, form, save, _("Edit person"))


@open_to(*KEEPERS, methods=("GET", "POST"))
def person_alias_add(request: HttpRequest, public_id: str) -> HttpResponse:
    person = loading.person(request, public_id, to_edit=True)
    form = AliasForm(data_of(request))

    def save(values: dict[str, Any]) -> str:
        domain.add_alias(person=person, name=values["name"], actor=request.user)
        return details.address(person)

    return _form(request, person, form, save, _("Add another spelling"))


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def person_alias_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    person = loading.person(request, public_id, to_edit=True)
    name = request.POST.get("name", "")
    return act(
        request, details.address(person),
        lambda: domain.remove_alias(person=person, name=name, actor=request.user),
    )  # fmt: skip


@open_to(*KEEPERS, methods=("GET", "POST"))
def consent_give(request: HttpRequest, public_id: str) -> HttpResponse:
    person = loading.person(request, public_id, to_edit=True)
    form = forms.ConsentForm(data_of(request), initial={"on": today()})

    def save(values: dict[str, Any]) -> str:
        kind = ConsentKind(values.pop("kind"))
        domain.give_consent(person=person, kind=kind, actor=request.user, **values)
        return details.address(person)

    return _form(request, person, form, save, _("Record a consent"))


@open_to(*KEEPERS, methods=("GET", "POST"))
def consent_withdraw(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    person = loading.person(request, public_id, to_edit=True)
    if kind not in ConsentKind.values:
        raise Http404
    form = forms.WithdrawForm(data_of(request), initial={"on": today()})

    def save(values: dict[str, Any]) -> str:
        domain.withdraw_consent(
            person=person, kind=ConsentKind(kind), on=values["on"], actor=request.user
        )
        return details.address(person)

    return _form(request, person, form, save, _("Withdraw a consent"))


@open_to(*KEEPERS, methods=("GET", "POST"))
def person_link(request: HttpRequest, public_id: str) -> HttpResponse:
    person = loading.person(request, public_id, to_edit=True)
    form = forms.LinkForm(data_of(request), initial={"user": person.user})

    def save(values: dict[str, Any]) -> str:
        domain.link_user(person=person, user=values["user"], actor=request.user)
        return details.address(person)

    return _form(request, person, form, save, _("Link an account"))


@open_to(*KEEPERS, methods=("GET", "POST"))
def person_erase(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks for the name before it is removed for good."""
    person = loading.person(request, public_id, to_edit=True)
    form = forms.EraseForm(data_of(request), expected=person.family_name)

    def save(values: dict[str, Any]) -> str:
        erasure.erase_person(person=person, actor=request.user, now=timezone.now())
        return url("network:person_list")

    danger = _(
        "Name, other spellings, contact, notes and account are removed everywhere, also from the "
        "history and from texts. Terms stay without the name. This cannot be undone."
    )
    return form_page(
        request, form, save=save, title=_("Remove the name for good"), lead=person.full_name(),
        cancel=details.address(person), crumbs=details.crumbs(person), danger=danger,
        submit=_("Remove for good"),
    )  # fmt: skip


@open_to(*EVERY_ROLE)
def person_export(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that is stored about a person, for the person or whoever answers for it."""
    person = loading.person(request, public_id)
    require(rules.can_export_person(request.user, person))
    data = export_person(person=person)
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return details.download(text, "application/json", f"person-{person.public_id}.json")


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def person_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo of adding, only while nothing refers to the person."""
    person = loading.person(request, public_id, to_edit=True)
    remove_if_unused(row=person, actor=request.user)
    return redirect("network:person_list")


@open_to(*EVERY_ROLE)
def person_card(request: HttpRequest, public_id: str) -> HttpResponse:
    person = loading.person(request, public_id)
    roles = holders.roles_on([person.pk], today(), request.user).get(person.pk, [])
    text = presenters.person_vcard(person, [(role.title, role.scope) for role in roles])
    return details.download(text, "text/vcard", f"{person.public_id}.vcf")


def _form(request: HttpRequest, person: Person, form: Any, save: Any, title: str) -> HttpResponse:
    return form_page(
        request, form, save=save, title=title, lead=person.full_name(),
        cancel=details.address(person), crumbs=details.crumbs(person),
    )  # fmt: skip
