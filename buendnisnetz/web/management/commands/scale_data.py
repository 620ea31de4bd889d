"""Data for all Germany, for measuring; deterministic."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import CommandError
from django.db import transaction

from buendnisnetz.core import commands
from buendnisnetz.core.models import Installation
from buendnisnetz.network.models import Organisation
from buendnisnetz.territories.domain import dataset
from buendnisnetz.territories.domain.load import load
from buendnisnetz.web.demo.seed import build_world, seed_accounts
from buendnisnetz.web.demo.sizes import GERMANY, scaled

# Fixed, so that two runs give the same rows whatever the day.
TODAY = date(2026, 7, 1)


class Command(commands.Command):
    help = "Füllt eine leere Datenbank mit erfundenen Daten für ganz Deutschland (zum Messen)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--factor", type=float, default=1.0, help="Größe (Vorgabe: 1.0)")

    def handle(self, *args: Any, factor: float, **options: Any) -> None:
        if not 0 < factor <= 10:
            raise CommandError("--factor: bitte eine Zahl über 0 bis 10 angeben.", returncode=2)
        installation = Installation.objects.first()
        if installation is not None and installation.mode == "production":
            raise CommandError(
                "Erfundene Daten gehören nicht in eine Installation für die Arbeit.", returncode=1
            )
        if Organisation.objects.exists():
            raise CommandError(
                "Die Datenbank ist nicht leer. Bitte eine andere nennen.", returncode=1
            )
        with transaction.atomic():
            load(dataset.read("thueringen"))
            load(dataset.read("deutschland"))
            world = build_world(scaled(GERMANY, factor), TODAY)
            seed_accounts(world)
        self.stdout.write(
            f"{len(world.alliances)} Bündnisse, {len(world.organisations)} Organisationen, "
            f"{len(world.people)} Menschen, {world.sizes.meetings} Sitzungen."
        )
