"""The text that all spans point into: what a person reads.

Characters are composed (NFC), line ends are `\\n`, hyphenation at line ends is mended and
letter-spaced words are closed, because a reader would not see them as they are stored. Markup
stays as it stands. Everything after this module keeps every character in its place.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

from buendnisnetz.reader import messages
from buendnisnetz.reader.errors import TooLargeError
from buendnisnetz.reader.model import Span

LONGEST_TEXT = 2_000_000

# What may follow a hanging hyphen ("Vor- und Nachname"): there the hyphen belongs to the word.
_HANGING = r"(?!(?:und|oder|bzw|beziehungsweise|sowie|u|o|als|wie|bis)\b)"
_SPLIT_AT_LINE_END = re.compile(
    r"([^\W\d_])[-‐¬][ \t]*\n[ \t]*(?:\n[ \t]*){0,2}" + _HANGING + r"([a-zäöüß])"
)
_SPLIT_IN_FLOW = re.compile(r"([a-zäöüß]{2})[-‐¬] " + _HANGING + r"([a-zäöüß]{2})")
_COMPOUND_AT_LINE_END = re.compile(r"([^\W\d_]{2})[-‐][ \t]*\n[ \t]*([A-ZÄÖÜ][a-zäöüß])")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_]){3,40}(?![^\W_])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u200b-\u200f\u2060\ufffe\uffff]"
)
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SOFT_HYPHEN = re.compile("\u00ad[ \t]*\n?")
_WORD = re.compile(r"[^\W\d_]*$")
_WORD_START = re.compile(r"[^\W\d_]*")


@dataclass(frozen=True, slots=True)
class Normalised:
    """The text and the words in which hyphenation was mended."""

    text: str
    mended: tuple[Span, ...]


def normalise(raw: str) -> Normalised:
    """Bring any text into the one form that spans point into.

    Raises TooLargeError for a text that no minutes can have; all later work is linear in it.
    """
    if len(raw) > LONGEST_TEXT:
        limit = f"{LONGEST_TEXT // 1_000_000} Millionen Zeichen"
        raise TooLargeError(messages.TOO_LARGE.format(name="Text", limit=limit))
    text = _LINE_ENDS.sub("\n", raw)
    text = _SURROGATE.sub("\ufffd", text)
    text = _SOFT_HYPHEN.sub("", _CONTROL.sub("", text))
    text = _ENTITY.sub(_entity, text)
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    text = _SPACED.sub(_closed, text)
    text = _COMPOUND_AT_LINE_END.sub(r"\1-\2", text)
    return _mend(text)


def tidy(passage: str) -> str:
    """A passage on one line."""
    return " ".join(passage.split())


def _entity(match: re.Match[str]) -> str:
    read = html.unescape(match.group())
    if read in {"<", ">"} or not read.isprintable():
        return " " if read == "\u00a0" else match.group()
    return read


def _closed(match: re.Match[str]) -> str:
    """Close a letter-spaced word; single letters that form no word stay apart."""
    letters = match.group()[::2]
    if letters.isupper():
        return letters if len(letters) >= 5 else match.group()
    if not letters[0].isupper() or letters[1:2].isupper():
        return match.group()
    return re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", letters)


def _mend(text: str) -> Normalised:
    """Join words split at a line end, in one pass that remembers where it did so."""
    found = sorted(
        [*_SPLIT_AT_LINE_END.finditer(text), *_SPLIT_IN_FLOW.finditer(text)],
        key=lambda match: match.start(),
    )
    parts: list[str] = []
    joints: list[int] = []
    taken, length = 0, 0
    for match in found:
        if match.start(1) < taken:
            continue
        piece = text[taken : match.end(1)]
        parts.append(piece)
        length += len(piece)
        joints.append(length)
        taken = match.start(2)
    parts.append(text[taken:])
    whole = "".join(parts)
    return Normalised(whole, tuple(_word_around(whole, joint) for joint in joints))


def _word_around(text: str, at: int) -> Span:
    before = _WORD.search(text, max(0, at - 40), at)
    after = _WORD_START.match(text, at, at + 40)
    return (before.start() if before else at, after.end() if after else at)
