"""Spreadsheets (.xlsx, .ods), opened without trusting them."""

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from buendnisnetz.upkeep.reading.table import MOST_ROWS, Table, UnreadableError, table_from

MOST_PARTS = 2_000
LARGEST_UNPACKED = 200_000_000
_CHUNK = 1 << 20
# Lines above the heading that are no rows: titles, empty ones.
_SLACK = 200


def read_sheet(path: Path, sheet: str = "") -> Table:
    """The named sheet, or the first one that holds a table.

    Raises UnreadableError: BROKEN, ENCRYPTED, TOO_LARGE, EMPTY and what a table may raise.
    """
    _check_package(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise UnreadableError("ENCRYPTED") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("BROKEN") from error
    names = [
        found.name
        for found in book.sheets_metadata
        if found.typ == python_calamine.SheetTypeEnum.WorkSheet
        and found.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    return _chosen(book, names, sheet)


def _chosen(book: python_calamine.CalamineWorkbook, names: list[str], sheet: str) -> Table:
    wanted = [sheet] if sheet in names else names
    for name in wanted:
        try:
            return table_from(_lines(book, name), sheet=name, sheets=names)
        except UnreadableError as error:
            if error.code != "EMPTY":
                raise
    raise UnreadableError("EMPTY")


def _lines(book: python_calamine.CalamineWorkbook, name: str) -> list[tuple[int, list[str]]]:
    try:
        found = book.get_sheet_by_name(name)
        # One row too many is enough to know that there are too many.
        rows = found.to_python(skip_empty_area=False, nrows=MOST_ROWS + _SLACK)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("BROKEN") from error
    return [(number, [cell_text(cell) for cell in row]) for number, row in enumerate(rows, 1)]


def _check_package(path: Path) -> None:
    """Unpack everything once and throw it away: sizes written in a package may lie."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS:
                raise UnreadableError("TOO_LARGE")
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableError("ENCRYPTED")
            room = LARGEST_UNPACKED
            for part in parts:
                room -= _unpacked(package, part, room)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError) as error:  # fmt: skip
        raise UnreadableError("BROKEN") from error


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    size = 0
    with package.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > room:
                raise UnreadableError("TOO_LARGE")
    return size


def cell_text(value: Any) -> str:
    """A cell as somebody would type it: whole numbers without ".0", days as 24.08.2017."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        day = f"{value:%d.%m.%Y}"
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)
