"""Makes our table of postcodes from the provider's file (see ``partnering/data/README.md``)."""

import csv
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import CommandParser

from buendnisnetz.core.commands import BAD_INPUT
from buendnisnetz.core.commands import Command as BaseCommand
from buendnisnetz.partnering.domain import postcodes


class Command(BaseCommand):
    help = "Schreibt die Tabelle der Postleitzahlen neu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="CSV mit plz, ags und zwei Flächenanteilen")
        parser.add_argument("--target", type=Path, default=postcodes.TABLE)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["source"].open(encoding="utf-8", newline="") as file:
                pairs = postcodes.compact(csv.DictReader(file))
        except (OSError, KeyError, ValueError) as problem:
            raise CommandError(
                f"Diese Datei lässt sich nicht lesen: {problem}", returncode=BAD_INPUT
            ) from problem
        postcodes.write(pairs, options["target"])
        self.stdout.write(f"{len(pairs)} Zeilen\n")
