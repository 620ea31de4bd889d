"""What alliances and working groups look for, what fits, and asking for it (S22, S100)."""

from collections.abc import Hashable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to, require
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.words import words_of
from buendnisnetz.network.enums import Contribution
from buendnisnetz.network.rules import can_edit_group
from buendnisnetz.partnering import rules
from buendnisnetz.partnering.domain import bookings, letters
from buendnisnetz.partnering.domain import resources as domain
from buendnisnetz.partnering.domain.introduction_mails import name_of
from buendnisnetz.partnering.domain.posts import contact_of
from buendnisnetz.partnering.domain.queries import resources as queries
from buendnisnetz.partnering.enums import LetterKind
from buendnisnetz.partnering.forms import exchange as forms
from buendnisnetz.partnering.models import Resource, ResourceWish
from buendnisnetz.partnering.views.editing import now
from buendnisnetz.partnering.views.resources import amount_text, period_text
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import url
from buendnisnetz.ui.listing import Cell, Column, ListPage

_LIST = "partnering:wish_list"


@open_to(*rules.WORKERS)
class WishListView(ListPage):
    template = "partnering/wish_list.html"
    title = gettext_lazy("What is looked for")
    export_name = "gesuche"
    filter_class = forms.LendableFilter
    default_sort = "title"
    columns = (
        Column("title", gettext_lazy("What"), ("search_key",)),
        Column("kind", gettext_lazy("Kind"), ("kind",)),
        Column("amount", gettext_lazy("Amount"), ("amount",), numeric=True),
        Column("who", gettext_lazy("For whom"), ("alliance__sort_key", "working_group__sort_key")),
        Column("place", gettext_lazy("Where"), ("territory__sort_key",)),
        Column("period", gettext_lazy("Period"), ("valid_from",)),
        Column("result", gettext_lazy("What came of it"), ("closed_on",)),
    )
    fields = (
        "public_id", "title", "kind", "amount", "unit", "alliance__name", "working_group__name",
        "territory__short_name", "valid_from", "valid_to", "closed_on", "result",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return ResourceWish.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"today": today()}

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        found_rows = queries.narrowed(rows, values, today())
        return found_rows if values.get("ended") else found_rows.filter(closed_on=None)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        closed = record["closed_on"] is not None
        return [
            Cell(record["title"], url("partnering:wish_detail", record["public_id"])),
            Cell(words_of(Contribution)[record["kind"]]),
            Cell(amount_text(record["amount"], record["unit"])),
            Cell(record["alliance__name"] or record["working_group__name"]),
            Cell(record["territory__short_name"]),
            Cell(period_text(record)),
            Cell(record["result"] or _("closed"), tone="success")
            if closed
            else Cell(_("open"), tone="info"),
        ]

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return {"can_create": rules.wins_partners(user), "is_keeper": rules.is_keeper(user)}


def _visible(request: HttpRequest, public_id: str) -> ResourceWish:
    return _WISH.found(request, public_id)


_WISH = Addressed(ResourceWish, "alliance", "working_group__alliance", "territory")
_RESOURCE = Addressed(Resource, "organisation")


def _own(request: HttpRequest, wish: ResourceWish) -> bool:
    if wish.working_group is not None:
        return can_edit_group(request.user, wish.working_group)
    return rules.can_work_for(request.user, wish.alliance)


def _editable(request: HttpRequest, public_id: str) -> ResourceWish:
    wish = _visible(request, public_id)
    require(_own(request, wish))
    return wish


def _address(wish: ResourceWish) -> str:
    return url("partnering:wish_detail", wish.public_id)


def _crumbs(wish: ResourceWish | None = None) -> list[tuple[str, str]]:
    return [
        (_("What is looked for"), url(_LIST)),
        *([(wish.title, _address(wish))] if wish else []),
    ]


@open_to(*rules.WORKERS)
def wish_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is looked for, and what fits: the nearest first, each with reasons."""
    wish = _visible(request, public_id)
    matches = queries.matches_for(wish, today()) if wish.closed_on is None else []
    context = {
        "title": wish.title,
        "wish": wish,
        "amount": amount_text(wish.amount, wish.unit),
        "matches": [(match, amount_text(match.free, match.unit)) for match in matches],
        "can_edit": _own(request, wish),
        "crumbs": [*_crumbs(), (wish.title, "")],
    }
    return viewkit.render(request, "partnering/wish_detail.html", context)


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def wish_create(request: HttpRequest) -> HttpResponse:
    form = forms.NewWishForm(
        request.POST or None,
        alliances=queries.wishing_alliances(request.user),
        groups=queries.wishing_groups(request.user, today()),
    )

    def save(values: dict[str, Any]) -> str:
        side = {name: values[name] for name in ("alliance", "working_group")}
        return _address(domain.wish_for(actor=request.user, **side, **form.facts()))

    return form_page(
        request, form, save=save, title=_("Look for something"), cancel=url(_LIST), crumbs=_crumbs()
    )


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def wish_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    wish = _editable(request, public_id)
    initial = {name: getattr(wish, name) for name in forms.WishForm.base_fields}
    form = forms.WishForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        domain.edit_wish(
            wish=wish, version=values["version"] or 0, actor=request.user, **form.facts()
        )
        return _address(wish)

    return form_page(
        request, form, save=save, title=_("Edit"), lead=wish.title, cancel=_address(wish),
        crumbs=_crumbs(wish),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def wish_close(request: HttpRequest, public_id: str) -> HttpResponse:
    wish = _editable(request, public_id)
    form = forms.CloseForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        domain.close_wish(wish=wish, actor=request.user, today=today(), **values)
        return _address(wish)

    return form_page(
        request, form, save=save, title=_("No longer looked for"), lead=wish.title,
        cancel=_address(wish), crumbs=_crumbs(wish),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def wish_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    wish = _editable(request, public_id)
    return act(request, _address(wish), lambda: domain.reopen_wish(wish=wish, actor=request.user))


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def booking_create(request: HttpRequest, public_id: str, resource_id: str) -> HttpResponse:
    """Ask for part of a resource: both sides get a letter, and the amount is kept until they answer."""
    wish = _editable(request, public_id)
    resource = _RESOURCE.found(request, resource_id)
    first_day = max(wish.valid_from or today(), today())
    form = forms.BookingForm(
        request.POST or None,
        initial={
            "amount": wish.amount,
            "first_day": first_day,
            "last_day": wish.valid_to or first_day,
        },
    )

    def save(values: dict[str, Any]) -> str:
        made = bookings.book(
            resource=resource, wish=wish, letter=_letter(resource, wish), actor=request.user,
            now=now(), **values,
        )  # fmt: skip
        return url("partnering:introduction_detail", made.introduction.public_id)

    return form_page(
        request, form, save=save, title=_("Ask for: %(what)s") % {"what": resource.title},
        lead=resource.organisation.name, cancel=_address(wish), crumbs=_crumbs(wish),
        submit=_("Ask both sides"),
        hint=_("Both sides get a letter with a link. Contacts are passed on when both agreed."),
    )  # fmt: skip


def _letter(resource: Resource, wish: ResourceWish) -> letters.Letter:
    """The letter of an introduction, about this wish and this resource."""
    side = wish.working_group or wish.alliance
    borrower = contact_of(side, today()) if side else None
    lender = contact_of(resource.organisation, today())
    values = {
        "first": name_of(borrower) if borrower else str(side),
        "second": name_of(lender) if lender else resource.organisation.name,
        "reason": _("“%(wish)s” and “%(resource)s” fit together")
        % {"wish": wish.title, "resource": resource.title},
    }
    return letters.filled(letters.letter(LetterKind.INTRODUCTION), values)
