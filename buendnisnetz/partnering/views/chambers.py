"""Who answers at which chamber for which district, advice offices, and the first letter (S113, S114)."""

from collections.abc import Hashable
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.text import sort_key
from buendnisnetz.core.words import words_of
from buendnisnetz.network.models import Alliance
from buendnisnetz.network.rules import can_edit_alliance
from buendnisnetz.partnering import rules
from buendnisnetz.partnering.domain import chambers as domain
from buendnisnetz.partnering.domain.queries.contacts import chamber_contacts
from buendnisnetz.partnering.domain.topics import labels_of
from buendnisnetz.partnering.enums import ContactPointKind
from buendnisnetz.partnering.forms import introductions as forms
from buendnisnetz.partnering.forms.exchange import EndForm
from buendnisnetz.partnering.models import ContactPoint
from buendnisnetz.partnering.views.editing import go_on, now
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.territories.models import Chamber, ChamberDistrict
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.listing import Cell, Column, ListPage

_LIST = "partnering:chamber_list"


_POINTS = Visible(
    lambda user: (
        ContactPoint.objects.visible_to(user)
        .filter(valid_to=None)
        .select_related("post__organisation", "district")
        .order_by("kind", "post__scope_sort_key", "pk")
        .only(
            "public_id", "kind", "topics", "offer", "district__name", "post__public_id",
            "post__title", "post__scope_name", "post__organisation__kind",
        )
    )
)  # fmt: skip


@open_to(*rules.WITH_CHAMBERS)
class ChamberListView(ListPage):
    """For each district the IHK and the HWK and whom to ask there; "open" where nobody is known."""

    template = "partnering/chamber_list.html"
    title = gettext_lazy("Contacts at the chambers")
    export_name = "kammerkontakte"
    filter_class = forms.ContactFilter
    default_sort = "district"
    counted_at_once = True
    reckoned = True
    columns = (
        Column("district", gettext_lazy("District"), ("territory__sort_key", "-kind")),
        Column("chamber", gettext_lazy("Chamber"), ("chamber__name", "territory__sort_key")),
        Column("contact", gettext_lazy("Contact")),
        Column("topics", gettext_lazy("Topics")),
        Column("email", gettext_lazy("E-mail address")),
        Column("phone", gettext_lazy("Phone"), export_only=True),
        Column("kind", gettext_lazy("Kind"), export_only=True),
    )
    fields = (
        "territory",
        "territory__short_name",
        "territory__ags",
        "chamber",
        "chamber__name",
        "kind",
    )

    def queryset(self) -> QuerySet[Any]:
        return ChamberDistrict.objects.as_of(today())

    def shape(self) -> Hashable:
        # For open ones the contacts are asked for before.
        return None if self.request.GET.get("open") else today()

    def filter_kwargs(self) -> dict[str, Any]:
        return {"today": today()}

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        if values.get("kind"):
            rows = rows.filter(kind=values["kind"])
        if values.get("district"):
            rows = rows.filter(territory__ags=values["district"])
        if values.get("open"):
            # Few rows in all: the districts of the chambers of a state.
            pairs = list(rows.values_list("pk", "chamber", "territory"))
            known = chamber_contacts({row[1] for row in pairs}, {row[2] for row in pairs}, today())
            rows = rows.exclude(pk__in=[pk for pk, *pair in pairs if tuple(pair) in known])
        return rows

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(
            Q(territory__sort_key__contains=sort_key(typed)) | Q(chamber__name__icontains=typed)
        )

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        contacts = chamber_contacts(
            {row["chamber"] for row in records}, {row["territory"] for row in records}, today()
        )
        return [
            {**row, "contacts": contacts.get((row["chamber"], row["territory"]), [])}
            for row in records
        ]

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        contacts = record["contacts"]
        first = contacts[0] if contacts else None
        more = ", ".join(contact.title for contact in contacts[1:])
        return [
            Cell(record["territory__short_name"]),
            Cell(record["chamber__name"]),
            Cell(first.title, url("network:post_detail", first.public_id), note=more)
            if first
            else Cell(_("open"), tone="warning"),
            Cell(labels_of(first.topics) if first else ""),
            Cell(first.email if first else ""),
            Cell(first.phone if first else ""),
            Cell(words_of(ChamberKind)[record["kind"]]),
        ]

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return {
            "points": [
                (
                    row,
                    words_of(ContactPointKind)[row.kind],
                    labels_of(row.topics),
                    rules.can_edit_contact_point(user, row),
                )
                for row in _POINTS.to(user)
            ],
            "is_keeper": rules.is_keeper(user),
            "inside": rules.wins_partners(user),
        }


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Contacts at the chambers"), url(_LIST))]


@open_to(*rules.WITH_CHAMBERS, methods=("GET", "POST"))
def contact_point_create(request: HttpRequest) -> HttpResponse:
    require(rules.is_keeper(request.user) or not rules.wins_partners(request.user))
    kinds = rules.contact_kinds(request.user)
    form = forms.ContactPointForm(request.POST or None, kinds=kinds)

    def save(values: dict[str, Any]) -> str:
        require(rules.can_edit_contact_points(request.user, values["post"]))
        kind = ContactPointKind(values.pop("kind"))
        domain.add_contact_point(kind=kind, actor=request.user, today=today(), **values)
        return url(_LIST)

    return form_page(
        request, form, save=save, title=_("Note who answers"), cancel=url(_LIST), crumbs=_crumbs(),
        hint=_("The post itself, its address and who holds it are kept on the page of the organisation."),
    )  # fmt: skip


def _editable(request: HttpRequest, public_id: str) -> ContactPoint:
    rows = ContactPoint.objects.visible_to(request.user)
    related = ("post__organisation", "district")
    point: ContactPoint = get_object_or_404(rows.select_related(*related), public_id=public_id)
    require(rules.can_edit_contact_point(request.user, point))
    return point


@open_to(*rules.WITH_CHAMBERS, methods=("GET", "POST"))
def contact_point_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    point = _editable(request, public_id)
    initial = {"topics": point.topics, "offer": point.offer}
    form = forms.EditContactPointForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        domain.edit_contact_point(point=point, actor=request.user, **values)
        return url(_LIST)

    return form_page(
        request, form, save=save, title=_("Edit"), lead=point.post.title_and_scope(),
        cancel=url(_LIST), crumbs=_crumbs(),
    )  # fmt: skip


@open_to(*rules.WITH_CHAMBERS, methods=("GET", "POST"))
def contact_point_end(request: HttpRequest, public_id: str) -> HttpResponse:
    point = _editable(request, public_id)
    form = EndForm(request.POST or None, initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_contact_point(point=point, actor=request.user, **values)
        return url(_LIST)

    return form_page(
        request, form, save=save, title=_("No longer answers"), lead=point.post.title_and_scope(),
        cancel=url(_LIST), crumbs=_crumbs(),
    )  # fmt: skip


@open_to(*rules.WITH_CHAMBERS, methods=("POST",))
@require_POST
def contact_point_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    point = _editable(request, public_id)
    return act(
        request, url(_LIST),
        lambda: domain.reopen_contact_point(point=point, actor=request.user),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def first_contact_create(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One click: the first letter to a chamber becomes a task of the alliance, once. Without script
    the same address shows the letter and asks."""
    rows = Alliance.objects.visible_to(request.user)
    alliance: Alliance = get_object_or_404(rows, slug=slug)
    require(can_edit_alliance(request.user, alliance))
    chamber = get_object_or_404(Chamber, public_id=public_id)
    target = url("network:alliance_detail", slug)
    if request.method == "POST":
        return go_on(request, _planned(request, alliance, chamber) or target)
    words = domain.first_letter(alliance=alliance, chamber=chamber, today=today())
    title = _("First letter to a chamber")
    context = {
        "title": title,
        "chamber": chamber,
        "letter": words,
        "cancel": target,
        "crumbs": [(alliance.name, target), (title, "")],
    }
    return viewkit.render(request, "partnering/first_contact.html", context)


def _planned(request: HttpRequest, alliance: Alliance, chamber: Chamber) -> str:
    """The address of the task that was made; empty if a rule said no, which is shown then."""
    try:
        made = domain.plan_first_contact(
            alliance=alliance, chamber=chamber, actor=request.user, now=now()
        )
    except DomainError as error:
        messages.error(request, str(error))
        return ""
    return url("tasks:task_detail", made.task.public_id)
