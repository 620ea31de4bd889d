"""What members can lend, what alliances look for, and using it (S22, S100)."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.words import words_of
from buendnisnetz.network.enums import Contribution
from buendnisnetz.partnering import presenters, rules
from buendnisnetz.partnering.domain import bookings
from buendnisnetz.partnering.domain import resources as domain
from buendnisnetz.partnering.domain.queries import resources as queries
from buendnisnetz.partnering.forms import exchange as forms
from buendnisnetz.partnering.models import Booking, Resource
from buendnisnetz.partnering.views.editing import now
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import format_date, format_number, url
from buendnisnetz.ui.listing import Cell, Column, ListPage

_RESOURCE = Addressed(Resource, "organisation", "territory")
_LIST = "partnering:resource_list"


def amount_text(amount: int, unit: str) -> str:
    return f"{format_number(amount)} {unit}".strip()


def period_text(record: dict[str, Any]) -> str:
    first, last = record["valid_from"], record["valid_to"]
    if not first and not last:
        return _("always")
    return f"{format_date(first, '…')} – {format_date(last, '…')}"


@open_to(*rules.WORKERS)
class ResourceListView(ListPage):
    template = "partnering/resource_list.html"
    title = gettext_lazy("What members can lend")
    export_name = "ressourcen"
    filter_class = forms.LendableFilter
    default_sort = "title"
    columns = (
        Column("title", gettext_lazy("What"), ("search_key",)),
        Column("kind", gettext_lazy("Kind"), ("kind",)),
        Column("amount", gettext_lazy("Amount"), ("amount",), numeric=True),
        Column("kept", gettext_lazy("In use today"), ("kept",), numeric=True),
        Column("whose", gettext_lazy("Whose"), ("organisation__sort_key",)),
        Column("place", gettext_lazy("Where"), ("territory__sort_key",)),
        Column("period", gettext_lazy("Period"), ("valid_from",)),
        Column("conditions", gettext_lazy("Conditions"), export_only=True),
    )
    fields = (
        "public_id", "title", "kind", "amount", "unit", "kept", "organisation__name",
        "territory__short_name", "valid_from", "valid_to", "conditions",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return Resource.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"today": today()}

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.with_kept(queries.narrowed(rows, values, today()), today())

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["title"], url("partnering:resource_detail", record["public_id"])),
            Cell(words_of(Contribution)[record["kind"]]),
            Cell(amount_text(record["amount"], record["unit"])),
            Cell(format_number(record["kept"])),
            Cell(record["organisation__name"]),
            Cell(record["territory__short_name"] or "–"),
            Cell(period_text(record)),
            Cell(record["conditions"]),
        ]

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return {
            "can_create": access_of(user).has(*rules.LENDERS),
            "is_keeper": rules.is_keeper(user),
            "inside": rules.wins_partners(user),
        }


def _visible(request: HttpRequest, public_id: str) -> Resource:
    return _RESOURCE.found(request, public_id)


def _can_lend(request: HttpRequest, resource: Resource) -> bool:
    return queries.can_lend(request.user, resource.organisation_id)


def _editable(request: HttpRequest, public_id: str) -> Resource:
    resource = _visible(request, public_id)
    require(_can_lend(request, resource))
    return resource


def _address(resource: Resource) -> str:
    return url("partnering:resource_detail", resource.public_id)


def _crumbs(resource: Resource | None = None) -> list[tuple[str, str]]:
    own = [(resource.title, _address(resource))] if resource else []
    return [(_("What members can lend"), url(_LIST)), *own]


@open_to(*rules.WORKERS)
def resource_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What it is, whose, on which conditions, and who uses it when."""
    resource = _visible(request, public_id)
    context = {
        "title": resource.title,
        "resource": resource,
        "amount": amount_text(resource.amount, resource.unit),
        "free": resource.amount - bookings.most_at_once(resource, today(), today()),
        "bookings": queries.bookings_of(resource, request.user),
        "tones": presenters.INTRODUCTION_TONES,
        "can_edit": _can_lend(request, resource),
        "crumbs": [*_crumbs(), (resource.title, "")],
    }
    return viewkit.render(request, "partnering/resource_detail.html", context)


@open_to(*rules.LENDERS, methods=("GET", "POST"))
def resource_create(request: HttpRequest) -> HttpResponse:
    lenders = queries.lenders_for(request.user)
    only = None if rules.is_keeper(request.user) else lenders.order_by("sort_key").first()
    form = forms.NewResourceForm(
        request.POST or None, lenders=lenders, initial={"organisation": only}
    )

    def save(values: dict[str, Any]) -> str:
        made = domain.offer_resource(
            organisation=values["organisation"], actor=request.user, **form.facts()
        )
        return _address(made)

    return form_page(
        request, form, save=save, title=_("Note what can be lent"), cancel=url(_LIST),
        crumbs=_crumbs(),
        hint=_("Everyone who works in the network sees it. Your contact is passed on only after you agreed."),
    )  # fmt: skip


@open_to(*rules.LENDERS, methods=("GET", "POST"))
def resource_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    resource = _editable(request, public_id)
    initial = {name: getattr(resource, name) for name in forms.LendableForm.base_fields}
    form = forms.LendableForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        domain.edit_resource(
            resource=resource, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return _address(resource)

    return form_page(
        request, form, save=save, title=_("Edit"), lead=resource.title, cancel=_address(resource),
        crumbs=_crumbs(resource),
    )  # fmt: skip


@open_to(*rules.LENDERS, methods=("GET", "POST"))
def resource_end(request: HttpRequest, public_id: str) -> HttpResponse:
    resource = _editable(request, public_id)
    form = forms.EndForm(request.POST or None, initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_resource(resource=resource, actor=request.user, **values)
        return _address(resource)

    return form_page(
        request, form, save=save, title=_("No longer lent"), lead=resource.title,
        cancel=_address(resource), crumbs=_crumbs(resource),
    )  # fmt: skip


@open_to(*rules.LENDERS, methods=("POST",))
@require_POST
def resource_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    resource = _editable(request, public_id)
    return act(
        request, _address(resource),
        lambda: domain.reopen_resource(resource=resource, actor=request.user),
    )  # fmt: skip


@open_to(*rules.LENDERS, methods=("POST",))
@require_POST
def booking_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    rows = Booking.objects.visible_to(request.user)
    related = ("resource", "introduction__alliance")
    booking: Booking = get_object_or_404(rows.select_related(*related), public_id=public_id)
    require(rules.can_cancel(request.user, booking))
    return act(
        request, _address(booking.resource),
        lambda: bookings.cancel_booking(booking=booking, actor=request.user, now=now()),
    )  # fmt: skip
