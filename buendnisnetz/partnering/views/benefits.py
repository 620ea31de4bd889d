"""Statements of benefit, examples of good practice, and the sheet that an alliance hands out."""

from collections.abc import Hashable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import KEEPERS, open_to
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core import ratelimit
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.words import words_of
from buendnisnetz.network.models import Alliance
from buendnisnetz.partnering.domain import benefits as domain
from buendnisnetz.partnering.domain.queries import benefits as queries
from buendnisnetz.partnering.domain.queries.sheet import sheet_of
from buendnisnetz.partnering.enums import Audience, PlaceSize, PracticeField
from buendnisnetz.partnering.forms import benefits as forms
from buendnisnetz.partnering.forms.join import QuestionForm
from buendnisnetz.partnering.models import Benefit, PracticeCard
from buendnisnetz.partnering.rules import is_keeper
from buendnisnetz.partnering.views.editing import now
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage
from buendnisnetz.ui.pdf import paper

_BENEFIT = Addressed(Benefit)
_CARD = Addressed(PracticeCard, "territory", "contact")
_QUESTIONS_AN_HOUR = 5


@open_to(public=True)
class BenefitListView(ListPage):
    """What whom gains from an alliance; every statement with its source (S24)."""

    template = "partnering/benefit_list.html"
    title = gettext_lazy("What others gain")
    export_name = "nutzen"
    filter_class = forms.BenefitFilter
    default_sort = "audience"
    columns = (
        Column("claim", gettext_lazy("Benefit"), ("search_key",)),
        Column("audience", gettext_lazy("For whom"), ("audience", "search_key")),
        Column("evidence", gettext_lazy("What shows it")),
        Column("source", gettext_lazy("Source"), ("source_title",)),
        Column("checked", gettext_lazy("Checked on"), ("checked_on",)),
        Column("example", gettext_lazy("Example"), export_only=True),
        Column("url", gettext_lazy("Address of the source"), export_only=True),
    )
    fields = (
        "public_id", "claim", "audience", "evidence", "example", "source_title", "source_url",
        "checked_on", "is_published",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return Benefit.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.narrowed(rows, values, today())

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        old = domain.is_outdated(record["checked_on"], today())
        draft = _("not yet published") if not record["is_published"] else ""
        return [
            Cell(
                record["claim"], url("partnering:benefit_detail", record["public_id"]), note=draft
            ),
            Cell(words_of(Audience)[record["audience"]]),
            Cell(record["evidence"], note=record["example"]),
            Cell(record["source_title"] or "–"),
            Cell(
                format_date(record["checked_on"]),
                note=_("older than 12 months") if old else "",
            ),
            Cell(record["example"]),
            Cell(record["source_url"]),
        ]

    def context(self) -> dict[str, Any]:
        return {"is_keeper": is_keeper(self.request.user)}


@open_to(*KEEPERS)
class BenefitWorkListView(BenefitListView):
    """The same for whoever keeps them: drafts, and those whose source is to be checked again."""

    title = gettext_lazy("Statements of benefit")
    export_name = "nutzenaussagen"
    template = "partnering/benefit_work_list.html"
    filter_class = forms.KeeperBenefitFilter


@open_to(public=True)
def benefit_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    benefit = _BENEFIT.found(request, public_id)
    context = {
        "title": benefit.claim,
        "benefit": benefit,
        "outdated": domain.is_outdated(benefit.checked_on, today()),
        "is_keeper": is_keeper(request.user),
        "crumbs": [(_("What others gain"), url("partnering:benefit_list")), (benefit.claim, "")],
    }
    return viewkit.render(request, "partnering/benefit_detail.html", context)


def _benefit_form(request: HttpRequest, form: Any, save: Any, title: str) -> HttpResponse:
    return form_page(
        request, form, save=save, title=title, cancel=url("partnering:benefit_work_list"),
        crumbs=[(_("Statements of benefit"), url("partnering:benefit_work_list"))],
        hint=_("Without evidence and a source it stays a draft that only you see."),
    )  # fmt: skip


@open_to(*KEEPERS, methods=("GET", "POST"))
def benefit_create(request: HttpRequest) -> HttpResponse:
    form = forms.BenefitForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        made = domain.create_benefit(actor=request.user, today=today(), **form.facts())
        return url("partnering:benefit_detail", made.public_id)

    return _benefit_form(request, form, save, _("Write a statement of benefit"))


@open_to(*KEEPERS, methods=("GET", "POST"))
def benefit_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    benefit = _BENEFIT.found(request, public_id)
    form = forms.BenefitForm(request.POST or None, instance=benefit)

    def save(values: dict[str, Any]) -> str:
        domain.edit_benefit(
            benefit=benefit, version=values["version"] or 0, actor=request.user, today=today(),
            **form.facts(),
        )  # fmt: skip
        return url("partnering:benefit_detail", public_id)

    return _benefit_form(request, form, save, _("Edit"))


@open_to(*KEEPERS, methods=("POST",))
@require_POST
def benefit_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """The source was looked at today and still says so."""
    benefit = _BENEFIT.found(request, public_id)
    return act(
        request, url("partnering:benefit_detail", public_id),
        lambda: domain.confirm_source(benefit=benefit, actor=request.user, today=today()),
    )  # fmt: skip


@open_to(public=True)
class PracticeListView(ListPage):
    """Examples that others can take over, by field and size of the place (S88)."""

    template = "partnering/practice_list.html"
    title = gettext_lazy("Examples of good practice")
    export_name = "beispiele"
    filter_class = forms.PracticeFilter
    default_sort = "title"
    columns = (
        Column("title", gettext_lazy("Example"), ("search_key",)),
        Column("field", gettext_lazy("Field"), ("field",)),
        Column("place", gettext_lazy("Where"), ("territory__sort_key",)),
        Column("size", gettext_lazy("Size of the place"), ("place_size",)),
        Column("effect", gettext_lazy("Effect"), export_only=True),
        Column("cost", gettext_lazy("Cost and effort"), export_only=True),
    )
    fields = (
        "public_id", "title", "field", "place_size", "territory__short_name", "problem", "effect",
        "cost", "is_published",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return PracticeCard.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"today": today()}

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return queries.practice_narrowed(rows, values)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        size = record["place_size"]
        return [
            Cell(
                record["title"],
                url("partnering:practice_detail", record["public_id"]),
                note="" if record["is_published"] else _("not yet published"),
            ),
            Cell(words_of(PracticeField)[record["field"]]),
            Cell(record["territory__short_name"] or "–"),
            Cell(words_of(PlaceSize)[size] if size else "–"),
            Cell(record["effect"]),
            Cell(record["cost"]),
        ]

    def context(self) -> dict[str, Any]:
        return {"is_keeper": is_keeper(self.request.user)}


@open_to(public=True, methods=("GET", "POST"))
def practice_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """An example, with a form to ask whoever answers for it."""
    card = _CARD.found(request, public_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, card, form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("partnering:practice_asked")
    context = {
        "title": card.title,
        "card": card,
        "form": form,
        "is_keeper": is_keeper(request.user),
        "crumbs": [(_("Examples of good practice"), url("partnering:practice_list")), (card.title, "")],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return viewkit.render(request, "partnering/practice_detail.html", context, status=status)


def _ask(request: HttpRequest, card: PracticeCard, form: QuestionForm) -> None:
    """Pass the question on; a program that filled the trap is told the same and nothing happens."""
    if form.is_trapped():
        return
    address = request.META.get("REMOTE_ADDR", "")
    ratelimit.count(
        f"partnering.practice:{address}", limit=_QUESTIONS_AN_HOUR, period=timedelta(hours=1),
        now=now(),
    )  # fmt: skip
    values = {name: form.cleaned_data[name] for name in ("sender", "reply_to", "question")}
    domain.ask_about_practice(card=card, now=now(), **values)


@open_to(public=True)
def practice_asked(request: HttpRequest) -> HttpResponse:
    text = _("Your question is on its way. Whoever answers for the example writes to you.")
    return viewkit.render(request, "ui/error.html", {"title": _("Thank you"), "text": text})


def _practice_form(request: HttpRequest, form: Any, save: Any, title: str) -> HttpResponse:
    return form_page(
        request, form, save=save, title=title, cancel=url("partnering:practice_list"),
        crumbs=[(_("Examples of good practice"), url("partnering:practice_list"))],
    )  # fmt: skip


@open_to(*KEEPERS, methods=("GET", "POST"))
def practice_create(request: HttpRequest) -> HttpResponse:
    form = forms.PracticeForm(request.POST or None, user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        made = domain.create_practice(actor=request.user, today=today(), **form.facts())
        return url("partnering:practice_detail", made.public_id)

    return _practice_form(request, form, save, _("Write an example"))


@open_to(*KEEPERS, methods=("GET", "POST"))
def practice_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    card = _CARD.found(request, public_id)
    form = forms.PracticeForm(request.POST or None, instance=card, user=request.user, today=today())

    def save(values: dict[str, Any]) -> str:
        domain.edit_practice(
            card=card, version=values["version"] or 0, actor=request.user, today=today(),
            **form.facts(),
        )  # fmt: skip
        return url("partnering:practice_detail", public_id)

    return _practice_form(request, form, save, _("Edit"))


@open_to(public=True)
def benefit_sheet_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One page about an alliance from its own data, as tagged PDF."""
    alliance: Alliance = get_object_or_404(Alliance.objects.visible_to(request.user), slug=slug)
    data = sheet_of(alliance, today())
    pdf = paper("partnering/benefit_sheet", data, written_at=now())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="nutzenblatt-{alliance.slug}.pdf"'
    return response
