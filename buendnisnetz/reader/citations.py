"""Attachments cited and listed: each number should meet its partner (S07)."""

import re
from collections.abc import Iterator

from buendnisnetz.reader import messages
from buendnisnetz.reader.attachments import CITED
from buendnisnetz.reader.model import Finding, Minutes, Span
from buendnisnetz.reader.sheet import Sheet

_OWN_NUMBER = re.compile(r"(?:Anlage|Anhang)\s{0,9}(?:Nr\.?\s{0,9})?(?P<number>\d{1,2}|[A-H])\b")
_NOUN = re.compile(r"[A-ZÄÖÜ][\wäöüß-]{4,}")
_ENCLOSED = re.compile(
    r"\b(?:beigefügt|angefügt|angehängt|liegt bei|liegen bei|anbei|hängt an)\b|\bliegt\b[^.]{0,60}\bbei\b"
)


def attachment_findings(sheet: Sheet, minutes: Minutes) -> Iterator[Finding]:
    """Cited but not listed, and listed but not cited; nothing when nothing is listed."""
    spans = minutes.spans.get("attachments", ())
    if not spans or _only_cited(minutes.attachments, spans, sheet):
        return
    begin, end = spans[0][0], spans[-1][1]
    listed = {
        _number(title, place): (title, span)
        for place, (title, span) in enumerate(zip(minutes.attachments, spans, strict=True), 1)
    }
    cited: dict[str, Span] = {}
    for match in CITED.finditer(sheet.plain):
        if not begin - 40 <= match.start() <= end:
            cited.setdefault(match["number"], match.span())
    for number, span in cited.items():
        if number not in listed:
            yield Finding(
                "attachment_not_listed",
                messages.ATTACHMENT_NOT_LISTED.format(name=sheet.words(span)),
                (span,),
            )
    if cited:
        yield from _uncited(sheet, listed, cited, (begin, end))


def _only_cited(titles: tuple[str, ...], spans: tuple[Span, ...], sheet: Sheet) -> bool:
    """Whether the "list" was itself gathered from the talk."""
    return all(CITED.fullmatch(title) for title in titles)


def _number(title: str, place: int) -> str:
    own = _OWN_NUMBER.match(title)
    return own["number"] if own else str(place)


def _uncited(
    sheet: Sheet, listed: dict[str, tuple[str, Span]], cited: dict[str, Span], area: Span
) -> Iterator[Finding]:
    for number, (title, span) in listed.items():
        if number not in cited and not _named(sheet, title, area):
            yield Finding(
                "attachment_not_cited", messages.ATTACHMENT_NOT_CITED.format(name=title), (span,)
            )


def _named(sheet: Sheet, title: str, area: Span) -> bool:
    """ "Die Einladung ist dem Protokoll beigefügt" cites an attachment by its name."""
    nouns = {match.group() for match in _NOUN.finditer(title)}
    for match in _ENCLOSED.finditer(sheet.plain):
        if area[0] <= match.start() <= area[1]:
            continue
        before = sheet.plain[max(0, match.start() - 120) : match.end()]
        if any(noun in before for noun in nouns):
            return True
    return False
