"""The list of all addresses, for checks from outside."""

from argparse import ArgumentParser
from typing import Any

from buendnisnetz.core import commands
from buendnisnetz.web.domain.routes import all_routes


class Command(commands.Command):
    help = "Zählt alle Adressen auf: Name, Beispiel, wer sie öffnen darf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        routes = all_routes()
        if options["json"]:
            self.print_json([route.as_dict() for route in routes])
            return
        for route in routes:
            who = "alle" if route.public else ", ".join(route.roles)
            self.stdout.write(f"{route.name:45} {route.path:55} {'/'.join(route.methods):10} {who}")
