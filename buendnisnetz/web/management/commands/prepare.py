"""Bring an installation up to date before it starts: tables, static files, the demonstration's data."""

import hashlib
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from buendnisnetz.core import commands
from buendnisnetz.core.models import Installation
from buendnisnetz.files import condition


class Command(commands.Command):
    help = "Bringt Tabellen und statische Dateien auf den Stand des Programms."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Daten der Vorführung anlegen")

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Richte die Datenbank ein …")
            call_command("migrate", verbosity=0, interactive=False)
        self._claim("demo" if options["demo"] else "production")
        self._claim_bucket()
        self._collect_static()
        if options["demo"]:
            call_command("seed_demo", "--if-empty")

    def _claim(self, mode: str) -> None:
        found = Installation.objects.first()
        if found is None:
            Installation.objects.create(mode=mode, made_at=timezone.now())
        elif found.mode != mode:
            raise CommandError(
                f"Diese Datenbank gehört zu einer Installation der Art „{found.mode}“. "
                "Bitte eine andere Datenbank nennen.",
                returncode=1,
            )

    def _claim_bucket(self) -> None:
        try:
            condition.claim_bucket()
        except condition.BucketTakenError as error:
            raise CommandError(str(error), returncode=1) from error
        except OSError as error:
            # Everything but files works without it.
            self._say(f"Die Dateiablage ist gerade nicht zu erreichen: {error}")

    def _collect_static(self) -> None:
        root = Path(settings.STATIC_ROOT)
        stamp, current = root / ".stamp", self._fingerprint()
        if not stamp.exists() or stamp.read_text(encoding="ascii") != current:
            self._say("Bereite die statischen Dateien vor …")
            call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
            stamp.write_text(current, encoding="ascii")

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for finder in get_finders():
            for name, storage in finder.list([]):
                path = Path(storage.path(name))
                digest.update(f"{name}:{path.stat().st_size}:{path.stat().st_mtime_ns};".encode())
        return digest.hexdigest()

    @staticmethod
    def _say(text: str) -> None:
        sys.stderr.write(text + "\n")
