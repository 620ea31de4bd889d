"""Where minutes cite an attachment by its number: "Anlage 3", "Anhang 3", "Anlagen 1 und 2" (S07).

Pure functions over text. A law's own annexes ("Anlage 1 zu § 5") are none of ours.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?![\d]|[.,]\d)"
_ONE = rf"(?:Anlage|Anhang|Anhangs|Anl\.|Anh\.)\s{{1,3}}(?:Nr\.?\s{{0,2}})?(?P<one>{_NUMBER})"
_AND = r"\s{0,2}(?:,|&|/|und|u\.|sowie|bis|-|–)\s{0,2}"
_SEVERAL = (
    rf"(?:Anlagen|Anhänge|Anhängen)\s{{1,3}}(?:Nr\.?\s{{0,2}})?"
    rf"(?P<several>{_NUMBER}(?:{_AND}{_NUMBER}){{0,20}})"
)
_CITED = re.compile(
    rf"(?<![\w-])(?:{_SEVERAL}|{_ONE})(?!\s{{0,2}}(?:zu|zum|zur|der|des)?\s{{0,2}}(?:§|Gesetz|Verordnung))",
    re.IGNORECASE,
)
_STEP = re.compile(rf"(?P<to>bis|-|–)?\s{{0,2}}(?P<number>{_NUMBER})")
# A list of attachments in the text of minutes is no citation.
_LISTED = re.compile(r"^[\s•*–-]{0,6}(?:Anlagen?|Anhang|Anhänge)\b.{0,300}$", re.I | re.M)
_WORD = re.compile(r"\w{5,}")


@dataclass(frozen=True)
class Citation:
    """A place in a text that names an attachment."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Piece:
    """A piece of a text; with a number it leads to that attachment."""

    text: str
    number: int | None = None


def citations_in(text: str) -> Iterator[Citation]:
    """The places that can be linked; of a range only its two ends."""
    for found in _cited(text):
        if found["one"]:
            yield Citation(found.start(), found.end(), int(found["one"]))
            continue
        begin = found.start("several")
        for step in _STEP.finditer(found["several"]):
            yield Citation(
                begin + step.start("number"), begin + step.end("number"), int(step["number"])
            )


def _cited(text: str) -> Iterable[re.Match[str]]:
    """Most texts cite nothing, and to look for how it begins is much faster."""
    small = text.lower()
    return _CITED.finditer(text) if "anl" in small or "anh" in small else ()


def numbers_cited(text: str) -> set[int]:
    """Every number that a text names, those inside a range too."""
    numbers: set[int] = set()
    for found in _cited(text):
        if found["one"]:
            numbers.add(int(found["one"]))
            continue
        last = 0
        for step in _STEP.finditer(found["several"]):
            number = int(step["number"])
            numbers |= set(range(last, number)) if step["to"] and last else set()
            numbers.add(number)
            last = number
    return numbers


def without_lists(text: str) -> str:
    """The text of whole minutes without the lines that list the attachments."""
    return _LISTED.sub("", text)


def named_in(title: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts (folded) names an attachment by its title (folded): all its long words."""
    words = _WORD.findall(title)
    return bool(words) and any(all(word in text for word in words) for text in texts)


def pieces(text: str, known: Iterable[int]) -> list[Piece]:
    """The text cut at the citations of known attachments; together the pieces are the text."""
    numbers, cut, at = set(known), [], 0
    for found in citations_in(text):
        if found.number not in numbers:
            continue
        if found.start > at:
            cut.append(Piece(text[at : found.start]))
        cut.append(Piece(text[found.start : found.end], found.number))
        at = found.end
    if at < len(text):
        cut.append(Piece(text[at:]))
    return cut
