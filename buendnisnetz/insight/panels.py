"""What this room adds to lower rooms' pages."""

from datetime import date
from typing import Any

from django.core.cache import caches
from django.utils import timezone

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.core import slots
from buendnisnetz.core.words import words_of
from buendnisnetz.insight.domain.queries import coverage, overview
from buendnisnetz.insight.domain.queries.meeting import coverage_of
from buendnisnetz.insight.models import NoContactMark
from buendnisnetz.insight.presenters import gaps as gap_presenters
from buendnisnetz.insight.presenters import panels as presenters
from buendnisnetz.insight.rules import (
    DISTRICT_READERS,
    MARKERS,
    NETWORK_READERS,
    can_keep,
    can_mark,
    view_of,
)
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.enums import OrganisationKind, Sector
from buendnisnetz.network.models import Alliance, Organisation
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory
from buendnisnetz.ui import viewkit


@slots.register("network.alliance", order=50)
def alliance_gaps(alliance: Alliance, user: Any) -> str:
    """Gaps and warnings of an alliance today. One query, none for readers without a right to it."""
    view = view_of(user)
    if view.nothing:
        return ""
    found = overview.report_of(alliance.pk, view, timezone.localdate())
    if found is None:
        return ""
    row = found.row
    missing = gap_presenters.need_lines([need for need in found.needs if need.is_gap])
    warnings = gap_presenters.warning_lines(row["warnings"], alliance, can_keep(user, alliance))
    return viewkit.panel("insight/panel_alliance.html", alliance, row, missing, warnings)


@slots.register("network.alliance", order=80)
def alliance_in_the_network(alliance: Alliance, user: Any) -> str:
    """The way to an alliance's surroundings. No query."""
    return _in_the_network(alliance.slug, user)


@slots.register("network.organisation", order=80)
def organisation_in_the_network(organisation: Organisation, user: Any) -> str:
    """The way to an organisation's surroundings. No query."""
    return _in_the_network(organisation.public_id, user)


def _in_the_network(address: str, user: Any) -> str:
    if not access_of(user).has(*NETWORK_READERS):
        return ""
    return viewkit.panel("insight/panel_network.html", address)


@slots.register("network.caretakers", order=50)
def caretakers_by_district(user: Any) -> str:
    """The way to the caretakers of each district. No query."""
    if not access_of(user).has(*DISTRICT_READERS):
        return ""
    return viewkit.panel("insight/panel_caretakers.html")


@slots.register("meetings.meeting", order=50)
def meeting_coverage(meeting: Meeting, user: Any) -> str:
    """Who was at the table. One query."""
    found = coverage_of(meeting)
    if found is None:
        return ""
    words = words_of(OrganisationKind), words_of(Sector)
    return viewkit.panel("insight/panel_meeting.html", found, *words)


@slots.register("territories.territory", order=50)
def place_coverage(territory: Territory, *, user: Any, on: date) -> str:
    """How a municipality is reached, for those who work in the network. One query, or two."""
    if access_of(user).is_public or territory.level != Level.MUNICIPALITY:
        return ""
    rows = coverage.coverage(on, within=territory.ags).where("pk = %(pk)s", pk=territory.pk)
    found = list(rows)
    if not found:
        return ""
    may_mark = access_of(user).has(*MARKERS) and can_mark(user, territory)
    marks = NoContactMark.objects.filter(territory=territory).order_by("-valid_from")
    mark = marks.first() if may_mark else None
    facts = presenters.place_facts(found[0])
    return viewkit.panel("insight/panel_place.html", found[0], territory, facts, may_mark, mark)


@slots.register("web.dashboard", order=50)
def dashboard(user: Any) -> str:
    """What of the gap report needs this reader. One query a minute."""
    view = view_of(user)
    if view.nothing or access_of(user).has(Role.MINISTRY):
        return ""
    key = f"insight.dashboard.{access_of(user).user_id}"
    figures: dict[str, Any] | None = caches["process"].get(key)
    if figures is None:
        rows = overview.overview(view, timezone.localdate())
        figures = rows.one(presenters.BOARD_COLUMNS)
        caches["process"].set(key, figures)
    lines = presenters.board_lines(figures)
    return viewkit.panel("insight/panel_dashboard.html", *lines) if lines else ""
