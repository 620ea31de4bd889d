"""The required composition: a state's rules and limits, and what an alliance makes of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buendnisnetz.accounts.gate import KEEPERS, open_to
from buendnisnetz.insight.domain import requirements as domain
from buendnisnetz.insight.domain.queries import requirements as queries
from buendnisnetz.insight.domain.queries.requirements import Rule
from buendnisnetz.insight.forms.composition import EndForm, RequirementForm, SettingsForm
from buendnisnetz.insight.models import Requirement
from buendnisnetz.insight.presenters import composition as presenters
from buendnisnetz.insight.presenters import gaps as gap_presenters
from buendnisnetz.insight.rules import ALLIANCE_KEEPERS, can_keep, can_set_state_rules
from buendnisnetz.insight.views.pages import asked, gap_crumbs, kept_alliance
from buendnisnetz.network.models import Alliance
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.editing import act, form_page, today
from buendnisnetz.ui.jinja import url


def _state(request: HttpRequest) -> Territory:
    """The state that is asked for (``?land=16``), or the first that there is."""
    return _asked_for(request, queries.states())


def _asked_for(request: HttpRequest, states: list[Territory]) -> Territory:
    wanted = request.GET.get("land") or request.POST.get("land")
    found = next((state for state in states if not wanted or state.ags == wanted), None)
    if found is None:
        raise Http404
    return found


def _overview_of(state: Territory) -> str:
    return url("insight:rule_overview") + f"?land={state.ags}"


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Gaps"), url("insight:gap_list")),
        (_("Required composition"), url("insight:rule_overview")),
    ]


@open_to(*KEEPERS)
def rule_overview(request: HttpRequest) -> HttpResponse:
    """What is required of a state's alliances, as of a day, and its limits."""
    on, states = asked(request), queries.states()
    state = _asked_for(request, states) if states else None
    own = presenters.own_lines(queries.rows_of(state)) if state else []
    context = {
        "title": _("Required composition"),
        "on": on,
        "state": state,
        "states": [(row.ags, row.name) for row in states],
        "rules": presenters.rule_lines(queries.rules_of_state(state, on.day)) if state else [],
        "ended": [line for line in own if not line.to_end],
        "limits": queries.settings_of(state) if state else None,
        "tabs": gap_presenters.gap_tabs(request.user, "rules"),
        "crumbs": [_crumbs()[0], (_("Required composition"), "")],
    }
    return viewkit.render(request, "insight/rule_overview.html", context)


@open_to(*KEEPERS, methods=("GET", "POST"))
def rule_create(request: HttpRequest) -> HttpResponse:
    state = _state(request)
    return _requirement_page(request, state, None, _overview_of(state), _crumbs())


@open_to(*KEEPERS, methods=("GET", "POST"))
def rule_edit(request: HttpRequest, key: str) -> HttpResponse:
    state = _state(request)
    rule = _known(queries.rules_of_state(state, today()), key)
    return _requirement_page(request, state, rule, _overview_of(state), _crumbs())


@open_to(*KEEPERS, methods=("GET", "POST"))
def settings_edit(request: HttpRequest) -> HttpResponse:
    state = _state(request)
    present = queries.settings_of(state)
    initial = {
        "version": present.version if present.pk else 0,
        "quiet_months": present.quiet_months,
        "business_percent": present.business_percent,
    }
    form = SettingsForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        domain.set_state_settings(
            state=state,
            quiet_months=values["quiet_months"],
            business_percent=values["business_percent"],
            version=values["version"] or 0,
            actor=request.user,
        )
        return _overview_of(state)

    return form_page(
        request, form, save=save, title=_("Limits"), lead=state.name,
        cancel=_overview_of(state), crumbs=_crumbs(),
    )  # fmt: skip


@open_to(*ALLIANCE_KEEPERS)
def own_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds for an alliance, what it left out too, and its own rules with their ends."""
    alliance, day = kept_alliance(request, slug), today()
    rules = queries.rules_of_alliance(alliance, queries.state_of(alliance, day), day)
    context = {
        "title": _("Required composition"),
        "alliance": alliance,
        "rules": presenters.rule_lines(rules),
        "own": presenters.own_lines(queries.rows_of(alliance)),
        "crumbs": [*gap_crumbs(alliance), (_("Required composition"), "")],
    }
    return viewkit.render(request, "insight/own_overview.html", context)


@open_to(*ALLIANCE_KEEPERS, methods=("GET", "POST"))
def own_create(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = kept_alliance(request, slug)
    target = url("insight:own_overview", slug)
    return _requirement_page(request, alliance, None, target, gap_crumbs(alliance))


@open_to(*ALLIANCE_KEEPERS, methods=("GET", "POST"))
def own_edit(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Adjust or leave out one of the state's requirements for an alliance."""
    alliance = kept_alliance(request, slug)
    state = queries.state_of(alliance, today())
    rule = _known(queries.rules_of_alliance(alliance, state, today()), key)
    target = url("insight:own_overview", slug)
    return _requirement_page(request, alliance, rule, target, gap_crumbs(alliance))


def _known(rules: list[Rule], key: str) -> Rule:
    found = next((rule for rule in rules if rule.key == key), None)
    if found is None:
        raise Http404
    return found


def _requirement_page(
    request: HttpRequest,
    scope: Territory | Alliance,
    rule: Rule | None,
    target: str,
    crumbs: list[tuple[str, str]],
) -> HttpResponse:
    own = isinstance(scope, Alliance)
    initial = presenters.initial_of(rule, today())
    form = RequirementForm(request.POST or None, initial=initial, own=own)

    def save(values: dict[str, Any]) -> str:
        domain.set_requirement(
            scope=scope,
            values=form.values(),
            since=values["since"],
            actor=request.user,
            key=rule.key if rule else "",
        )
        return target

    return form_page(
        request, form, save=save, lead=scope.name, cancel=target, crumbs=crumbs,
        title=_("Change the requirement: %(label)s") % {"label": rule.label} if rule else _("New requirement"),
    )  # fmt: skip


def _writable(request: HttpRequest, public_id: str) -> tuple[Requirement, str]:
    """A requirement that the user may change, and the page to go back to; 404 otherwise."""
    rows = Requirement.objects.select_related("alliance", "state")
    row: Requirement = get_object_or_404(rows, public_id=public_id)
    if row.alliance is not None and can_keep(request.user, row.alliance):
        return row, url("insight:own_overview", row.alliance.slug)
    if row.alliance is None and can_set_state_rules(request.user):
        state: Any = row.state
        return row, _overview_of(state)
    raise Http404


@open_to(*ALLIANCE_KEEPERS, methods=("GET", "POST"))
def rule_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a row; what stands below it holds again."""
    row, target = _writable(request, public_id)
    form = EndForm(request.POST or None, initial={"last_day": today()})

    def save(values: dict[str, Any]) -> str:
        domain.end_requirement(requirement=row, last_day=values["last_day"], actor=request.user)
        return target

    return form_page(
        request, form, save=save, cancel=target, crumbs=_crumbs()[:1],
        title=_("End the rule: %(label)s") % {"label": row.label},
        lead=_("Afterwards what the state or the program proposes holds again."),
    )  # fmt: skip


@open_to(*ALLIANCE_KEEPERS, methods=("POST",))
@require_POST
def rule_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    row, target = _writable(request, public_id)
    return act(
        request, target, lambda: domain.reopen_requirement(requirement=row, actor=request.user)
    )
