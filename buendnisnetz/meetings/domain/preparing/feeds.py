"""Secret addresses that calendar programs read, revoked by whoever made them (S46).

What an address shows is asked anew each time, with the rights that its user has then.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.models import CalendarFeed, Meeting
from buendnisnetz.meetings.models.meeting import of_alliances, of_no_alliance
from buendnisnetz.network.models import Alliance, WorkingGroup

# Calendar programs show what was; what lies further back than this is in the list of meetings.
LOOKING_BACK = timedelta(days=365)


class NotYoursError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("You have no role for this alliance or group, so it has no calendar for you.")
        )


def may_follow(user: Any, alliance: Alliance | None, group: WorkingGroup | None) -> bool:
    """Whether the meetings of a body are the user's to read: own alliances with their groups, groups of
    the state, and everything for the coordination office."""
    access = access_of(user)
    if access.is_public:
        return False
    own = alliance.pk if alliance else group.alliance_id if group else None
    return own is None or access.sees_whole_state or own in access.ids(ScopeKind.ALLIANCE)


def make_feed(
    *,
    user: Any,
    alliance: Alliance | None = None,
    group: WorkingGroup | None = None,
    now: datetime,
) -> tuple[CalendarFeed, str]:
    """A new address; it is returned once and only its hash is kept. Raises NotYoursError."""
    with recorded(actor=user, action="meetings.feed.made"):
        if not may_follow(user, alliance, group):
            raise NotYoursError
        token = secrets.token_urlsafe(24)
        feed = CalendarFeed.objects.create(
            user=user,
            alliance=alliance,
            working_group=group,
            token_hash=_hash(token),
            created_at=now,
        )
        path = reverse("meetings:calendar_feed", args=[token])
        return feed, settings.SITE_URL.rstrip("/") + path


def revoke_feed(*, feed: CalendarFeed, actor: Any, now: datetime) -> None:
    """The address answers no more; a second time changes nothing."""
    with recorded(actor=actor, action="meetings.feed.revoked"):
        CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=now)


def feed_behind(token: str) -> CalendarFeed | None:
    """The feed of an address, unless it was revoked or its user lost the right to it."""
    rows = CalendarFeed.objects.select_related("user", "alliance", "working_group")
    feed: CalendarFeed | None = rows.filter(token_hash=_hash(token), revoked_at=None).first()
    if feed is None or not may_follow(feed.user, feed.alliance, feed.working_group):
        return None
    return feed


def note_reading(*, feed: CalendarFeed, today: date) -> None:
    """Keep the day of the last reading, so that its user sees which addresses are in use."""
    if feed.last_read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_on=today)


def meetings_of(feed: CalendarFeed, today: date) -> QuerySet[Meeting]:
    """The meetings of the last twelve months and all ahead, cancelled ones too; one query."""
    rows = Meeting.objects.inside_for(feed.user).filter(
        _belongs(feed), held_on__gte=today - LOOKING_BACK
    )
    ordered: QuerySet[Meeting] = rows.distinct().order_by("held_on", "pk")
    return ordered


def _belongs(feed: CalendarFeed) -> Q:
    if feed.working_group_id:
        return Q(working_group=feed.working_group_id)
    if feed.alliance_id:
        return of_alliances([feed.alliance_id])
    own = of_alliances(access_of(feed.user).ids(ScopeKind.ALLIANCE))
    invited = Q(invitations__email__iexact=feed.user.email) | Q(attendances__person__user=feed.user)
    return own | of_no_alliance() | invited


def name_of(feed: CalendarFeed) -> str:
    """What the calendar is called."""
    body = feed.working_group or feed.alliance
    return str(body) if body else _("My meetings")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
