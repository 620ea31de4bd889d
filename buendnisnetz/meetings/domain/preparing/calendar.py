"""Meetings as iCalendar, for mails and feeds; times are those of Berlin (S46)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from buendnisnetz.meetings.enums import MeetingStatus
from buendnisnetz.meetings.models import Meeting
from buendnisnetz.ui.jinja import url

if TYPE_CHECKING:
    from icalendar import Event

_ZONE = ZoneInfo("Europe/Berlin")
# The rule that holds since 1996; a list of all changes from 1970 on would be longer than any meeting.
_BERLIN = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def weekday(day: date) -> str:
    """The day's name."""
    names = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return names[day.weekday()]


def begins(meeting: Meeting) -> datetime:
    """The moment of the beginning; midnight where no time is known."""
    at = meeting.starts_at
    day = datetime.combine(meeting.held_on, datetime.min.time(), _ZONE)
    return day if at is None else day.replace(hour=at.hour, minute=at.minute)


def calendar(meetings: Iterable[Meeting], *, name: str, made_at: datetime) -> bytes:
    """A calendar that programs show; nobody is asked to answer it (METHOD:PUBLISH)."""
    from icalendar import Calendar, Timezone  # noqa: PLC0415 -- see _event

    result = Calendar()
    result.add("prodid", f"-//{settings.SITE_NAME}//DE")
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add("x-wr-calname", name)
    result.add_component(Timezone.from_ical(_BERLIN))
    for meeting in meetings:
        result.add_component(_event(meeting, made_at))
    content: bytes = result.to_ical()
    return content


def uid_of(meeting: Meeting) -> str:
    """The same for ever, whatever changes about the meeting."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"{meeting.public_id}@{domain}"


def _event(meeting: Meeting, made_at: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 -- three megabytes that few processes need

    event = Event()
    event.add("uid", uid_of(meeting))
    event.add("sequence", meeting.version)
    event.add("summary", meeting.title)
    event.add("dtstamp", made_at.astimezone(UTC))
    cancelled = meeting.status == MeetingStatus.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    page = url("meetings:meeting_detail", meeting.public_id)
    event.add("url", settings.SITE_URL.rstrip("/") + page)
    if meeting.starts_at is None:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + timedelta(days=1))
        return event
    start = begins(meeting)
    event.add("dtstart", start)
    if meeting.ends_at is not None:
        end = start.replace(hour=meeting.ends_at.hour, minute=meeting.ends_at.minute)
        event.add("dtend", end if end > start else end + timedelta(days=1))
    return event
