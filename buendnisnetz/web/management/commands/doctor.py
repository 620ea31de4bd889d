"""Is this installation in order? One line per part."""

import shutil
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection
from django.utils import timezone

from buendnisnetz.core import commands, health
from buendnisnetz.core.models import Installation
from buendnisnetz.files import condition, scan

LEAST_FREE = 1024**3
OLDEST_SERVER = 150_000
_NOT_PREPARED = "ist noch nicht eingerichtet (bin/serve richtet sie ein)"


class Command(commands.Command):
    help = "Prüft Einstellungen, Datenbank, Mail, Ablage, Hintergrunddienst und freien Platz."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        well = True
        for name, problem in self._parts():
            well &= not problem
            self.stdout.write(
                f"{'ok    ' if not problem else 'FEHLER'}  {name}{': ' + problem if problem else ''}"
            )
        if not well:
            raise SystemExit(1)

    def _parts(self) -> Iterator[tuple[str, str]]:
        yield "Einstellungen", self._configuration()
        yield "Datenbank", self._database()
        yield "Mail", self._mail()
        yield "Dateiablage (S3)" if settings.BUCKET else "Dateiablage", condition.problem()
        yield "Virenprüfung" if scan.is_configured() else "Virenprüfung (keine)", scan.problem()
        yield "Hintergrunddienst", self._worker()
        free = shutil.disk_usage(settings.HOME.path).free
        yield "freier Platz", "" if free > LEAST_FREE else f"nur noch {free // 1024**2} MB"

    def _configuration(self) -> str:
        try:
            call_command("check", deploy=not settings.DEMO, fail_level="WARNING", verbosity=0)
        except SystemCheckError as error:
            return str(error).replace("\n", " ")[:400]
        return ""

    def _database(self) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SHOW server_version_num")
                if int(cursor.fetchone()[0]) < OLDEST_SERVER:
                    return "PostgreSQL 15 oder neuer wird gebraucht"
            problems = [
                problem for problem in health.problems(now=timezone.now()) if "Tabellen" in problem
            ]
            if problems:
                return problems[0]
            return "" if Installation.objects.exists() else _NOT_PREPARED
        except DatabaseError as error:
            return str(error).strip().split("\n")[0] or _NOT_PREPARED

    def _mail(self) -> str:
        try:
            with get_connection():
                return ""
        except OSError as error:
            return f"der Mailserver antwortet nicht ({error}); EMAIL_URL prüfen"

    def _worker(self) -> str:
        try:
            alive = health.worker_alive(now=timezone.now())
        except DatabaseError:
            alive = False
        return "" if alive else "läuft nicht (bin/serve startet ihn mit)"
