"""A slow second opinion: the same questions answered day by day in plain Python."""

from dataclasses import dataclass
from datetime import date, timedelta

from buendnisnetz.insight.enums import SinceKind

ONE_DAY = timedelta(days=1)
FIRST = date(2020, 1, 1)
LAST = date(2020, 2, 29)


@dataclass(frozen=True)
class Stay:
    """An organisation belongs to an alliance from a day to a day; empty is open."""

    organisation: int
    kind: str
    alliance: int
    start: date | None
    end: date | None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Answer:
    present: int
    since: date | None
    since_kind: SinceKind | None


def days(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


def answer(
    there: dict[date, int], at_least: int, day: date, fallback: date, kind: SinceKind
) -> Answer:
    """``there`` counts for each day of the whole window, which begins before everything."""
    present = there[day]
    if present >= at_least:
        return Answer(present, None, None)
    met = [before for before in there if before <= day and there[before] >= at_least]
    if met:
        return Answer(present, max(met) + ONE_DAY, SinceKind.MET)
    return Answer(present, fallback, kind)


def counted(
    stays: list[Stay], kinds: tuple[str, ...], last: dict[int, date | None]
) -> dict[date, int]:
    """For each day how many different organisations of these kinds were there.

    ``last`` holds the last day of organisations that ended.
    """
    return {
        day: len(
            {
                stay.organisation
                for stay in stays
                if stay.kind in kinds
                and stay.covers(day)
                and (last.get(stay.organisation) is None or day <= last[stay.organisation])  # type: ignore[operator]
            }
        )
        for day in days(FIRST - ONE_DAY, LAST)
    }
