"""Texts that several people write at once, and what changed between two texts: by words, not lines.

:func:`merged` never asks and never loses: what either side inserted is there, what either side took
out of the common base is gone. The same three texts always give the same result.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"(\s*)(\S+)")
_TOKEN = re.compile(r"\s*\S+|\s+\Z")
# difflib's cost grows with the square of what differs; in longer texts it may skip frequent words.
_LONG = 4_000


class _Text:
    """A text as words, each with the gap before it, and the gap at the end."""

    def __init__(self, text: str) -> None:
        pairs = _WORD.findall(text)
        self.gaps = [gap for gap, _word in pairs]
        self.words = [word for _gap, word in pairs]
        self.gaps.append(text[len(text.rstrip()) :] if pairs else text)


@dataclass(frozen=True, slots=True)
class _Edit:
    """One side's changes to the base: where each kept word stands in the side's own text, and what
    came in before which word of the base, as (gap, word)."""

    side: _Text
    kept: dict[int, int]
    inserted: dict[int, list[tuple[str, str]]]


def _edit(base: _Text, side: _Text) -> _Edit:
    kept: dict[int, int] = {}
    inserted: dict[int, list[tuple[str, str]]] = {}
    for kind, start, end, first, last in _matcher(base.words, side.words).get_opcodes():
        if kind == "equal":
            kept.update(zip(range(start, end), range(first, last), strict=True))
        elif last > first:
            pairs = zip(side.gaps[first:last], side.words[first:last], strict=True)
            inserted[start] = list(pairs)
    # The end of the base counts as a word that nobody can take out.
    kept[len(base.words)] = len(side.words)
    return _Edit(side, kept, inserted)


def _matcher(base: Sequence[str], side: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, base, side, autojunk=len(base) + len(side) > _LONG)


def merged(base: str, mine: str, theirs: str) -> str:
    """Both sides' changes to ``base`` in one text.

    Where both put something at the same place, theirs comes first (it was there first), but what is
    new comes before what replaces a word. A word that both sides replaced is followed by both
    replacements: people see it and choose. Gaps between words (blanks, line breaks) follow whoever
    changed them.
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    common = _Text(base)
    own, other = _edit(common, _Text(mine)), _edit(common, _Text(theirs))
    pieces: list[tuple[str, str]] = []
    for place in range(len(common.words) + 1):
        for edit in sorted((other, own), key=lambda edit: place not in edit.kept):
            pieces += edit.inserted.get(place, [])
        if place in own.kept and place in other.kept:
            word = common.words[place] if place < len(common.words) else ""
            pieces.append((_gap(common, own, other, place), word))
    return _joined(pieces)


def _gap(common: _Text, own: _Edit, other: _Edit, place: int) -> str:
    ours: str = own.side.gaps[own.kept[place]]
    return ours if ours != common.gaps[place] else other.side.gaps[other.kept[place]]


def _joined(pieces: Sequence[tuple[str, str]]) -> str:
    """Two words must not grow together because the gap between them was only in one side."""
    text = ""
    for gap, word in pieces:
        apart = gap or (" " if text and word and not text[-1].isspace() else "")
        text += apart + word
    return text


def tokens(text: str) -> list[str]:
    """Words with the gap before them, in order; joined they give the text."""
    return _TOKEN.findall(text)


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came in or went."""

    change: Change
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """What a reader has to know to turn ``old`` into ``new``, in reading order, word by word.

    The pieces that are not ADDED give ``old``, those that are not REMOVED give ``new``.
    """
    before, after = tokens(old), tokens(new)
    pieces: list[Piece] = []
    for kind, start, end, first, last in _matcher(before, after).get_opcodes():
        if kind == "equal":
            _add(pieces, Change.SAME, before[start:end])
            continue
        _add(pieces, Change.REMOVED, before[start:end])
        _add(pieces, Change.ADDED, after[first:last])
    return pieces


def _add(pieces: list[Piece], change: Change, words: Sequence[str]) -> None:
    if words:
        pieces.append(Piece(change, "".join(words)))
