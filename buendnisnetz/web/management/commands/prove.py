"""Proofs that anybody can repeat."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.utils import timezone

from buendnisnetz.core import commands
from buendnisnetz.web.proof import axe, facts, kill, sizes
from buendnisnetz.web.proof.site import running_demo


class Command(commands.Command):
    help = "Wiederholt einen Nachweis: kill (Absturz), axe (Barrierefreiheit), sizes (Stil)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        killing = parts.add_parser("kill", help="Prozesse mitten in der Arbeit abschießen")
        killing.add_argument("--rounds", type=int, default=100)
        looking = parts.add_parser("axe", help="jede Seite für jede Rolle prüfen")
        looking.add_argument("--role", choices=[*axe.SIGN_INS, axe.PUBLIC], help="nur diese Rolle")
        counting = parts.add_parser("sizes", help="Maße des Quelltextes")
        found = parts.add_parser("facts", help="was von den Runden in der Datenbank steht")
        found.add_argument("--markers", required=True)
        found.add_argument("--drafts", required=True)
        files = parts.add_parser("uploads", help="was von hochgeladenen Dateien da ist")
        files.add_argument("--markers", required=True)
        drafting = parts.add_parser(
            "drafts", help="Protokolle anlegen, in die die Runden schreiben"
        )
        drafting.add_argument("--count", type=int, required=True)
        for part in (killing, looking, counting, found, files, drafting):
            part.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        figures, well = getattr(self, f"_{part}")(options)
        if options["json"]:
            self.print_json(figures)
        else:
            self._print(figures)
        if not well:
            raise SystemExit(1)

    def _print(self, figures: dict[str, Any]) -> None:
        for key, value in figures.items():
            if isinstance(value, list):
                self.stdout.write(f"{key}: {len(value)}")
                for item in value:
                    self.stdout.write(f"  {item}")
            else:
                self.stdout.write(f"{key}: {value}")

    def _sizes(self, options: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        figures = sizes.measure()
        rows = sizes.verdicts(figures)
        figures["budgets"] = [
            f"{'ok' if kept else 'OVER'} {name}: {value} ({limit})"
            for name, value, limit, kept in rows
        ]
        return figures, all(kept for _name, _value, _limit, kept in rows)

    def _kill(self, options: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder) / "home") as site:
            report = kill.prove(site, options["rounds"])
        return report.figures(), not report.faults

    def _axe(self, options: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder) / "home") as site:
            routes = axe.checkable(site.command("routes", "--json"))
            roles = [options["role"]] if options["role"] else [*axe.SIGN_INS, axe.PUBLIC]
            visits = [
                (role, route)
                for role in roles
                for route in routes
                if role in route["roles"] or route["public"]
            ]
            report = axe.check(url=site.url, visits=visits, may_refuse=True)
        return {"pages": report.pages, "findings": report.findings}, not report.findings

    def _facts(self, options: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        """What is in the database of the rounds of ``kill``."""
        if not settings.DEMO:
            raise CommandError("Nur in einer Vorführung.", returncode=1)
        markers = options["markers"].split(",")
        drafts = options["drafts"].split(",")
        return {
            "waiting": facts.waiting(),
            "markers": {
                marker: {**facts.facts_of(marker), **facts.facts_of_draft(draft, marker)}
                for marker, draft in zip(markers, drafts, strict=True)
            },
        }, True

    def _uploads(self, options: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        """What is there of the files that the rounds of ``kill`` sent in pieces."""
        if not settings.DEMO:
            raise CommandError("Nur in einer Vorführung.", returncode=1)
        markers = options["markers"].split(",")
        found = {marker: facts.facts_of_upload(marker) for marker in markers}
        return {"markers": found, **facts.facts_of_storage(timezone.now())}, True

    def _drafts(self, options: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        """Make the minutes that the rounds of ``kill`` write in."""
        if not settings.DEMO:
            raise CommandError("Nur in einer Vorführung.", returncode=1)
        return {"drafts": facts.make_drafts(options["count"], timezone.now())}, True
