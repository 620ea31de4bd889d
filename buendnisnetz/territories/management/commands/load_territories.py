"""``load_territories``: load a data set of territories."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from buendnisnetz.core import commands
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load


class Command(commands.Command):
    help = "Loads states, districts, municipalities and chambers from a data set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--data",
            default="thueringen",
            help="thueringen, deutschland, or a folder with files of the same format",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data = dataset.read(options["data"])
        report = load(data)
        self.stdout.write(data.manifest.title)
        labels = {
            "sources": _("Sources of facts"),
            "state": _("Federal states"),
            "district": _("Districts"),
            "association": _("Municipal associations"),
            "municipality": _("Municipalities"),
            "successions": _("Successions"),
            "populations": _("Population figures"),
            "outlines": _("Outlines"),
            "chambers": _("Chambers"),
            "chamber_districts": _("Chamber districts"),
            "neighbours": _("Neighbouring districts"),
            "urbanisation": _("Density of settlement"),
            "umbrella_bodies": _("Municipal umbrella bodies"),
        }
        for key, tally in report.items():
            counts = _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged") % {
                "created": tally.created,
                "updated": tally.updated,
                "unchanged": tally.unchanged,
            }
            self.stdout.write(f"  {labels[key]}: {counts}")
