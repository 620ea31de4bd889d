"""Reading one table of a data set, so that every fault is reported with file, line and column."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError

_Choice = TypeVar("_Choice", bound=TextChoices)


class BadDataError(DomainError):
    """A file of a data set cannot be used; the sentence names the place."""

    def __init__(self, file: str, line: int, column: str, reason: str) -> None:
        super().__init__(
            _("%(file)s, line %(line)s, column “%(column)s”: %(reason)s")
            % {"file": file, "line": line, "column": column, "reason": reason}
        )


class BadFileError(DomainError):
    """A file of a data set is missing or cannot be read at all."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(_("%(file)s: %(reason)s") % {"file": file, "reason": reason})


class Line:
    """One row of a table; the getters check what they return."""

    def __init__(self, file: str, number: int, values: dict[str, str]) -> None:
        self.file, self.number, self._values = file, number, values

    def wrong(self, column: str, reason: str) -> BadDataError:
        return BadDataError(self.file, self.number, column, reason)

    def text(self, column: str, *, longest: int = 120) -> str:
        value = self._values[column]
        if len(value) > longest:
            raise self.wrong(
                column, _("the text is longer than %(count)s characters.") % {"count": longest}
            )
        return value

    def needed(self, column: str, *, longest: int = 120) -> str:
        value = self.text(column, longest=longest)
        if not value:
            raise self.wrong(column, _("something has to stand here."))
        return value

    def day(self, column: str) -> date | None:
        value = self._values[column]
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            reason = _("“%(value)s” is not a day; YYYY-MM-DD is expected.") % {"value": value}
            raise self.wrong(column, reason) from None

    def decimal(self, column: str, *, least: int, most: int) -> Decimal | None:
        value = self._values[column]
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not least <= number <= most:
            reason = _("“%(value)s” is not a number from %(least)s to %(most)s.") % {
                "value": value,
                "least": least,
                "most": most,
            }
            raise self.wrong(column, reason)
        return number

    def whole(self, column: str) -> int | None:
        value = self._values[column]
        if value and not (value.isascii() and value.isdecimal() and len(value) < 10):
            reason = _("“%(value)s” is not a whole number.") % {"value": value}
            raise self.wrong(column, reason)
        return int(value) if value else None

    def choice(self, column: str, choices: type[_Choice]) -> _Choice:
        value = self._values[column]
        if value not in choices.values:
            reason = _("“%(value)s” is unknown; possible are %(choices)s.") % {
                "value": value,
                "choices": ", ".join(choices.values),
            }
            raise self.wrong(column, reason)
        return choices(value)


def read_bytes(path: Path) -> bytes:
    """A file's content, unpacked if its name ends in ``.gz``."""
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content
    except (OSError, EOFError, zlib.error):
        raise BadFileError(path.name, _("the file cannot be read.")) from None


def lines(folder: Path, name: str, columns: Sequence[str]) -> Iterator[Line]:
    """The rows of a table, which may be packed; nothing where the data set has no such table."""
    path = next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)
    if path is None:
        return
    try:
        text = read_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise BadFileError(path.name, _("the file is not UTF-8 text.")) from None
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        _check_header(path.name, next(reader, []), columns)
        for values in reader:
            if len(values) != len(columns):
                raise BadDataError(
                    path.name,
                    reader.line_num,
                    columns[min(len(values), len(columns) - 1)],
                    _("the row has %(found)s columns instead of %(expected)s.")
                    % {"found": len(values), "expected": len(columns)},
                )
            stripped = (value.strip() for value in values)
            yield Line(path.name, reader.line_num, dict(zip(columns, stripped, strict=True)))
    except csv.Error:
        reason = _("a quotation mark is missing or superfluous.")
        raise BadDataError(path.name, reader.line_num, columns[0], reason) from None


def _check_header(file: str, found: Sequence[str], expected: Sequence[str]) -> None:
    for index, column in enumerate(expected):
        if index >= len(found) or found[index] != column:
            raise BadDataError(
                file, 1, column, _("this column is missing in the first line, or out of order.")
            )
    if len(found) > len(expected):
        raise BadDataError(file, 1, found[len(expected)], _("this column is unknown."))
