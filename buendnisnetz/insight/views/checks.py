"""Self-checks of an alliance: begin, answer, finish, compare, plan what follows."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.accounts.rows import Addressed
from buendnisnetz.core.errors import DomainError
from buendnisnetz.insight.domain import self_checks as domain
from buendnisnetz.insight.domain.profile import PROFILE_VERSION, profile_of
from buendnisnetz.insight.domain.queries import self_checks as queries
from buendnisnetz.insight.domain.queries.care import posts_to_answer
from buendnisnetz.insight.domain.questionnaire import questions_of
from buendnisnetz.insight.domain.self_checks import AnswersChangedError
from buendnisnetz.insight.enums import CheckStatus
from buendnisnetz.insight.forms.self_check import CheckForm, PlanForm
from buendnisnetz.insight.models import SelfCheck
from buendnisnetz.insight.presenters import checks as presenters
from buendnisnetz.insight.presenters import gaps as gap_presenters
from buendnisnetz.insight.rules import ALLIANCE_KEEPERS
from buendnisnetz.insight.views.pages import kept_alliance
from buendnisnetz.network.models import Alliance
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import form_page, today
from buendnisnetz.ui.jinja import url


def _crumbs(alliance: Alliance, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Self-check"), url("insight:check_list")),
        (alliance.name, url("insight:check_overview", alliance.slug)),
        *more,
    ]


def _check(request: HttpRequest, slug: str, public_id: str) -> SelfCheck:
    alliance = kept_alliance(request, slug)
    found: SelfCheck = _CHECK.found(request, public_id)
    if found.alliance_id != alliance.pk:
        raise Http404
    return found


_CHECK = Addressed(SelfCheck, "alliance")


def _address(check: SelfCheck) -> str:
    return url("insight:check_detail", check.alliance.slug, check.public_id)


@open_to(*ALLIANCE_KEEPERS)
def check_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """An alliance's self-checks, its structure profile today, and what can be compared."""
    alliance = kept_alliance(request, slug)
    checks = queries.checks_of(alliance, request.user)
    done = [check for check in checks if check.status == CheckStatus.DONE]
    context = {
        "title": _("Self-check: %(alliance)s") % {"alliance": alliance.name},
        "alliance": alliance,
        "draft": next((check for check in checks if check.status == CheckStatus.DRAFT), None),
        "done": presenters.check_lines(done),
        "profile": presenters.profile_lines(PROFILE_VERSION, profile_of(alliance, today())),
        "tabs": gap_presenters.gap_tabs(request.user, "checks"),
        "crumbs": [*_crumbs(alliance)[:1], (alliance.name, "")],
    }
    return viewkit.render(request, "insight/check_overview.html", context)


@open_to(*ALLIANCE_KEEPERS, methods=("POST",))
@require_POST
def check_begin(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = kept_alliance(request, slug)
    try:
        check = domain.begin_check(alliance=alliance, actor=request.user, today=today())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("insight:check_overview", slug)
    return redirect("insight:check_detail", slug, check.public_id)


@open_to(*ALLIANCE_KEEPERS, methods=("GET", "POST"))
def check_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A draft as a form; a finished one with its score and the development plan."""
    check = _check(request, slug, public_id)
    if check.status == CheckStatus.DRAFT:
        return _draft(request, check)
    if request.method == "POST":
        # Somebody finished it while this reader still filled in the form.
        messages.error(request, str(domain.CheckFinishedError()))
        return redirect(_address(check))
    reading = queries.read(check)
    context = {
        "title": _("Self-check of %(day)s") % {"day": f"{check.done_on:%d.%m.%Y}"},
        "check": check,
        "reading": reading,
        "factors": presenters.factor_lines(reading, queries.plan_of(check, request.user)),
        "profile": presenters.profile_lines(check.profile_version or 0, check.profile),
        "crumbs": _crumbs(check.alliance, (f"{check.done_on:%d.%m.%Y}", "")),
    }
    return viewkit.render(request, "insight/check_detail.html", context)


def _draft(request: HttpRequest, check: SelfCheck) -> HttpResponse:
    reading = queries.read(check)
    initial = {
        **CheckForm.initial_of(reading.levels, reading.evidence),
        "version": check.version,
    }
    form = CheckForm(request.POST or None, initial=initial, edition=check.questionnaire)
    if request.method == "POST" and form.is_valid():
        try:
            domain.save_answers(
                check=check,
                answers=form.answers(),
                version=form.cleaned_data["version"] or 0,
                actor=request.user,
            )
        except AnswersChangedError as error:
            form.add_error(None, str(error))
            # The next click saves over what the other one wrote.
            form.data = {**request.POST.dict(), "version": str(error.version)}
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(check))
    context = {
        "title": _("Fill in the self-check"),
        "check": check,
        "form": form,
        "factors": presenters.question_groups(check.questionnaire),
        "pairs": form.pairs(),
        "answered": reading.score.answered,
        "questions": reading.score.questions,
        "crumbs": _crumbs(check.alliance, (_("Fill in"), "")),
    }
    status = 422 if form.errors else 200
    return viewkit.render(request, "insight/check_form.html", context, status=status)


@open_to(*ALLIANCE_KEEPERS, methods=("POST",))
@require_POST
def check_finish(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    check = _check(request, slug, public_id)
    try:
        domain.finish_check(check=check, actor=request.user, today=today())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_address(check))


@open_to(*ALLIANCE_KEEPERS, methods=("POST",))
@require_POST
def check_remove(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    check = _check(request, slug, public_id)
    try:
        domain.remove_draft(check=check, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("insight:check_overview", slug)


@open_to(*ALLIANCE_KEEPERS)
def check_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two finished self-checks side by side: the two latest, unless others are chosen."""
    alliance = kept_alliance(request, slug)
    checks = queries.checks_of(alliance, request.user)
    done = {check.public_id: check for check in checks if check.status == CheckStatus.DONE}
    latest = [*done, "", ""]
    first, second = request.GET.get("a") or latest[1], request.GET.get("b") or latest[0]
    chosen = [done[name] for name in (first, second) if name in done]
    comparison = queries.compared(*chosen) if len(chosen) == 2 and first != second else None
    context = {
        "title": _("Two self-checks compared"),
        "alliance": alliance,
        "choices": [(name, f"{check.done_on:%d.%m.%Y}") for name, check in done.items()],
        "first": first,
        "second": second,
        "comparison": comparison,
        "lines": presenters.comparison_lines(comparison) if comparison else [],
        "fields": presenters.field_lines(comparison) if comparison else [],
        "crumbs": _crumbs(alliance, (_("Compare"), "")),
    }
    return viewkit.render(request, "insight/check_compare.html", context)


@open_to(*ALLIANCE_KEEPERS, methods=("GET", "POST"))
def check_plan(request: HttpRequest, slug: str, public_id: str, question: str) -> HttpResponse:
    """Make a task out of an answer."""
    check = _check(request, slug, public_id)
    asked = questions_of(check.questionnaire).get(question)
    if asked is None:
        raise Http404
    day, posts = check.done_on or check.begun_on, posts_to_answer(check.alliance, today())
    form = PlanForm(request.POST or None, posts=posts)

    def save(values: dict[str, Any]) -> str:
        domain.plan_task(
            check=check, question=question, actor=request.user, now=timezone.now(), **values
        )
        return f"{_address(check)}#{question}"

    return form_page(
        request, form, save=save, title=_("Next step"), lead=str(asked.text),
        cancel=f"{_address(check)}#{question}",
        crumbs=_crumbs(check.alliance, (f"{day:%d.%m.%Y}", _address(check))),
    )  # fmt: skip
