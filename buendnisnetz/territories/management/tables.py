"""What the commands of this room share: days from the command line, and plain tables."""

from collections.abc import Sequence
from datetime import date

from django.core.management import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from buendnisnetz.core.commands import BAD_INPUT


def day_from(typed: str | None) -> date:
    """The day that was typed, today if none was; raises ``CommandError`` with exit code 1."""
    try:
        return date.fromisoformat(typed) if typed else timezone.localdate()
    except ValueError:
        sentence = _("“%(value)s” is not a day; please write it as YYYY-MM-DD.") % {"value": typed}
        raise CommandError(sentence, returncode=BAD_INPUT) from None


def as_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their longest entry; digits stand to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = ["  ".join(text.ljust(width) for text, width in zip(header, widths, strict=True))]
    lines.append("  ".join("-" * width for width in widths))
    for row in rows:
        cells = [
            text.rjust(width) if text[:1].isdecimal() else text.ljust(width)
            for text, width in zip(row, widths, strict=True)
        ]
        lines.append("  ".join(cells))
    return "\n".join(line.rstrip() for line in lines)
