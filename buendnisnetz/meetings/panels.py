"""What this room adds to other rooms' pages, and to what a holder has when a post is handed over; ties."""

from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.core import slots
from buendnisnetz.meetings.domain import holdings, ties
from buendnisnetz.meetings.domain.preparing.feeds import may_follow
from buendnisnetz.meetings.domain.queries.editions import people_at_the_head
from buendnisnetz.meetings.enums import MeetingKind, MeetingStatus, PollStatus
from buendnisnetz.meetings.models import DatePoll, MeetingSeries
from buendnisnetz.meetings.presenters.tabs import meeting_tabs
from buendnisnetz.meetings.rules import IMPORTERS
from buendnisnetz.network.domain.queries import choices
from buendnisnetz.network.domain.queries.choices import Choosable
from buendnisnetz.network.models import Alliance, WorkingGroup
from buendnisnetz.ui import viewkit
from buendnisnetz.ui.jinja import GLOBALS

GLOBALS["meeting_tabs"] = meeting_tabs
choices.register("freigebende", Choosable(people_at_the_head, lambda row: row.titled_name()))
choices.register(
    "reihen",
    Choosable(
        lambda user, today: MeetingSeries.objects.visible_to(user),
        lambda row: row.name,
        exact="name__iexact",
        key=str,
        find=lambda rows, typed: rows.filter(name__icontains=typed).order_by("name", "pk"),
    ),
)
holdings.register_own()
ties.register_own()


@slots.register("partnering.exchange", order=50)
def exchange_date(exchange: Any, user: Any) -> str:
    """Two groups look for a date together; those asked come from both (S115). The poll that runs, or the
    way to one; nothing once they met or a meeting is planned. One query."""
    access, meeting = access_of(user), exchange.meeting
    planned = meeting is not None and meeting.status != MeetingStatus.CANCELLED
    if exchange.held_on is not None or planned or not access.has(*IMPORTERS):
        return ""
    groups = [exchange.first_group, exchange.second_group]
    pair = DatePoll.objects.visible_to(user).filter(
        kind=MeetingKind.EXCHANGE, working_group__in=groups, second_group__in=groups
    )
    # The poll belongs to the group of whoever begins it.
    own = access.ids(ScopeKind.ALLIANCE)
    if not access.sees_whole_state and exchange.first_group.alliance_id not in own:
        groups.reverse()
    running = pair.filter(status=PollStatus.OPEN).order_by("-pk").first()
    return viewkit.panel("meetings/panel_exchange.html", groups, running)


@slots.register("network.alliance", order=90)
def alliance_calendar(alliance: Alliance, user: Any) -> str:
    """The way to a calendar address, for whoever may read the alliance's meetings. No query."""
    if not may_follow(user, alliance, None):
        return ""
    return viewkit.panel("meetings/panel_calendar.html", f"?alliance={alliance.slug}")


@slots.register("network.group", order=90)
def group_calendar(group: WorkingGroup, user: Any) -> str:
    if not may_follow(user, None, group):
        return ""
    return viewkit.panel("meetings/panel_calendar.html", f"?group={group.public_id}")


@slots.register("accounts.profile", order=90)
def own_calendar(user: Any) -> str:
    return viewkit.panel("meetings/panel_calendar.html") if may_follow(user, None, None) else ""
