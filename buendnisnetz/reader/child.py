"""The process that opens one file for `sandbox.read_file`; it prints one JSON value."""

import json
import resource
import sys

from buendnisnetz.reader import messages
from buendnisnetz.reader.document import load_document
from buendnisnetz.reader.errors import MemoryLimitError, ReaderError
from buendnisnetz.reader.reader import read_minutes


def _limit(seconds: float, megabytes: int) -> None:
    """Take away processor time and memory before anything from outside is touched."""
    cpu = max(1, int(seconds) + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, name: str, seconds: str, megabytes: str) -> None:
    """Read the file and print the minutes or the error."""
    _limit(float(seconds), int(megabytes))
    try:
        answer: dict[str, object] = {"minutes": _read(path, name)}
    except ReaderError as error:
        answer = {"error": type(error).__name__, "sentence": error.sentence}
    except MemoryError:
        sentence = messages.TOO_MUCH_MEMORY.format(name=name)
        answer = {"error": MemoryLimitError.__name__, "sentence": sentence}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


def _read(path: str, name: str) -> dict[str, object]:
    return read_minutes(load_document(path, name)).to_dict()


if __name__ == "__main__":
    main(*sys.argv[1:5])
