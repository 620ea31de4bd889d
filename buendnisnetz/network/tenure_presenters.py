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


def caretaker_total(found: Caretaking) -> dict[str, str]:
    """Number, hours, and hours for 10,000 inhabitants."""
    share = found.hours_per_10000
    return {
        "caretakers": format_number(found.caretakers),
        "hours": format_number(float(found.hours), 1),
        "per_10000": format_number(round(share, 2), 2) if share is not None else "–",
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
