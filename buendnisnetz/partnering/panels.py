"""What this room adds to pages of lower rooms: one query a page at most, and none for the public."""

from typing import Any

from django.utils import timezone

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.core import slots
from buendnisnetz.core.questions import Question, Slot
from buendnisnetz.network.enums import Contribution, OrganisationKind
from buendnisnetz.network.models import Alliance, Organisation, WorkingGroup
from buendnisnetz.network.rules import can_edit_alliance, can_edit_group
from buendnisnetz.partnering import presenters, rules
from buendnisnetz.partnering.domain import ties
from buendnisnetz.partnering.domain.queries import panels as queries
from buendnisnetz.partnering.domain.queries.panels import Line
from buendnisnetz.partnering.domain.queries.prospects import silent_for
from buendnisnetz.partnering.domain.queries.resources import can_lend
from buendnisnetz.partnering.enums import IntroductionStatus, Stage
from buendnisnetz.partnering.models import ProspectTask, StrategyMeasure
from buendnisnetz.tasks.models import Task
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import url


def _works_here(user: Any) -> bool:
    """Whether a user sees anything of this room on pages of the network: not the ministry alone."""
    roles = access_of(user).roles
    return bool(roles) and not roles <= {Role.MINISTRY}


def _words(line: Line) -> tuple[str, str, str]:
    """A line's address, its state in words, and the tone of that."""
    if line.kind == "prospect":
        stage = Stage(line.note)
        target = url("partnering:prospect_detail", line.key)
        return target, str(stage.label), presenters.STAGE_TONES[stage]
    if line.kind == "resource":
        return url("partnering:resource_detail", line.key), str(Contribution(line.note).label), ""
    status = IntroductionStatus(line.note)
    target = url("partnering:introduction_detail", line.key)
    return target, str(status.label), presenters.INTRODUCTION_TONES[status]


def _by_kind(lines: list[Line]) -> dict[str, list[tuple[Line, tuple[str, str, str]]]]:
    found: dict[str, list[tuple[Line, tuple[str, str, str]]]] = {}
    for line in lines:
        if line.kind in {"prospect", "resource", "introduction"}:
            found.setdefault(line.kind, []).append((line, _words(line)))
    return found


@slots.register("network.organisation", order=60)
def on_organisation(organisation: Organisation, user: Any) -> str:
    """Talks with it, introductions, what it lends; and the buttons to begin any of that."""
    if not _works_here(user):
        return ""
    access = access_of(user)
    own = organisation.pk in access.ids(ScopeKind.ORGANISATION)
    lends = access.has(*rules.LENDERS) and (own or can_lend(user, organisation.pk))
    can_win = (
        organisation.valid_to is None and organisation.kind != OrganisationKind.COORDINATION_OFFICE
    )
    rows = _by_kind(queries.lines_of_organisation(organisation, user))
    wins = rules.wins_partners(user)
    return viewkit.panel(
        "partnering/panel_organisation.html", organisation, rows, wins, lends, can_win
    )


@slots.register("network.alliance", order=60)
def on_alliance(alliance: Alliance, user: Any) -> str:
    """Whom to ask at its chambers, its introductions, and where partners are won."""
    if not _works_here(user):
        return viewkit.panel("partnering/panel_sheet.html", alliance)
    lines = queries.lines_of_alliance(alliance, user, timezone.localdate())
    chambers: dict[str, tuple[Line, list[Line]]] = {}
    for line in lines:
        if line.kind == "chamber":
            contacts = [row for row in lines if row.kind == "contact" and row.note == line.title]
            chambers.setdefault(line.title, (line, contacts))
    may_edit, wins = can_edit_alliance(user, alliance), rules.can_work_for(user, alliance)
    return viewkit.panel(
        "partnering/panel_alliance.html",
        alliance, list(chambers.values()), _by_kind(lines), may_edit, wins,
    )  # fmt: skip


@slots.register("network.group", order=60)
def on_group(group: WorkingGroup, user: Any) -> str:
    """Its introductions, and whom it could meet."""
    if not _works_here(user):
        return ""
    rows = _by_kind(queries.lines_of_group(group, user))
    may_edit = can_edit_group(user, group) and group.valid_to is None
    return viewkit.panel("partnering/panel_group.html", group, rows, may_edit)


_PROSPECT = Question(
    lambda: (
        ProspectTask.objects.filter(task=Slot("task"))
        .select_related("prospect__alliance")
        .order_by("pk")[:1]
    )
)
_MEASURE = Question(
    lambda: (
        StrategyMeasure.objects.filter(task=Slot("task")).select_related("aim").order_by("pk")[:1]
    )
)


@slots.register("tasks.task", order=60)
def on_task(task: Task, user: Any) -> str:
    """What a task of this room is really about, for those who may see that."""
    if not rules.wins_partners(user):
        return ""
    link = _PROSPECT.row(task=task.pk)
    if link is not None and rules.can_work_on(user, link.prospect):
        target = url("partnering:prospect_detail", link.prospect.public_id)
        return viewkit.panel("partnering/panel_task.html", link.words, link.prospect.name, target)
    if not rules.is_keeper(user):
        return ""
    measure = _MEASURE.row(task=task.pk)
    if measure is None:
        return ""
    target = url("partnering:strategy_detail", measure.aim.public_id)
    return viewkit.panel("partnering/panel_task.html", measure.words, measure.aim.title, target)


@slots.register("web.dashboard", order=60)
def on_dashboard(user: Any) -> str:
    """How many talks nobody goes on with."""
    if not rules.wins_partners(user):
        return ""
    number = silent_for(user, timezone.localdate())
    return viewkit.panel("partnering/panel_dashboard.html", number) if number else ""


ties.register_own()
