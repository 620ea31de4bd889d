"""The first account of an installation."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.validators import validate_email
from django.utils import timezone

from buendnisnetz.accounts.domain.administrators import appoint_administrator
from buendnisnetz.core import commands


class Command(commands.Command):
    help = "Legt das erste Konto der Verwaltung an oder setzt sein Passwort neu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="Adresse für die Anmeldung")
        parser.add_argument("--name", default="", help="angezeigter Name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
            user = appoint_administrator(
                email=email, display_name=name, password=_password(), now=timezone.now()
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=1) from None
        self.stdout.write(f"{user.email} kann sich jetzt anmelden.")


def _password() -> str:
    """Asked twice without showing it, or one line from standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Passwort (mindestens 12 Zeichen): ")
    if first != getpass.getpass("Noch einmal: "):
        raise CommandError("Die beiden Eingaben sind verschieden. Nichts geändert.", returncode=1)
    return first
