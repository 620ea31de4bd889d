"""``territories``: the states, districts or municipalities of a day."""

from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from buendnisnetz.core import commands
from buendnisnetz.territories.domain.queries import populations
from buendnisnetz.territories.domain.queries import territories as queries
from buendnisnetz.territories.enums import Level, PopulationBase, TerritoryKind
from buendnisnetz.territories.management.tables import as_table, day_from

_LEVELS = {
    "state": Level.STATE,
    "district": Level.DISTRICT,
    "municipality": Level.MUNICIPALITY,
}


class Command(commands.Command):
    help = "Lists territories as of a day, with their population and what followed them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day; today if left out")
        parser.add_argument("--level", choices=list(_LEVELS), required=True)
        parser.add_argument("--parent", metavar="AGS", help="only what lies in this territory")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        day = day_from(options["on"])
        parent = options["parent"] or ""
        if parent:
            # Stops with its own sentence if there is no such territory.
            queries.territory_on(parent, day)
        rows = listed(day, _LEVELS[options["level"]], parent)
        if options["json"]:
            self.print_json(rows)
        else:
            self.stdout.write(_readable(rows))


def listed(day: date, level: Level, parent: str) -> list[dict[str, Any]]:
    """The rows as the command prints them."""
    base = populations.base_near(day)
    found = queries.territories_on(day, level=level, within=parent)
    records = list(
        populations.with_population(found, on=day, base=base).values(
            "pk", "ags", "ars", "name", "kind", "population", "population_on", "valid_from", "valid_to"
        )
    )  # fmt: skip
    after = queries.keys_after([record["pk"] for record in records])
    return [
        {
            "ags": record["ags"],
            "ars": record["ars"],
            "name": record["name"],
            "kind": record["kind"],
            "population": record["population"],
            "population_base": base if record["population"] is not None else None,
            "population_on": record["population_on"],
            "valid_from": record["valid_from"],
            "valid_to": record["valid_to"],
            "successors": after.get(record["pk"], []),
        }
        for record in records
    ]


def _readable(rows: list[dict[str, Any]]) -> str:
    header = [_("Key"), _("Name"), _("Kind"), _("Inhabitants"), _("Counted on"), _("Base")]
    lines = [
        [
            row["ags"],
            row["name"],
            str(TerritoryKind(row["kind"]).label),
            "" if row["population"] is None else str(row["population"]),
            f"{row['population_on']:%d.%m.%Y}" if row["population_on"] else "",
            str(PopulationBase(row["population_base"]).label) if row["population_base"] else "",
        ]
        for row in rows
    ]
    return as_table(header, lines) if lines else _("No territory of this level on this day.")
