"""How terms, vacancies and caretakers are shown as figures."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.network.domain.queries.tenure import Caretaking, Quarter, Tenure
from buendnisnetz.ui.jinja import format_number

_DAYS_OF_A_YEAR = 365.25


def reason(record: dict[str, Any]) -> str:
    """Which of the days of a term ends it first."""
    reasons = {
        "valid_to": _("end of the term"),
        "post__mandate_ends_on": _("end of the mandate"),
        "post__valid_to": _("end of the post"),
    }
    return next(text for name, text in reasons.items() if record[name] == record["ends_on"])


def quarter_name(day: date) -> str:
    return _("%(quarter)s. quarter of %(year)s") % {
        "quarter": (day.month + 2) // 3,
        "year": day.year,
    }


def quarter_rows(quarters: Iterable[Quarter]) -> list[list[str]]:
    return [
        [
            quarter_name(row.first_day),
            format_number(row.districts),
            format_number(row.filled),
            f"{format_number(round(row.share * 100))} %",
            format_number(row.empty_days),
        ]
        for row in quarters
    ]


def caretaker_rows(rows: Iterable[Caretaking]) -> list[list[str]]:
    """By district, those with caretakers only."""
    return [
        [
            row.district or _("without a district"),
            format_number(row.caretakers),
            format_number(row.hours, 1),
            format_number(row.hours_per_10000, 1) if row.hours_per_10000 is not None else "–",
        ]
        for row in rows
        if row.caretakers
    ]


def caretaker_total(rows: Iterable[Caretaking]) -> dict[str, str]:
    """Number, hours, and hours for 10,000 inhabitants of all districts, those without one too."""
    known = list(rows)
    hours = sum(float(row.hours) for row in known)
    population = sum(row.population for row in known)
    return {
        "caretakers": format_number(sum(row.caretakers for row in known)),
        "hours": format_number(round(hours, 1), 1),
        "per_10000": format_number(round(hours * 10_000 / population, 2), 2) if population else "–",
    }


def years(days: int | None) -> str:
    """Days in years with one decimal place."""
    return "–" if days is None else format_number(round(days / _DAYS_OF_A_YEAR, 1), 1)


def tenure_rows(rows: Iterable[Tenure]) -> list[list[str]]:
    return [
        [
            str(row.kind.label),
            format_number(row.posts),
            format_number(row.held),
            years(row.median_days),
            format_number(row.ended),
            years(row.ended_median_days),
            format_number(row.empty_days),
        ]
        for row in rows
    ]
