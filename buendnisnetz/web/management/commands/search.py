"""The search page on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError

from buendnisnetz.accounts.models import User
from buendnisnetz.core import commands
from buendnisnetz.web.domain.search import search


class Command(commands.Command):
    help = "Sucht wie die Suchseite; ohne --user, was die Öffentlichkeit findet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="was gesucht wird")
        parser.add_argument("--user", metavar="E-MAIL", help="mit den Rechten dieses Kontos")
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, text: str, **options: Any) -> None:
        user: User | AnonymousUser = AnonymousUser()
        if options["user"]:
            found = User.objects.filter(email__iexact=options["user"]).first()
            if found is None:
                raise CommandError(
                    f"Es gibt kein Konto mit der Adresse {options['user']}.", returncode=1
                )
            user = found
        hits = search(text=text, user=user).hits
        if options["json"]:
            self.print_json(
                [
                    {"kind": hit.kind, "title": hit.title, "url": hit.url, "snippet": hit.snippet}
                    for hit in hits
                ]
            )
            return
        for hit in hits:
            self.stdout.write(f"{hit.kind:14} {hit.title}  {hit.url}")
