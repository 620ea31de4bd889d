"""Parts of a file, as browsers ask for them (RFC 9110, section 14): one range, or the whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True)
class Part:
    """Bytes ``first`` to ``last``, both inclusive."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class RangeNotThereError(ValueError):
    """What was asked for lies behind the end of the file."""


def part_of(header: str, size: int) -> Part | None:
    """The part that a ``Range`` header asks for; None (the whole) if there is none that we serve.

    Raises RangeNotThereError. Several ranges at once are answered with the whole, as the standard
    allows: nobody needs them for files.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        # The last so many bytes.
        start, end = max(0, size - int(last)), size - 1
        if last.strip("0") == "":
            raise RangeNotThereError
    else:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
        if last and int(last) < int(first):
            return None
    if start >= size:
        raise RangeNotThereError
    return Part(start, end)


class Pieces:
    """A part of an open file, piece by piece; closes the file at the end."""

    def __init__(self, file: Any, part: Part) -> None:
        self._file, self._part = file, part

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._part.first)
        left = self._part.length
        while left > 0:
            piece = self._file.read(min(PIECE, left))
            if not piece:
                return
            left -= len(piece)
            yield piece

    def close(self) -> None:
        self._file.close()
