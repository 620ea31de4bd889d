"""The command line: `python -m buendnisnetz.reader FILE [FILE ...] [--json] [--out DIR]`.

Exit codes: 0 done, 1 at least one file could not be read (one German sentence each on standard
error), 2 wrong usage.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from buendnisnetz.reader import messages
from buendnisnetz.reader.errors import ReaderError
from buendnisnetz.reader.model import Minutes
from buendnisnetz.reader.sandbox import read_file
from buendnisnetz.reader.summary import summary, summary_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    folder = Path(options.out) if options.out else None
    if folder is not None and not _prepared(folder):
        _say(messages.OUT_NOT_WRITABLE.format(name=options.out), sys.stderr)
        return 1
    read, failed = _read_all(options.files)
    if folder is not None:
        _write_all(read, folder, sys.stderr if options.json else sys.stdout)
    if options.json:
        _print_json([minutes.to_dict() for _, minutes in read], several=len(options.files) > 1)
    elif folder is None:
        for path, minutes in read:
            _say(summary(path.name, minutes), sys.stdout)
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="minutes read", description=messages.USAGE)
    parser.add_argument("files", nargs="+", metavar="FILE", help=messages.USAGE_FILE)
    parser.add_argument("--json", action="store_true", help=messages.USAGE_JSON)
    parser.add_argument("--out", metavar="DIR", help=messages.USAGE_OUT)
    return parser


def _prepared(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return folder.is_dir()


def _read_all(files: Sequence[str]) -> tuple[list[tuple[Path, Minutes]], bool]:
    """Every file that can be read; a bad one does not stop the others."""
    read: list[tuple[Path, Minutes]] = []
    failed = False
    for name in files:
        try:
            read.append((Path(name), read_file(name)))
        except ReaderError as error:
            failed = True
            _say(error.sentence, sys.stderr)
    return read, failed


def _write_all(read: Sequence[tuple[Path, Minutes]], folder: Path, report: TextIO) -> None:
    """NAME.json for each file; a second file of the same name keeps its ending."""
    taken: set[str] = set()
    for path, minutes in read:
        name = path.stem if path.stem not in taken else path.name
        taken.add(name)
        content = json.dumps(minutes.to_dict(), ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(content + "\n", encoding="utf-8")
        _say(summary_line(path.name, minutes), report)


def _print_json(values: list[dict[str, object]], *, several: bool) -> None:
    """One JSON value and nothing else: a list for several files."""
    if several:
        _say(json.dumps(values, ensure_ascii=False, indent=1), sys.stdout)
    elif values:
        _say(json.dumps(values[0], ensure_ascii=False, indent=1), sys.stdout)


def _say(text: str, stream: TextIO) -> None:
    stream.write(text + "\n")
