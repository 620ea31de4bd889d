"""Minutes on the command line; ``minutes read`` needs no database and is dispatched before Django."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import CommandError
from django.urls import reverse
from django.utils import timezone

from buendnisnetz.accounts.models import User
from buendnisnetz.core import commands
from buendnisnetz.meetings.domain.confirmation import Confirmed, accept_all_and_confirm
from buendnisnetz.meetings.domain.evaluation import Figure, evaluate, figures_of
from buendnisnetz.meetings.domain.minutes_import import read_import, start_import
from buendnisnetz.meetings.domain.queries.imports import alliances_to_import_for
from buendnisnetz.meetings.enums import ImportStatus


class Command(commands.Command):
    help = "Protokolle: „minutes read DATEI“ zeigt die Funde, „minutes import DATEI“ übernimmt sie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        taking = parts.add_parser("import", help="lesen, annehmen, übernehmen")
        taking.add_argument("file", type=Path)
        taking.add_argument("--user", required=True, metavar="E-MAIL", help="in wessen Namen")
        taking.add_argument("--alliance", metavar="KURZNAME", help="Bündnis; ohne: das ganze Land")
        taking.add_argument(
            "--accept-above",
            type=float,
            default=0.0,
            metavar="0…1",
            help="annehmen ab dieser Sicherheit",
        )
        taking.add_argument("--json", action="store_true", help="als JSON")
        scoring = parts.add_parser(
            "evaluate", help="wie gut der Leser auf den eigenen bestätigten Protokollen ist"
        )
        scoring.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        if part == "evaluate":
            self._evaluate(as_json=options["json"])
        else:
            self._take_over(**options)

    def _evaluate(self, *, as_json: bool) -> None:
        score = evaluate(now=timezone.now())
        figures = figures_of(score)
        if as_json:
            self.print_json(
                {
                    "documents": score.documents,
                    "measures": {name: _figure(figure) for name, figure in figures.items()},
                }
            )
            return
        self.stdout.write(f"{score.documents} bestätigte Protokolle")
        for name, figure in figures.items():
            self.stdout.write(
                f"{name:28} F1 {_percent(figure.f1)}  Treffer {figure.hits}, "
                f"falsch {figure.false}, übersehen {figure.missed}"
            )

    def _take_over(self, *, file: Path, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(
                f"Es gibt kein Konto mit der Adresse {options['user']}.", returncode=1
            )
        if not 0 <= options["accept_above"] <= 1:
            raise CommandError("--accept-above: bitte eine Zahl von 0 bis 1 angeben.", returncode=2)
        if not file.is_file():
            raise CommandError(
                f"Die Datei {file} gibt es nicht. Bitte den Pfad prüfen.", returncode=1
            )
        confirmed = self._import(file, user, options)
        if options["json"]:
            self.print_json(_as_dict(confirmed))
        else:
            self.stdout.write(
                f"{confirmed.meeting}: {sum(confirmed.created.values())} Zeilen angelegt."
            )

    def _import(self, file: Path, user: User, options: dict[str, Any]) -> Confirmed:
        alliance = None
        if options["alliance"]:
            alliance = alliances_to_import_for(user).filter(slug=options["alliance"]).first()
            if alliance is None:
                raise CommandError(
                    f"Ein Bündnis „{options['alliance']}“ gibt es für dieses Konto nicht.",
                    returncode=1,
                )
        now = timezone.now()
        upload = ContentFile(file.read_bytes())
        started = start_import(
            upload=upload, name=file.name, alliance=alliance, actor=user, now=now
        )
        # The queued job finds the document read already and does nothing.
        read_import(minutes_import=started.pk, now=now)
        started.refresh_from_db()
        if started.status == ImportStatus.FAILED:
            raise CommandError(started.error, returncode=1)
        return accept_all_and_confirm(
            minutes_import=started, confidence=options["accept_above"], actor=user, now=now
        )


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "hits": figure.hits,
        "false": figure.false,
        "missed": figure.missed,
        "precision": figure.precision,
        "recall": figure.recall,
        "f1": figure.f1,
    }


def _percent(share: float | None) -> str:
    return f"{share:.0%}" if share is not None else "–"


# Every kind of row that an import can make: a second time all of them are zero.
_KINDS = (
    "meeting", "minutes", "attendance", "agendaitem", "agendaspeaker", "minutesentry", "decision", "task",
    "entrytask", "attachment", "edition", "person", "personalias", "organisation", "post", "term",
)  # fmt: skip


def _as_dict(confirmed: Confirmed) -> dict[str, Any]:
    return {
        "meeting": confirmed.meeting.public_id,
        "url": reverse("meetings:meeting_detail", args=[confirmed.meeting.public_id]),
        "created": {kind: confirmed.created.get(kind, 0) for kind in _KINDS},
        "matched": confirmed.matched,
        "unchanged": confirmed.unchanged,
    }
