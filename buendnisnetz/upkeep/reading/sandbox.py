"""Lists from outside are opened in a process of their own that may be killed.

A spreadsheet can be built to take for ever or to fill the memory. The child limits itself before it
opens anything, the parent watches the clock, and whatever happens ends in one code.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from buendnisnetz.upkeep.reading.table import Table, UnreadableError

SECONDS = 30
MEGABYTES = 900
_ROOT = str(Path(__file__).resolve().parents[3])


def kind_of(name: str, head: bytes) -> str:
    """What a file is, by its first bytes before its name: SHEET, CARDS or TEXT."""
    if head.startswith(b"PK\x03\x04"):
        return "SHEET"
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")[:12].upper()
    if start.startswith(b"BEGIN:VCARD") or name.lower().endswith((".vcf", ".vcard")):
        return "CARDS"
    return "TEXT"


def read_list(
    path: Path,
    kind: str,
    *,
    sheet: str = "",
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Table:
    """Read a list within limits of time and memory. Raises UnreadableError."""
    command = [
        sys.executable, "-m", "buendnisnetz.upkeep.reading.child", str(path), kind, sheet,
        str(seconds), str(megabytes),
    ]  # fmt: skip
    given = os.environ.get("PYTHONPATH", "")
    search = os.pathsep.join([_ROOT, *(part for part in given.split(os.pathsep) if part)])
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, the path is only an argument
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=os.environ | {"PYTHONPATH": search},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("TOO_SLOW") from error
    except ValueError as error:
        # A sheet's name that no argument can hold.
        raise UnreadableError("BROKEN") from error
    return _answer(done)


def _answer(done: subprocess.CompletedProcess[bytes]) -> Table:
    if done.returncode < 0:
        raise UnreadableError("TOO_SLOW")
    try:
        answer = json.loads(done.stdout)
        if "error" in answer:
            raise UnreadableError(answer["error"], **answer["values"])
        found = answer["table"]
        rows = [(number, cells) for number, cells in found["rows"]]
        return Table(found["header"], rows, found["sheet"], found["sheets"])
    except (ValueError, KeyError, TypeError) as error:
        code = "TOO_LARGE" if b"MemoryError" in done.stderr[-2000:] else "BROKEN"
        raise UnreadableError(code) from error
