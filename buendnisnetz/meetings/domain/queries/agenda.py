"""Reading an agenda while it is written."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.meetings.domain.preparing.timing import Timetable, timetable
from buendnisnetz.meetings.domain.queries.earlier import left_open, previous_meeting
from buendnisnetz.meetings.domain.queries.follow_up import Chain, chains_into
from buendnisnetz.meetings.models import (
    AgendaItem,
    AgendaSpeaker,
    Meeting,
    StandingItem,
    StandingOmission,
)
from buendnisnetz.tasks.models import Task

_SPEAKERS = Prefetch("speakers", queryset=AgendaSpeaker.objects.order_by("pk"))


@dataclass(frozen=True)
class AgendaPage:
    """The agenda with everything that could still go on it."""

    timetable: Timetable
    chains: dict[int, Chain]
    left_open: list[Task]
    not_dealt_with: list[AgendaItem]
    previous: Meeting | None
    omissions: list[StandingOmission]


def agenda_page(meeting: Meeting, user: Any) -> AgendaPage:
    """As many queries whatever the rows."""
    items = list(meeting.agenda.order_by("position").prefetch_related(_SPEAKERS))
    asked = {item.follows_up_id for item in items}
    previous = previous_meeting(meeting, user)
    return AgendaPage(
        timetable=timetable(meeting, items),
        chains={chain.item.pk: chain for chain in chains_into(meeting)},
        left_open=[task for task in left_open(meeting, user) if task.pk not in asked],
        not_dealt_with=not_dealt_with(previous) if previous else [],
        previous=previous,
        omissions=list(meeting.omissions.select_related("item").order_by("pk")),
    )


def not_dealt_with(meeting: Meeting) -> list[AgendaItem]:
    """Items of a meeting under which nothing was written, and that were not moved on yet. Standing
    items come by themselves."""
    rows = meeting.agenda.filter(entries=None, decisions=None, carried_to=None, standing=None)
    return list(rows.order_by("position"))


def standing_items(user: Any) -> QuerySet[StandingItem]:
    """Those of the whole state, and those of the user's alliances."""
    access = access_of(user)
    rows: QuerySet[StandingItem] = StandingItem.objects.select_related("alliance")
    if not access.sees_whole_state:
        alliances = access.ids(ScopeKind.ALLIANCE)
        rows = rows.filter(Q(alliance=None) | Q(alliance__in=alliances))
    return rows.order_by("valid_to", "alliance__sort_key", "pk")
