"""Files from outside are opened in a process of their own that may be killed.

A document can be built to take for ever or to fill the memory. The child limits itself before it
opens anything, the parent watches the clock, and whatever happens ends in one German sentence.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from buendnisnetz.reader import errors, messages
from buendnisnetz.reader.codec import minutes_from_dict
from buendnisnetz.reader.errors import (
    BrokenFileError,
    MemoryLimitError,
    ReaderError,
    TimeLimitError,
)
from buendnisnetz.reader.model import Minutes

SECONDS = 20
MEGABYTES = 800
_ROOT = str(Path(__file__).resolve().parents[2])


def read_file(
    path: Path | str,
    *,
    name: str | None = None,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Minutes:
    """Read a file within limits of time and memory.

    Raises a ReaderError with one German sentence when the file cannot be read; needs no rights
    beyond reading that file and starting Python.
    """
    shown = name or Path(path).name
    command = [
        sys.executable,
        "-m",
        "buendnisnetz.reader.child",
        str(path),
        shown,
        str(seconds),
        str(megabytes),
    ]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([_ROOT, *_inherited_paths()])}
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, the path is only an argument
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeLimitError(messages.TOO_SLOW.format(name=shown, limit=f"{seconds:g}")) from error
    except (OSError, ValueError) as error:
        raise errors.MissingFileError(messages.FILE_MISSING.format(name=shown)) from error
    return _answer(done, shown, seconds)


def _inherited_paths() -> list[str]:
    given = os.environ.get("PYTHONPATH", "")
    return [part for part in given.split(os.pathsep) if part]


def _answer(done: subprocess.CompletedProcess[bytes], name: str, seconds: float) -> Minutes:
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise TimeLimitError(messages.TOO_SLOW.format(name=name, limit=f"{seconds:g}"))
    try:
        answer = json.loads(done.stdout)
        if "error" in answer:
            raise _error(answer["error"], answer["sentence"])
        return minutes_from_dict(answer["minutes"])
    except (ValueError, KeyError, TypeError) as error:
        if b"MemoryError" in done.stderr[-2000:]:
            raise MemoryLimitError(messages.TOO_MUCH_MEMORY.format(name=name)) from error
        raise BrokenFileError(messages.BROKEN.format(name=name)) from error


def _error(kind: str, sentence: str) -> ReaderError:
    found = getattr(errors, kind, ReaderError)
    return found(sentence) if issubclass(found, ReaderError) else ReaderError(sentence)
