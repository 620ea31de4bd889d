"""What needs a user today: own tasks, next meetings, what waits for a decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import ngettext

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role, ScopeKind
from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.counts import counting
from buendnisnetz.core.questions import Compiled
from buendnisnetz.core.together import together
from buendnisnetz.meetings.domain.queries.meetings import next_meetings
from buendnisnetz.meetings.enums import ImportStatus
from buendnisnetz.meetings.models import MinutesImport
from buendnisnetz.network.domain.queries.alliances import twelve_months_before
from buendnisnetz.network.enums import AllianceStatus
from buendnisnetz.network.models import Alliance, AllianceStatusPeriod, Organisation
from buendnisnetz.tasks.domain.queries.tasks import for_dashboard, never_closed
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui.jinja import url

_OTHER_PLACES: tuple[tuple[ScopeKind, type[Model], str], ...] = (
    (ScopeKind.DISTRICT, Territory, "territories:territory_detail"),
    (ScopeKind.ORGANISATION, Organisation, "network:organisation_detail"),
)


@dataclass(frozen=True)
class Need:
    """Something that waits for the user: a sentence and where to go."""

    text: str
    url: str


@dataclass(frozen=True)
class Place:
    """What a role of the user is held for, and its page."""

    name: str
    url: str
    unconfirmed: bool = False


@dataclass(frozen=True)
class Dashboard:
    places: list[Place]
    tasks: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    needs: list[Need]
    oldest: list[dict[str, Any]]


_TASK = (
    "public_id", "title", "holder__title", "assignee_words", "for_all_alliances", "due_on",
    "due_words", "status", "opened_on",
)  # fmt: skip
_MEETING = ("public_id", "title", "held_on", "place")
_BOARD = Visible(
    lambda user, today: together(
        tasks=for_dashboard(user, today).values(*_TASK),
        oldest=never_closed(user).values(*_TASK)[:5],
        meetings=next_meetings(user, today).values(*_MEETING),
    )
)


def dashboard(*, user: Any, today: date) -> Dashboard:
    """Everything for the start page after signing in; a fixed number of queries."""
    places = _places(user, today)
    found = _BOARD.one_to(user, today)
    return Dashboard(
        places=places,
        tasks=found["tasks"],
        meetings=found["meetings"],
        needs=_needs(user, places, today),
        oldest=found["oldest"],
    )


def _places(user: Any, today: date) -> list[Place]:
    """The alliances, districts and organisations of the user's roles; one query for each kind held."""
    access = access_of(user)
    found = []
    if numbers := access.ids(ScopeKind.ALLIANCE):
        stale = Exists(_unconfirmed(today).filter(alliance=OuterRef("pk")))
        rows = Alliance.objects.filter(pk__in=numbers).order_by("sort_key")
        found += [
            Place(name, url("network:alliance_detail", slug), unconfirmed)
            for name, slug, unconfirmed in rows.values_list("name", "slug", stale)
        ]
    for kind, model, address in _OTHER_PLACES:
        if numbers := access.ids(kind):
            other = model._default_manager.filter(pk__in=numbers).order_by("sort_key")
            found += [
                Place(name, url(address, key))
                for name, key in other.values_list("name", "public_id")
            ]
    return found


def _needs(user: Any, places: list[Place], today: date) -> list[Need]:
    access = access_of(user)
    if not access.has(Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.ALLIANCE_COORDINATOR):
        return []
    numbers = _WAITING.one_to(user, today) or {"ready": 0}
    if not access.sees_whole_state:
        numbers["stale"] = sum(place.unconfirmed for place in places)
    needs = []
    if count := numbers["ready"]:
        text = ngettext(
            "%(count)s document waits for its review",
            "%(count)s documents wait for their review",
            count,
        )
        needs.append(Need(text % {"count": count}, url("meetings:import_list") + "?status=READY"))
    if count := numbers["stale"]:
        text = ngettext(
            "%(count)s alliance has not been confirmed for 12 months",
            "%(count)s alliances have not been confirmed for 12 months",
            count,
        )
        needs.append(
            Need(text % {"count": count}, url("network:alliance_list") + "?status=unconfirmed")
        )
    return needs


def _waiting(user: Any, today: date) -> Compiled | None:
    ready = MinutesImport.objects.visible_to(user).filter(status=ImportStatus.READY)
    if access_of(user).sees_whole_state:
        return counting(ready=ready, stale=_unconfirmed(today))
    return counting(ready=ready)


_WAITING = Visible(_waiting)


def _unconfirmed(today: date) -> QuerySet[AllianceStatusPeriod]:
    """Alliances whose state nobody has confirmed for twelve months (S01)."""
    periods = AllianceStatusPeriod.objects.as_of(today).exclude(status=AllianceStatus.DISSOLVED)
    return periods.filter(confirmed_on__lt=twelve_months_before(today))
