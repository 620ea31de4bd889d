"""Figures about what was promised: done, done late, open, overdue, silent."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear

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
    return Figures(**_with_silence(rows, today).aggregate(**_counts(today)))


def total_of(years: Iterable[tuple[int, Figures]]) -> Figures:
    """The figures of all years together."""
    return Figures(
        *(sum(column) for column in zip(*(astuple(found) for _year, found in years), strict=True))
    )


def figures_by_year(rows: QuerySet[Task], today: date) -> list[tuple[int, Figures]]:
    """The figures for each year in which something was recorded, the newest first; one query."""
    counted = (
        _with_silence(rows, today)
        .annotate(year=ExtractYear("opened_on"))
        .order_by("-year")
        .values("year")
        .annotate(**_counts(today))
    )
    return [(row.pop("year"), Figures(**row)) for row in counted]


def silent(rows: QuerySet[Task], today: date) -> QuerySet[Task]:
    """Open tasks about which nobody said a word for half a year."""
    return _with_silence(rows.exclude(status__in=CLOSED), today).filter(is_silent=True)


def _with_silence(rows: QuerySet[Task], today: date) -> QuerySet[Any]:
    lately = TaskNote.objects.filter(task=OuterRef("pk"), written_at__date__gt=today - SILENT_AFTER)
    return rows.annotate(is_silent=Q(opened_on__lte=today - SILENT_AFTER) & ~Exists(lately))


def _counts(today: date) -> dict[str, Any]:
    is_open = ~Q(status__in=CLOSED)
    done = Q(status=TaskStatus.DONE)
    conditions = {
        "done": done,
        "done_late": done & Q(due_on__lt=F("closed_on")),
        "dropped": Q(status=TaskStatus.DROPPED),
        "open": is_open,
        "overdue": is_open & Q(due_on__lt=today),
        "silent": is_open & Q(is_silent=True),
    }
    # The names must not shadow each other inside one query: Count takes the condition itself.
    return {
        "recorded": Count("pk"),
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()},
    }
