"""Series with a rhythm: the next meeting is offered from the last one (S02)."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.meetings import create_meeting
from buendnisnetz.meetings.domain.preparing.calendar import weekday
from buendnisnetz.meetings.enums import MeetingStatus, Rhythm
from buendnisnetz.meetings.models import Meeting, MeetingSeries

_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6, Rhythm.YEARLY: 12}


class NothingToOfferError(DomainError):
    """Without a rhythm or a meeting to go by, or when the next one stands already."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The next meeting is planned already, or the series has no rhythm. Please load the page again."
            )
        )


def next_day(last: date, every: Rhythm) -> date:
    """The same weekday a step on: in the same week of the month, the last one where it was the fifth."""
    if every == Rhythm.WEEKLY:
        return last + timedelta(days=7)
    months = last.year * 12 + last.month - 1 + _MONTHS[every]
    return _nth_weekday(months // 12, months % 12 + 1, last.weekday(), _week(last))


def _week(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _nth_weekday(year: int, month: int, day_of_week: int, week: int) -> date:
    first = date(year, month, 1)
    found = first + timedelta(days=(day_of_week - first.weekday()) % 7 + 7 * (week - 1))
    return found if found.month == month else found - timedelta(days=7)


def rhythm_words(last: date, every: Rhythm) -> str:
    """Such as: every month on the second Tuesday, as last time."""
    if every == Rhythm.WEEKLY:
        return _("every week on %(weekday)s, as last time") % {"weekday": weekday(last)}
    weeks = (
        pgettext("week", "first"),
        pgettext("week", "second"),
        pgettext("week", "third"),
        pgettext("week", "fourth"),
        pgettext("week", "last"),
    )
    return _("%(rhythm)s on the %(week)s %(weekday)s, as last time") % {
        "rhythm": every.label,
        "week": weeks[_week(last) - 1],
        "weekday": weekday(last),
    }


def last_meeting(series: MeetingSeries) -> Meeting | None:
    """The latest that was not cancelled; one query."""
    rows = series.meetings.exclude(status=MeetingStatus.CANCELLED)
    found: Meeting | None = rows.order_by("-held_on", "-pk").first()
    return found


def offered_day(series: MeetingSeries, last: Meeting | None, today: date) -> date | None:
    """The day of the next meeting, None where nothing is to be offered: no rhythm, no meeting to go
    by, or one that lies ahead already. Days that have passed meanwhile are skipped."""
    if not series.every or last is None or last.held_on > today:
        return None
    every = Rhythm(series.every)
    day = next_day(last.held_on, every)
    while day <= today:
        day = next_day(day, every)
    return day


def plan_next(*, series: MeetingSeries, actor: Any, today: date) -> Meeting:
    """Plan the next meeting like the last one: body, place, kind, times; standing items come by
    themselves. Raises NothingToOfferError."""
    with recorded(actor=actor, action="meetings.series.continued"):
        row = MeetingSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
        last = last_meeting(row)
        day = offered_day(row, last, today)
        if day is None or last is None:
            raise NothingToOfferError
        return create_meeting(
            actor=actor,
            title=last.title,
            kind=last.kind,
            series=row,
            alliance=last.alliance,
            working_group=last.working_group,
            place=last.place,
            body=last.body,
            territory=last.territory,
            starts_at=last.starts_at,
            ends_at=last.ends_at,
            held_on=day,
        )


def edit_series(*, series: MeetingSeries, actor: Any, **values: Any) -> MeetingSeries:
    """Change name, rhythm or body; what was before stands in the history."""
    with recorded(actor=actor, action="meetings.series.edited"):
        row: MeetingSeries = MeetingSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
        return row
