"""``coverage``: how the municipalities of a day are reached, per district or one by one."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from buendnisnetz.core import commands
from buendnisnetz.insight.domain.queries import coverage as queries
from buendnisnetz.insight.management.commands.gaps import day_from
from buendnisnetz.insight.presenters.places import of_all, outside, totals_line
from buendnisnetz.territories.domain.queries.territories import territory_on


class Command(commands.Command):
    help = "Says how many municipalities are reached, by what, and which are white spots."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day; today if left out")
        parser.add_argument("--district", metavar="AGS", help="the municipalities of this district")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        day, within = day_from(options["on"]), options["district"] or ""
        if within:
            # Stops with its own sentence if there is no such territory.
            territory_on(within, day)
        rows = queries.coverage(day, within=within)
        totals = queries.totals(rows)
        districts = list(queries.districts(day, within=within).order_by("ags"))
        if options["json"]:
            places = list(rows.order_by("ags", "pk")) if within else []
            self.print_json(
                {
                    "on": day,
                    "totals": vars(totals),
                    "districts": [_district(row) for row in districts],
                    "municipalities": [_place(row) for row in places],
                }
            )
            return
        for label, said, share in totals_line(totals):
            self.stdout.write(f"{label}: {said} ({share})")
        for row in districts:
            self.stdout.write(_readable(row))


def _district(row: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "ags", "name", "alliance", "contact", "caretaker", "meeting", "member", "white",
        "unknown_contact", "urban", "urban_reached", "rural", "rural_reached", "meetings",
        "meetings_outside",
    )  # fmt: skip
    return {"municipalities": row["n"], **{name: row[name] for name in kept}}


def _place(row: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "ags", "name", "alliance", "contact", "caretaker", "meetings", "member", "white",
        "urbanisation", "said_on", "said_by",
    )  # fmt: skip
    return {"district": row["district_ags"], **{name: row[name] for name in kept}}


def _readable(row: dict[str, Any]) -> str:
    sentence = _(
        "%(ags)s %(name)s: alliance %(alliance)s, white spots %(white)s, meetings outside the seat %(outside)s"
    )
    return sentence % {
        "ags": row["ags"],
        "name": row["name"],
        "alliance": of_all(row["n"])(row["alliance"]),
        "white": row["white"],
        "outside": outside(row["meetings_outside"], row["meetings"]),
    }
