"""The open interface on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from buendnisnetz.api.domain.publishing import publish
from buendnisnetz.core import commands


class Command(commands.Command):
    help = "Offene Daten: „publish“ erneuert alles, was OParl, Feeds und offene Listen zeigen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["publish"], metavar="publish")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        changed = publish(now=timezone.now())
        self.stdout.write(f"{changed} Objekte geändert.")
