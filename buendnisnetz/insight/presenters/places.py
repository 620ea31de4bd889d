"""What the pages about municipalities show, as plain data."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.insight.domain.queries.coverage import Totals
from buendnisnetz.insight.enums import Reached
from buendnisnetz.insight.presenters.gaps import percent
from buendnisnetz.ui.jinja import format_date, format_number, url
from buendnisnetz.ui.listing import Cell


def place_tabs(current: str, carried: str) -> list[tuple[str, str, bool]]:
    entries = [
        ("places", _("Municipalities"), "insight:place_list"),
        ("districts", _("Districts"), "insight:coverage_list"),
        ("map", _("Map"), "insight:map_page"),
    ]
    return [(text, url(name) + carried, key == current) for key, text, name in entries]


def of_all(total: int) -> Callable[[int], str]:
    """Says "m of n" for one n; a dash where there is nothing to count."""
    if not total:
        return lambda _number: "–"
    pattern, whole = _("%(number)s of %(total)s"), format_number(total)

    def said(number: int) -> str:
        return pattern % {"number": format_number(number), "total": whole}

    return said


def outside(number: int | None, total: int) -> str:
    """The share of meetings outside the district's seat; a dash where there is no seat or meeting."""
    if number is None or not total:
        return "–"
    return f"{percent(number / total)} ({of_all(total)(number)})"


def contact_cell(record: dict[str, Any]) -> Cell:
    """A contact, the mark "none" with who said so, or nothing known."""
    if record["contact"]:
        return Cell(_("yes"))
    if record["said_on"] is None:
        return Cell("–")
    note = _("%(who)s, %(day)s") % {
        "who": record["said_by"],
        "day": format_date(record["said_on"]),
    }
    return Cell(_("none"), note=note)


def totals_line(totals: Totals) -> list[tuple[str, str, str]]:
    """Each question with "m of n" and the share, white spots last."""
    said = of_all(totals.n)
    rows = [(str(question.label), getattr(totals, question.value.lower())) for question in Reached]
    rows.append((_("nothing of it: white spots"), totals.white))
    return [
        (label, said(number), percent(number / totals.n) if totals.n else "–")
        for label, number in rows
    ]
