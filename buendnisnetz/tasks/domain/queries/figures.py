"""Figures about what was promised: done, done late, open, overdue, silent."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from buendnisnetz.core import answers
from buendnisnetz.tasks.enums import CLOSED, TaskStatus
from buendnisnetz.tasks.models import Task, TaskNote

# So many days without a word make an open task a silent one.
SILENT_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Figures:
    """How many were recorded, and how each of them stands.

    ``done`` holds ``done_late``; ``open`` holds ``overdue`` and ``silent``, which may both be said of
    one task. ``recorded`` is ``done`` + ``dropped`` + ``open``.
    """

    recorded: int = 0
    done: int = 0
    done_late: int = 0
    dropped: int = 0
    open: int = 0
    overdue: int = 0
    silent: int = 0


def figures_of(rows: QuerySet[Task], today: date) -> Figures:
    """The figures of these tasks; one query."""
    return together(tallies(rows, today).values(*TALLY))


def total_of(years: Iterable[tuple[int, Figures]]) -> Figures:
    """The figures of all years together."""
    return Figures(
        *(sum(column) for column in zip(*(astuple(found) for _year, found in years), strict=True))
    )


def figures_by_year(rows: QuerySet[Task], today: date) -> list[tuple[int, Figures]]:
    """The figures for each year in which something was recorded, the newest first; one query, and none
    as long as what was reckoned before still holds.

    Each day is counted before its year: an index has the days in order, and few sums are left.
    """
    try:
        days, params = tallies(rows, today, "opened_on").query.sql_with_params()
    except EmptyResultSet:
        return []
    sql = _BY_YEAR.format(days=days)

    def ask() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows: list[Any] = cursor.fetchall()
        return rows

    found = answers.kept(sql, {str(place): value for place, value in enumerate(params)}, ask)
    years = itertools.groupby(found, key=lambda row: int(row[0]))
    return [
        (year, together(dict(zip(TALLY, row[1:], strict=True)) for row in rows_of_year))
        for year, rows_of_year in years
    ]


_BY_YEAR = """
select extract(year from opened_on)::int, status,
    sum(recorded)::int, sum(late)::int, sum(overdue)::int, sum(silent)::int
from ({days}) as days group by 1, 2 order by 1 desc
"""


def silent(rows: QuerySet[Task], today: date) -> QuerySet[Task]:
    """Open tasks about which nobody said a word for half a year."""
    return _with_silence(rows.exclude(status__in=CLOSED), today).filter(is_silent=True)


def _with_silence(rows: QuerySet[Task], today: date) -> QuerySet[Any]:
    since = datetime.combine(today - SILENT_AFTER + timedelta(days=1), time.min)
    lately = TaskNote.objects.filter(written_at__gte=timezone.make_aware(since)).order_by()
    old = Q(opened_on__lte=today - SILENT_AFTER)
    return rows.annotate(is_silent=old & ~Q(pk__in=lately.values("task")))


# What is counted of all tasks in one state.
TALLY = ("status", "recorded", "late", "overdue", "silent")


def tallies(rows: QuerySet[Task], today: date, *beside: str) -> QuerySet[Any]:
    """What :func:`together` makes figures of: a row for each state, and each value of ``beside``."""
    is_open = Q(closed_on=None)
    counts = {
        "recorded": Count("pk"),
        "late": Count("pk", filter=Q(due_on__lt=F("closed_on"))),
        "overdue": Count("pk", filter=is_open & Q(due_on__lt=today)),
        "silent": Count("pk", filter=is_open & Q(is_silent=True)),
    }
    counted = _with_silence(rows, today).order_by().values("status", *beside)
    found: QuerySet[Any] = counted.annotate(**counts)
    return found


def together(rows: Iterable[Mapping[str, Any]]) -> Figures:
    """The figures of the tasks in all states, from rows with what :data:`TALLY` names."""
    counts: Counter[str] = Counter()
    for row in rows:
        recorded, status = row["recorded"], row["status"]
        counts["recorded"] += recorded
        counts["overdue"] += row["overdue"]
        counts["silent"] += row["silent"]
        if status == TaskStatus.DONE:
            counts["done"] += recorded
            counts["done_late"] += row["late"]
        else:
            counts["dropped" if status == TaskStatus.DROPPED else "open"] += recorded
    return Figures(**counts)
