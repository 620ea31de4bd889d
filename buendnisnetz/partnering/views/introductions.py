"""Introducing two sides: choose, preview, send; answer by link; and what came of it (S114)."""

from collections.abc import Hashable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import KEEPERS, open_to, require
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.accounts.shapes import shape_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.core.words import words_of
from buendnisnetz.network.models import Alliance, Organisation, Post, WorkingGroup
from buendnisnetz.partnering import presenters, rules
from buendnisnetz.partnering.domain import introductions as domain
from buendnisnetz.partnering.domain import letters
from buendnisnetz.partnering.domain.introduction_mails import name_of
from buendnisnetz.partnering.domain.posts import contact_of, mail_address
from buendnisnetz.partnering.domain.queries.prospects import alliances_for
from buendnisnetz.partnering.enums import (
    OPEN_INTRODUCTIONS,
    IntroductionStatus,
    LetterKind,
    SideAnswer,
)
from buendnisnetz.partnering.forms import introductions as forms
from buendnisnetz.partnering.forms.join import SideForm
from buendnisnetz.partnering.models import Introduction, IntroductionSide, LetterTemplate
from buendnisnetz.partnering.views.editing import now
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, ask_for, form_page, today
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column, ListPage

_INTRODUCTION = Addressed(
    Introduction,
    "first_post", "second_post", "alliance", "task", "asked_by", "booking__resource",
)  # fmt: skip
_SIDES = Question(
    lambda: (
        IntroductionSide.objects.filter(introduction=Slot("introduction"))
        .select_related("post")
        .order_by("pk")
    )
)
_LIST = "partnering:introduction_list"
_SCOPES: dict[str, Any] = {
    "organisation": Organisation, "buendnis": Alliance, "arbeitsgruppe": WorkingGroup,
}  # fmt: skip


@open_to(*rules.WORKERS)
class IntroductionListView(ListPage):
    template = "partnering/introduction_list.html"
    title = gettext_lazy("Introductions")
    export_name = "vermittlungen"
    filter_class = forms.IntroductionFilter
    default_sort = "-sent"
    columns = (
        Column("first", gettext_lazy("One side"), ("first_post__scope_sort_key",)),
        Column("second", gettext_lazy("Other side"), ("second_post__scope_sort_key",)),
        Column("status", gettext_lazy("State"), ("status",)),
        Column("sent", gettext_lazy("Sent on"), ("sent_on",)),
        Column("reply", gettext_lazy("Answer until"), ("reply_by",)),
        Column("reason", gettext_lazy("Why"), export_only=True),
        Column("result", gettext_lazy("What came of it"), export_only=True),
    )
    fields = (
        "public_id", "first_post__title", "first_post__scope_name", "second_post__title",
        "second_post__scope_name", "status", "sent_on", "reply_by", "reason", "result",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return Introduction.objects.visible_to(self.request.user)

    def shape(self) -> Hashable:
        return shape_of(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        if values.get("status") == "open":
            return rows.filter(status__in=OPEN_INTRODUCTIONS)
        return rows.filter(status=values["status"]) if values.get("status") else rows

    def searched(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        posts = Post.objects.all().matching(typed).order_by().values("pk")
        return rows.filter(first_post__in=posts) | rows.filter(second_post__in=posts)

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        status = record["status"]
        is_open = status in OPEN_INTRODUCTIONS
        return [
            Cell(
                record["first_post__scope_name"],
                url("partnering:introduction_detail", record["public_id"]),
                note=record["first_post__title"],
            ),
            Cell(record["second_post__scope_name"], note=record["second_post__title"]),
            Cell(
                words_of(IntroductionStatus)[status],
                tone=presenters.INTRODUCTION_TONES[status] or "open",
            ),
            Cell(format_date(record["sent_on"])),
            Cell(format_date(record["reply_by"]) if is_open else "–"),
            Cell(record["reason"]),
            Cell(record["result"]),
        ]

    def context(self) -> dict[str, Any]:
        return {
            "can_create": rules.wins_partners(self.request.user),
            "is_keeper": rules.is_keeper(self.request.user),
        }


@open_to(*rules.WINNERS, methods=("GET", "POST"))
def introduction_create(request: HttpRequest) -> HttpResponse:
    """First who and why, then the letter to look at and change, then it is sent."""
    options = {"user": request.user, "alliances": alliances_for(request.user)}
    if "text" in request.POST:
        form: forms.IntroduceForm = forms.PreviewForm(request.POST, **options)
        ask_for(form, request.user, today())
        if form.is_valid():
            target = _send(request, form)
            if target:
                return redirect(target)
        # What is hidden there can only be put right where it was chosen.
        if not {"first", "second", "reason", "alliance"} & set(form.errors):
            return _create_page(request, form, preview=True)
    form = forms.IntroduceForm(request.POST or None, initial=_asked_for(request), **options)
    ask_for(form, request.user, today())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        words = letters.filled(
            letters.letter(LetterKind.INTRODUCTION),
            {"first": name_of(values["first"]), "second": name_of(values["second"]), "reason": values["reason"]},
        )  # fmt: skip
        preview = forms.PreviewForm(initial={**values, **words._asdict()}, **options)
        ask_for(preview, request.user, today())
        return _create_page(request, preview, preview=True)
    return _create_page(request, form, preview=False)


def _send(request: HttpRequest, form: Any) -> str:
    """Send what was shown; empty if a rule said no, which stands in the form then."""
    values = form.cleaned_data
    require(rules.can_work_for(request.user, values["alliance"]))
    try:
        made = domain.introduce(
            first=values["first"], second=values["second"], reason=values["reason"],
            alliance=values["alliance"], letter=letters.Letter(values["subject"], values["text"]),
            actor=request.user, now=now(),
        )  # fmt: skip
    except DomainError as error:
        form.add_error(None, str(error))
        return ""
    messages.success(request, _("Both sides have been asked."))
    return url("partnering:introduction_detail", made.public_id)


def _create_page(request: HttpRequest, form: Any, *, preview: bool) -> HttpResponse:
    title = _("Look at the letter") if preview else _("Introduce two sides")
    values = form.cleaned_data if form.is_bound else form.initial
    context = {
        "title": title,
        "form": form,
        "preview": preview,
        "sides": [row.title_and_scope() for row in (values["first"], values["second"])]
        if preview
        else [],
        "crumbs": [(_("Introductions"), url(_LIST)), (title, "")],
    }
    status = 422 if form.errors else 200
    return viewkit.render(request, "partnering/introduction_create.html", context, status=status)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The sides named in the address (``?von=organisation:k7f2&zu=…``): the posts to write to."""
    initial: dict[str, Any] = {"reason": request.GET.get("grund", "")[:300]}
    for name, field in (("von", "first"), ("zu", "second")):
        kind, _colon, public_id = request.GET.get(name, "").partition(":")
        if kind in _SCOPES and public_id:
            scope = (
                _SCOPES[kind].objects.visible_to(request.user).filter(public_id=public_id).first()
            )
            initial[field] = contact_of(scope, today()) if scope else None
    own = alliances_for(request.user)
    if not rules.is_keeper(request.user):
        initial["alliance"] = own.first()
        initial.setdefault(
            "first", contact_of(initial["alliance"], today()) if initial["alliance"] else None
        )
    return {name: value for name, value in initial.items() if value}


@open_to(*rules.WORKERS)
def introduction_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who was asked when, what they said, and what came of it."""
    row = _INTRODUCTION.found(request, public_id)
    sides = _SIDES.rows(introduction=row.pk)
    can_steer = rules.can_steer(request.user, row)
    context = {
        "title": _("Introduction: %(first)s and %(second)s")
        % {"first": row.first_post.scope_name, "second": row.second_post.scope_name},
        "row": row,
        "tone": presenters.INTRODUCTION_TONES[row.status],
        "sides": sides,
        "can_steer": can_steer,
        "is_open": row.status in OPEN_INTRODUCTIONS,
        "form": forms.ResultForm(initial={"result": row.result}),
        "crumbs": [(_("Introductions"), url(_LIST)), (_("Introduction"), "")],
    }
    return viewkit.render(request, "partnering/introduction_detail.html", context)


def _steerable(request: HttpRequest, public_id: str) -> Introduction:
    row = _INTRODUCTION.found(request, public_id)
    require(rules.can_steer(request.user, row))
    return row


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def introduction_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    row = _steerable(request, public_id)
    return act(
        request, url("partnering:introduction_detail", public_id),
        lambda: domain.withdraw_introduction(introduction=row, actor=request.user, now=now()),
    )  # fmt: skip


@open_to(*rules.WINNERS, methods=("POST",))
@require_POST
def introduction_result(request: HttpRequest, public_id: str) -> HttpResponse:
    row = _steerable(request, public_id)
    words = request.POST.get("result", "")[:4000]
    return act(
        request, url("partnering:introduction_detail", public_id),
        lambda: domain.note_result(introduction=row, result=words, actor=request.user),
    )  # fmt: skip


@never_cache
@open_to(public=True, methods=("GET", "POST"))
def introduction_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The link of one side: agree or decline, once, without a sign-in."""
    title = _("May we put you in touch?")
    try:
        side = domain.side_behind(token=token, now=now())
        form = SideForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            answer = SideAnswer(form.cleaned_data["answer"])
            domain.answer_introduction(
                token=token, answer=answer, words=form.cleaned_data["words"], now=now()
            )
            return viewkit.render(request, "ui/error.html", _thanks(answer))
    except DomainError as error:
        closed = {"title": title, "text": str(error)}
        return viewkit.render(request, "ui/error.html", closed, status=410)
    context = {"title": title, "form": form, **_question(side)}
    status = 422 if form.errors else 200
    return viewkit.render(request, "partnering/introduction_answer.html", context, status=status)


def _thanks(answer: SideAnswer) -> dict[str, str]:
    if answer == SideAnswer.AGREED:
        text = _("Thank you. When the other side agrees too, you get its contact by mail.")
    else:
        text = _("Thank you for the answer. No data is passed on.")
    return {"title": _("Your answer is noted"), "text": text}


def _question(side: IntroductionSide) -> dict[str, Any]:
    """What a side reads: who the other one is, never how to reach it, and what it gives away."""
    row = side.introduction
    other = row.second_post if side.post_id == row.first_post_id else row.first_post
    own = ", ".join(filter(None, (mail_address(side.post, today()), side.post.phone)))
    return {"row": row, "other": name_of(other), "own_name": name_of(side.post), "own": own}


@open_to(*KEEPERS, methods=("GET", "POST"))
def letter_edit(request: HttpRequest, kind: str) -> HttpResponse:
    """The coordination office's own words for a letter."""
    if kind not in LetterKind.values:
        raise Http404
    chosen = LetterKind(kind)
    row = LetterTemplate.objects.filter(kind=chosen).first()
    words = letters.letter(chosen)
    form = forms.LetterTemplateForm(
        request.POST or None, initial={**words._asdict(), "version": row.version if row else 0}
    )

    def save(values: dict[str, Any]) -> str:
        letters.save_letter(
            kind=chosen, subject=values["subject"], text=values["text"],
            version=values["version"] or 0, actor=request.user,
        )  # fmt: skip
        return url(_LIST)

    places = ", ".join(f"{{{name}}}" for name in letters.PLACEHOLDERS[chosen])
    return form_page(
        request, form, save=save, title=str(chosen.label), cancel=url(_LIST),
        crumbs=[(_("Introductions"), url(_LIST))],
        hint=_("These places are filled in: %(places)s") % {"places": places},
    )  # fmt: skip
