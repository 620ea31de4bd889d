"""``chambers``: which chambers a district or municipality belongs to."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from buendnisnetz.core import commands
from buendnisnetz.territories.domain.queries import chambers as queries
from buendnisnetz.territories.domain.queries.chambers import ChamberFact
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.territories.management.tables import as_table, day_from


class Command(commands.Command):
    help = "Names the chambers of a district or municipality as of a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ags", required=True, help="key of a district or municipality")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day; today if left out")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        found = queries.chambers_of(options["ags"], day_from(options["on"]))
        if options["json"]:
            values = {kind.value.lower(): _as_dict(found.get(kind)) for kind in ChamberKind}
            self.print_json(values)
        else:
            self.stdout.write(_readable(found))


def _as_dict(fact: ChamberFact | None) -> dict[str, Any] | None:
    """One chamber; None where the data know none."""
    if fact is None:
        return None
    return {
        "name": fact.chamber.name,
        "seat": fact.chamber.seat,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "evidence": fact.evidence,
        "source": fact.source,
    }


def _readable(found: dict[ChamberKind, ChamberFact]) -> str:
    if not found:
        return _("No chamber is known for this territory on this day.")
    header = [_("Kind"), _("Chamber"), _("Seat"), _("Evidence")]
    lines = [
        [str(fact.kind.value), fact.chamber.name, fact.chamber.seat, fact.evidence]
        for fact in found.values()
    ]
    return as_table(header, lines)
