"""What needs a user today: own tasks, next meetings, what waits for a decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.meetings.domain.queries.meetings import next_meetings
from buendnisnetz.meetings.enums import ImportStatus
from buendnisnetz.meetings.models import Meeting, MinutesImport
from buendnisnetz.network.domain.queries.alliances import twelve_months_before
from buendnisnetz.network.enums import AllianceStatus
from buendnisnetz.network.models import Alliance, AllianceStatusPeriod
from buendnisnetz.tasks.domain.queries.tasks import for_dashboard, never_closed
from buendnisnetz.tasks.models import Task
from buendnisnetz.ui.jinja import url


@dataclass(frozen=True)
class Need:
    """Something that waits for the user: a sentence and where to go."""

    text: str
    url: str


@dataclass(frozen=True)
class Dashboard:
    tasks: list[Task]
    meetings: list[Meeting]
    needs: list[Need]
    oldest: list[Task]


def dashboard(*, user: Any, today: date) -> Dashboard:
    """Everything for the start page after signing in; a fixed number of queries."""
    return Dashboard(
        tasks=for_dashboard(user, today),
        meetings=next_meetings(user, today),
        needs=_needs(user, today),
        oldest=list(never_closed(user).select_related("holder")[:5]),
    )


def _needs(user: Any, today: date) -> list[Need]:
    access = access_of(user)
    needs = []
    if access.has(Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.ALLIANCE_COORDINATOR):
        ready = MinutesImport.objects.visible_to(user).filter(status=ImportStatus.READY).count()
        if ready:
            text = ngettext(
                "%(count)s document waits for its review",
                "%(count)s documents wait for their review",
                ready,
            )
            needs.append(
                Need(text % {"count": ready}, url("meetings:import_list") + "?status=READY")
            )
        stale = _unconfirmed(user, today)
        if stale:
            text = ngettext(
                "%(count)s alliance has not been confirmed for 12 months",
                "%(count)s alliances have not been confirmed for 12 months",
                stale,
            )
            needs.append(
                Need(text % {"count": stale}, url("network:alliance_list") + "?status=unconfirmed")
            )
    return needs


def _unconfirmed(user: Any, today: date) -> int:
    """Alliances of the user whose state nobody has confirmed for twelve months (S01)."""
    access = access_of(user)
    alliances = Alliance.objects.visible_to(user)
    if not access.sees_whole_state:
        alliances = alliances.filter(pk__in=access.ids(ScopeKind.ALLIANCE))
    periods = AllianceStatusPeriod.objects.as_of(today).exclude(status=AllianceStatus.DISSOLVED)
    return int(
        periods.filter(alliance__in=alliances, confirmed_on__lt=twelve_months_before(today)).count()
    )
