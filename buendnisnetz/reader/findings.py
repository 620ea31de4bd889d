"""What a careful reader would query in the minutes (S07, S12, S15)."""

from collections.abc import Iterator

from buendnisnetz.reader import messages
from buendnisnetz.reader.citations import attachment_findings
from buendnisnetz.reader.lines import MOST_LINES
from buendnisnetz.reader.model import Entry, Finding, Minutes
from buendnisnetz.reader.punctuation import doubled_punctuation, unexplained_abbreviations
from buendnisnetz.reader.roster import Roster
from buendnisnetz.reader.sheet import Sheet
from buendnisnetz.reader.spelling import name_findings
from buendnisnetz.reader.terms import term_findings

_MOST_MENDED = 25


def read_findings(
    sheet: Sheet, minutes: Minutes, entries: tuple[Entry, ...], roster: Roster
) -> tuple[Finding, ...]:
    """All findings: names first, then terms, attachments, abbreviations and signs."""
    return (
        *_unread(sheet),
        *name_findings(minutes, entries, roster),
        *term_findings(sheet),
        *attachment_findings(sheet, minutes),
        *unexplained_abbreviations(sheet, minutes),
        *_hyphenation(sheet),
        *doubled_punctuation(sheet),
    )


def _unread(sheet: Sheet) -> Iterator[Finding]:
    """Say so when the text is longer than what was read."""
    if len(sheet.lines) >= MOST_LINES:
        yield Finding(
            "unread",
            messages.UNREAD.format(count=MOST_LINES),
            ((sheet.lines[-1].end, len(sheet.text)),),
        )


def _hyphenation(sheet: Sheet) -> Iterator[Finding]:
    for span in sheet.mended[:_MOST_MENDED]:
        message = messages.HYPHENATION.format(name=sheet.text[slice(*span)])
        yield Finding("hyphenation_mended", message, (span,))
