"""What one cell means. Data in, value out; no database.

Every function takes the trimmed text of a filled cell and gives a JSON value, or raises CellError
with the sentence that names what is wrong and what would be right.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.search import search_key
from buendnisnetz.network.enums import Contribution, SizeClass, WzSection

Parse = Callable[[str], Any]

_DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y", "%d.%m.%Y %H:%M")
_MONTH = re.compile(r"(\d{1,2})[./](\d{4})")
_YES = frozenset(["ja", "j", "x", "1", "yes", "wahr", "true"])
_NO = frozenset(["nein", "n", "0", "no", "falsch", "false", "-"])
_SEPARATORS = re.compile(r"\s*[;|\n]\s*|\s*,\s+")
_NUMBER = re.compile(r"\d{1,7}")
_EARLIEST, _LATEST = date(1800, 1, 1), date(2200, 1, 1)
# The first and last division of each section of WZ 2008.
_DIVISIONS = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43),
    "G": (45, 47), "H": (49, 53), "I": (55, 56), "J": (58, 63), "K": (64, 66), "L": (68, 68),
    "M": (69, 75), "N": (77, 82), "O": (84, 84), "P": (85, 85), "Q": (86, 88), "R": (90, 93),
    "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip
_SIZES = ((9, SizeClass.MICRO), (49, SizeClass.SMALL), (249, SizeClass.MEDIUM))


class CellError(DomainError):
    """A cell does not say what its column needs."""


def text(longest: int) -> Parse:
    """Any text up to a length."""

    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise CellError(
                _("The text is longer than %(count)s characters. Please shorten it.")
                % {"count": longest}
            )
        return cell

    return parse


def email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError as error:
        raise CellError(
            _("“%(cell)s” is no e-mail address. It looks like name@example.org.") % {"cell": cell}
        ) from error
    return cell


def website(cell: str) -> str:
    """An address; without a scheme the safe one is meant."""
    address = cell if "://" in cell else f"https://{cell}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise CellError(
            _("“%(cell)s” is no web address. It looks like www.example.org.") % {"cell": cell}
        ) from error
    return str(text(200)(address))


def phone(cell: str) -> str:
    """Written as people write them; three digits at least, so that it is a number at all."""
    if len(cell) > 40 or sum(letter.isdigit() for letter in cell) < 3 or "@" in cell:
        raise CellError(
            _("“%(cell)s” is no phone number. Please write it with digits, at most 40 characters.")
            % {"cell": cell[:60]}
        )
    return cell


def postcode(cell: str) -> str:
    """Five digits; a spreadsheet may have eaten a leading zero."""
    digits = cell.removeprefix("D-").removeprefix("D ").strip()
    if not digits.isdecimal() or not 4 <= len(digits) <= 5:
        raise CellError(_("“%(cell)s” is no postcode. It has five digits.") % {"cell": cell})
    return digits.zfill(5)


def day(cell: str) -> str:
    """A day such as 24.08.2017; of a month or a year alone the first day."""
    found = _day_in(cell)
    if found is None or not _EARLIEST <= found <= _LATEST:
        raise CellError(
            _("“%(cell)s” is no day. Please write it like 24.08.2017.") % {"cell": cell}
        )
    return found.isoformat()


def _day_in(cell: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 -- only the day is kept
        except ValueError:
            continue
    try:
        if month := _MONTH.fullmatch(cell):
            return date(int(month.group(2)), int(month.group(1)), 1)
        return date(int(cell), 1, 1) if cell.isdecimal() and len(cell) == 4 else None
    except ValueError:
        return None


def yes_or_no(cell: str) -> bool:
    word = cell.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError(
        _("“%(cell)s” is neither yes nor no. Please write ja or nein.") % {"cell": cell}
    )


def choice(words: type[models.TextChoices], synonyms: Mapping[str, str] | None = None) -> Parse:
    """One of an enum's values: by its label, its code or a synonym."""

    @cache
    def known() -> dict[str, str]:
        # Labels are translated, so not before the first cell.
        found = {search_key(value): value for value in words.values}
        found |= {search_key(word): value for word, value in (synonyms or {}).items()}
        return found | {search_key(str(label)): value for value, label in words.choices}

    def parse(cell: str) -> str:
        found: str | None = known().get(search_key(cell))
        if found is None:
            raise CellError(
                _("“%(cell)s” is none of: %(known)s.")
                % {"cell": cell, "known": ", ".join(str(label) for label in words.labels)}
            )
        return found

    return parse


def branch(cell: str) -> str:
    """A section of WZ 2008 by its letter, its name, or the number of a division or class."""
    number = re.match(r"(\d{1,2})(?:\D|\d{1,3}$|$)", cell)
    if number:
        division = int(number.group(1))
        for letter, (first, last) in _DIVISIONS.items():
            if first <= division <= last:
                return letter
    elif cell[:1].upper() in _DIVISIONS and (len(cell) == 1 or not cell[1].isalpha()):
        return cell[0].upper()
    by_name = {search_key(str(label)[2:]): value for value, label in WzSection.choices}
    found = by_name.get(search_key(cell))
    if found is None:
        raise CellError(
            _("“%(cell)s” is no branch of WZ 2008. Please write its letter, A to U.")
            % {"cell": cell}
        )
    return found


def size(cell: str) -> str:
    """A class of staff by its label, or by the number of people."""
    plain = cell.replace(".", "").replace(" ", "")
    if _NUMBER.fullmatch(plain):
        number = int(plain)
        return next((found for most, found in _SIZES if number <= most), SizeClass.LARGE).value
    word: str = _size_words()(cell)
    return word


@cache
def _size_words() -> Parse:
    """The labels of the classes, also as people write ranges: 10-49."""
    return choice(
        SizeClass,
        {re.sub(r"\D+", "-", str(label)).strip("-"): value for value, label in SizeClass.choices},
    )


def several(cell: str) -> list[str]:
    """Names separated by semicolons, bars or commas; each once."""
    return list(dict.fromkeys(part for part in _SEPARATORS.split(cell) if part))


def names(longest: int) -> Parse:
    """Several other names."""

    def parse(cell: str) -> list[str]:
        found = list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
        for name in found:
            text(longest)(name)
        return found

    return parse


_contribution = choice(Contribution)


def contributions(cell: str) -> list[str]:
    return list(dict.fromkeys(_contribution(part) for part in several(cell)))
