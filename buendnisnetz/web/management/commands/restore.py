"""Bring a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from buendnisnetz.core import commands
from buendnisnetz.web.domain.archive import restore


class Command(commands.Command):
    help = "Spielt eine Sicherung ein; eine Datenbank mit Daten nur mit --replace."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Datei, die „backup“ geschrieben hat")
        parser.add_argument("--replace", action="store_true", help="vorhandene Daten ersetzen")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        summary = restore(source=file, replace=replace)
        rows = sum(summary.tables.values())
        self.stdout.write(
            f"{rows} Zeilen in {len(summary.tables)} Tabellen, {summary.files} Dateien eingespielt."
        )
