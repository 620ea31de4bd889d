"""Agenda numbers in text without line breaks: those that count up, in the list and in the body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from buendnisnetz.reader.lexicon import ORDINAL_NOUNS, PREPOSITIONS
from buendnisnetz.reader.model import Span

_MONTHS = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Apr|Aug|Sep|Okt|Nov|Dez)\b"
_TOP = re.compile(
    r"(?:^|(?<=[ \t]))(?:Zu[ ])?(?:TOP|Top|Tagesordnungspunkt|Ö|N|Punkt)[ ]{0,2}(?P<number>\d{1,2}(?:\.\d{1,2})?)(?![\d%/])[.:)]?(?=[ \t])(?![ \t]{0,9}[a-zäöü])",
    re.MULTILINE,
)
_PLAIN = re.compile(
    rf"(?:^|(?<=[ \t]))(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?)[.)][ \t]{{1,3}}(?=[A-ZÄÖÜ„\"])(?!{ORDINAL_NOUNS})(?!{_MONTHS})",
    re.MULTILINE,
)
_DOTTED = re.compile(
    r"(?:^|(?<=[ \t]))(?P<number>\d{1,2}\.\d{1,2})[ \t]{1,3}(?=[A-ZÄÖÜ„\"])(?!Uhr|Euro|EUR|Prozent)",
    re.MULTILINE,
)
_LARGEST_JUMP = 8


@dataclass(frozen=True, slots=True)
class Number:
    """An agenda number with its place."""

    number: str
    start: int
    end: int


def numbers_in(view: str, lines: Sequence[Span], agenda: int | None) -> list[Number]:
    """All agenda numbers of the long lines, in order.

    `agenda` is where the list begins, if the text says so: inside it numbers may jump.
    """
    tops = _counting(_found(view, lines, _TOP), jump=0)
    if len(tops) < 2:
        tops = []
    first_top = tops[0].start if tops else len(view)
    plain = [n for n in _found(view, lines, _PLAIN) if not tops or n.start < first_top]
    counted = _counting(plain, jump=_LARGEST_JUMP if agenda is not None else 0, agenda=agenda)
    if len(counted) < 3:
        counted = []
    majors = sorted([*tops, *counted], key=lambda n: n.start)
    return _with_minors(majors, _found(view, lines, _DOTTED)) if majors else []


def _found(view: str, lines: Sequence[Span], pattern: re.Pattern[str]) -> list[Number]:
    return [
        Number(match["number"], match.start(), match.end())
        for start, end in lines
        for match in pattern.finditer(view, start, end)
        if not _mentioned(view, start, match.start())
    ]


def _mentioned(view: str, start: int, at: int) -> bool:
    """Whether the words before make it a reference: "um TOP 6 erweitert", "siehe TOP 3"."""
    before = view[max(start, at - 24) : at].replace("(", " ").split()
    return bool(before) and (before[-1] in PREPOSITIONS or before[-1].endswith("-"))


def _counting(numbers: Sequence[Number], *, jump: int, agenda: int | None = None) -> list[Number]:
    """The numbers that count 1, 2, 3 ..., again from 1 for the body after the list."""
    kept: list[Number] = []
    current = 0
    for number in numbers:
        major, _, minor = number.number.partition(".")
        value = int(major)
        if minor:
            if value in (current, current + 1):
                kept.append(number)
                current = value
        elif (
            value == current + 1
            or (value == 1 and current >= 2)
            or (
                agenda is not None
                and number.start > agenda
                and 0 < value - current <= jump
                and current
            )
        ):
            kept.append(number)
            current = value
    return kept


def _with_minors(majors: Sequence[Number], dotted: Sequence[Number]) -> list[Number]:
    """ "7.1 Elterncafé" belongs to item 7 and stands behind it."""
    kept = list(majors)
    for number in dotted:
        before = [major for major in majors if major.start < number.start]
        if before and before[-1].number.split(".")[0] == number.number.split(".")[0]:
            kept.append(number)
    return sorted(kept, key=lambda n: n.start)
