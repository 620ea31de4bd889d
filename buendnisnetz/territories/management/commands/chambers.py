"""``chambers``: which chambers a district or municipality belongs to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.territories.domain.queries import chambers as queries
from buendnisnetz.territories.domain.queries.chambers import ChamberFact
from buendnisnetz.territories.enums import ChamberKind
from buendnisnetz.territories.management.tables import BAD_INPUT, as_json, as_table, day_from


class Command(BaseCommand):
    help = "Names the chambers of a district or municipality as of a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ags", required=True, help="key of a district or municipality")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day; today if left out")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = queries.chambers_of(options["ags"], day_from(options["on"]))
        except DomainError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        if options["json"]:
            values = {kind.value.lower(): _as_dict(found.get(kind)) for kind in ChamberKind}
            self.stdout.write(as_json(values))
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
