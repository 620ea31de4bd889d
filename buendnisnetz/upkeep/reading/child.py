"""The process that opens one list for `sandbox.read_list`; it prints one JSON value."""

import json
import resource
import sys
from pathlib import Path

from buendnisnetz.upkeep.reading.table import Table, UnreadableError


def _limit(seconds: float, megabytes: int) -> None:
    """Take away processor time and memory before anything from outside is touched."""
    cpu = max(1, int(seconds) + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: Path, kind: str, sheet: str) -> Table:
    """Only the library that is needed is loaded."""
    if kind == "SHEET":
        from buendnisnetz.upkeep.reading.sheets import read_sheet  # noqa: PLC0415 -- see above

        return read_sheet(path, sheet)
    if kind == "CARDS":
        from buendnisnetz.upkeep.reading.cards import read_cards  # noqa: PLC0415 -- see above

        return read_cards(path)
    from buendnisnetz.upkeep.reading.texts import read_csv  # noqa: PLC0415 -- see above

    return read_csv(path)


def main(path: str, kind: str, sheet: str, seconds: str, megabytes: str) -> None:
    """Read the list and print it, or why it cannot be read."""
    _limit(float(seconds), int(megabytes))
    try:
        answer: dict[str, object] = {"table": read(Path(path), kind, sheet).to_dict()}
    except UnreadableError as error:
        answer = {"error": error.code, "values": error.values}
    except MemoryError:
        answer = {"error": "TOO_LARGE", "values": {}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main(*sys.argv[1:6])
