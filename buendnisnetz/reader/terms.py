"""One thing under several words: offices, terms of the field, attachments (S12)."""

import re
from collections import defaultdict
from collections.abc import Iterator

from buendnisnetz.reader import messages
from buendnisnetz.reader.model import Finding, Span
from buendnisnetz.reader.sheet import Sheet

_WORD = re.compile(r"(?<![\w-])[A-ZÄÖÜ][a-zäöüßA-ZÄÖÜ-]{8,60}(?![\w-])")
_ATTACHED = {"Anlage": re.compile(r"\bAnlagen?\b"), "Anhang": re.compile(r"\bAnh(?:ang|änge)\b")}
_ENDINGS = re.compile(r"(?:innen|ern|en|es|er|e|n|s)$")
# Two ways to make a noun of the same verb: Koordination and Koordinierung.
_SAME_VERB = re.compile(r"(?:ations|ierungs)")
# Terms of the field that are often misspelt, by their stem.
_STEMS = """
Pflegelotse Pflegekoffer Pflegestützpunkt Pflegeberatung Familienzentrum Familienbündnis Familienbeauftragte Mehrgenerationenhaus
Koordinierungsstelle Gleichstellungsbeauftragte Seniorenbeirat Sozialplanung Jugendhilfeausschuss Kinderbetreuung Handlungsfeld Landesprogramm
Verwendungsnachweis Öffentlichkeitsarbeit Nachbarschaftshilfe Generationenbeauftragte Elternvertretung Alleinerziehende Ferienbetreuung Fachkräftesicherung
"""
_FIELD_STEMS = tuple(_STEMS.split())
_MOST_WORDS = 4_000


def term_findings(sheet: Sheet) -> Iterator[Finding]:
    """Every pair of spellings once, with the first places of both."""
    words = _words(sheet)
    found = [*_by_key(words), *_one_letter(words), *_field_terms(words)]
    told: set[frozenset[str]] = set()
    for left, right in found:
        stems = frozenset((_stem(left), _stem(right)))
        if stems in told:
            continue
        told.add(stems)
        spans = (*words.get(left, [])[:3], *words.get(right, [])[:3])
        yield Finding("term_variant", messages.TERM_VARIANT.format(left=left, right=right), spans)
    yield from _attached(sheet)


def _words(sheet: Sheet) -> dict[str, list[Span]]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for match in _WORD.finditer(sheet.plain):
        if len(found) >= _MOST_WORDS and match.group() not in found:
            continue
        found[match.group()].append(match.span())
    return dict(found)


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word)


def _by_key(words: dict[str, list[Span]]) -> Iterator[tuple[str, str]]:
    """ "Koordinationsstelle" and "Koordinierungsstelle"."""
    keys: dict[str, str] = {}
    for word in words:
        if not _SAME_VERB.search(word):
            continue
        key = _SAME_VERB.sub("*", _stem(word))
        other = keys.setdefault(key, word)
        if _stem(other) != _stem(word):
            yield other, word


def _one_letter(words: dict[str, list[Span]]) -> Iterator[tuple[str, str]]:
    """Two long words of which one has a letter more, not at its end: "Pfleglotsen/Pflegelotsen"."""
    stems = {_stem(word): word for word in words if len(word) >= 10 and "-" not in word}
    for stem, word in stems.items():
        for at in range(3, len(stem) - 3):
            shorter = stem[:at] + stem[at + 1 :]
            if shorter in stems and stem[at] != "s":
                yield stems[shorter], word
                break


def _field_terms(words: dict[str, list[Span]]) -> Iterator[tuple[str, str]]:
    """A word that is a term of the field but for one letter."""
    wrong = {
        term[:at] + term[at + 1 :]: term
        for term in map(_stem, _FIELD_STEMS)
        for at in range(3, len(term) - 2)
    }
    for word in words:
        term = wrong.get(_stem(word))
        if term is not None:
            yield word, term + word[len(_stem(word)) :]


def _attached(sheet: Sheet) -> Iterator[Finding]:
    """ "Anlage" in the list and "Anhang" in the text are one series of numbers (S07)."""
    places = {
        word: [m.span() for m in pattern.finditer(sheet.plain)]
        for word, pattern in _ATTACHED.items()
    }
    if all(places.values()):
        spans = (*places["Anlage"][:2], *places["Anhang"][:3])
        yield Finding(
            "term_variant", messages.TERM_VARIANT.format(left="Anlage", right="Anhang"), spans
        )
