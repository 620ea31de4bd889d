"""``gaps``: what alliances lack as of a day, in plain words or as JSON."""

from datetime import date
from typing import Any

from django.core.management import CommandError
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.core import commands
from buendnisnetz.insight.domain.queries import overview
from buendnisnetz.insight.domain.queries.gaps import Need
from buendnisnetz.insight.presenters.gaps import need_line, percent, warning_labels
from buendnisnetz.insight.rules import View
from buendnisnetz.network.models import Alliance


class Command(commands.Command):
    help = "Says which partners alliances lack, since when, and what needs attention."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--alliance", metavar="SLUG", help="only this alliance")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day; today if left out")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        day, only = day_from(options["on"]), _only(options["alliance"])
        view = View(everything=True)
        found = overview.reports(view, day, only=only)
        if only and not found:
            sentence = _("The alliance “%(slug)s” does not exist on %(day)s.")
            raise CommandError(
                sentence % {"slug": options["alliance"], "day": f"{day:%d.%m.%Y}"},
                returncode=commands.BAD_INPUT,
            )
        if options["json"]:
            alliances = [_as_dict(report.row, report.needs) for report in found]
            self.print_json({"on": day, "alliances": alliances})
        else:
            for report in found:
                self.stdout.write(_readable(report.row, report.needs))


def day_from(typed: str | None) -> date:
    """The day that was typed, today if none was; raises ``CommandError`` with exit code 1."""
    try:
        return date.fromisoformat(typed) if typed else timezone.localdate()
    except ValueError:
        sentence = _("“%(value)s” is not a day; please write it as YYYY-MM-DD.") % {"value": typed}
        raise CommandError(sentence, returncode=commands.BAD_INPUT) from None


def _only(slug: str | None) -> list[int] | None:
    if not slug:
        return None
    found = Alliance.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise CommandError(
            _("There is no alliance “%(slug)s”.") % {"slug": slug}, returncode=commands.BAD_INPUT
        )
    return [found]


def _as_dict(row: dict[str, Any], needs: list[Need]) -> dict[str, Any]:
    return {
        "alliance": row["slug"],
        "name": row["name"],
        "kind": row["kind"] or None,
        "status": row["status"],
        "members": row["members"],
        "business_share": row["business_share"],
        "last_sign_of_life": row["sign_of_life"],
        "warnings": row["warnings"],
        "requirements": [_need_as_dict(need) for need in needs],
        "gaps": [need.key for need in needs if need.is_gap],
    }


def _need_as_dict(need: Need) -> dict[str, Any]:
    return {
        "key": need.key,
        "label": need.label,
        "kinds": list(need.kinds),
        "at_least": need.at_least,
        "present": need.present,
        "missing": need.missing,
        "since": need.since,
        "since_kind": need.since_kind,
    }


def _readable(row: dict[str, Any], needs: list[Need]) -> str:
    """One alliance as a few plain lines."""
    head = _("%(name)s: %(gaps)s gaps, %(members)s members, business %(share)s") % {
        "name": row["name"],
        "gaps": row["gaps"],
        "members": row["members"],
        "share": percent(row["business_share"]),
    }
    lines = [need_line(need) for need in needs if need.is_gap]
    missing = [f"  – {line.label}: {line.since}" for line in lines]
    attention = [f"  ! {label}" for label in warning_labels(row["warnings"])]
    return "\n".join([head, *missing, *attention])
