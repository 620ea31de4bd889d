"""When each item of an agenda begins and ends: durations added up from the meeting's beginning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from buendnisnetz.meetings.models import AgendaItem, Meeting

_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class TimedItem:
    """An item with its times; without a beginning of the meeting there are none."""

    item: AgendaItem
    starts_at: time | None
    ends_at: time | None


@dataclass(frozen=True)
class Timetable:
    """The whole agenda: ``minutes`` is the sum of all durations, ``over`` by how many minutes the last
    item ends after the meeting's end (negative: so much is left), None where that is not known."""

    rows: list[TimedItem]
    minutes: int
    without_duration: int
    over: int | None


def timetable(meeting: Meeting, items: Iterable[AgendaItem]) -> Timetable:
    """Add the durations up, in the order given. An item without a duration takes no time; one with a
    beginning of its own (from minutes that were read in) sets the clock to it."""
    clock = _moment(meeting.starts_at)
    rows, minutes, without = [], 0, 0
    for item in items:
        clock = _moment(item.starts_at) or clock
        end = None
        if item.duration:
            minutes += item.duration
            end = clock + timedelta(minutes=item.duration) if clock else None
        else:
            without += 1
        own_end = _moment(item.ends_at)
        shown = own_end or end
        rows.append(
            TimedItem(item, clock.time() if clock else None, shown.time() if shown else None)
        )
        clock = shown or clock
    return Timetable(rows, minutes, without, _over(meeting, clock))


def _moment(at: time | None) -> datetime | None:
    return datetime.combine(_ANY_DAY, at) if at is not None else None


def _over(meeting: Meeting, clock: datetime | None) -> int | None:
    if clock is None or meeting.starts_at is None or meeting.ends_at is None:
        return None
    end = datetime.combine(_ANY_DAY, meeting.ends_at)
    if meeting.ends_at < meeting.starts_at:
        end += timedelta(days=1)
    return int((clock - end).total_seconds()) // 60
