"""One file with everything: database and stored files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from buendnisnetz.core import commands
from buendnisnetz.web.domain.archive import back_up


class Command(commands.Command):
    help = "Sichert Datenbank und Dateien in eine Datei."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Zieldatei, zum Beispiel sicherung.tar.gz")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.absolute().parent.is_dir():
            self.fail(
                f"Den Ordner {file.absolute().parent} gibt es nicht. Bitte zuerst anlegen.",
                commands.BAD_INPUT,
            )
        summary = back_up(target=file, now=timezone.now())
        rows = sum(summary.tables.values())
        self.stdout.write(
            f"{file}: {rows} Zeilen in {len(summary.tables)} Tabellen, {summary.files} Dateien."
        )
