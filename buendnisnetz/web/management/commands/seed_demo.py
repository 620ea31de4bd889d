"""The demonstration's data: deterministic, believable, everybody invented."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError

from buendnisnetz.accounts.models import User
from buendnisnetz.core import commands
from buendnisnetz.core.models import Installation
from buendnisnetz.web.demo.seed import seed


class Command(commands.Command):
    help = "Legt die Daten der Vorführung an (nur in einer Vorführung)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="nichts tun, wenn schon Daten da sind"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        installation = Installation.objects.first()
        if installation is None or installation.mode != "demo":
            raise CommandError(
                "Daten der Vorführung gibt es nur in einer Vorführung (bin/demo).", returncode=1
            )
        if User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("Es sind schon Daten da.", returncode=1)
        self.stderr.write("Lege die Daten der Vorführung an …")
        seed()
