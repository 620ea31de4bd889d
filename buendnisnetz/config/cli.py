"""The command line: ``bin/buendnisnetz COMMAND``.

``minutes read`` needs neither Django nor a database and starts without them. Everything else is a
Django management command that runs with the embedded database held, unless ``DATABASE_URL`` names
a server.
"""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from buendnisnetz.core.home import Home, Mode, WrongModeError
from buendnisnetz.core.postgres import Cluster, PostgresError

DONE, BAD_INPUT, WRONG_USAGE = 0, 1, 2
# Commands that never touch the database.
_WITHOUT_DATABASE = {"help", "--help", "-h", "--version", "version"}


def settings_module(home: Home) -> str:
    """The settings for an installation: those of its mode, production where it is still new."""
    mode = home.mode or Mode.PRODUCTION
    return f"buendnisnetz.config.settings.{mode.value}"


@contextmanager
def database(home: Home) -> Iterator[None]:
    """The embedded server for as long as the block runs; nothing where ``DATABASE_URL`` is set."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with Cluster(home.path).held():
        yield


def _read_minutes(arguments: list[str]) -> int:
    reader = importlib.import_module("buendnisnetz.reader.__main__")
    return int(reader.main(arguments))


def compile_catalogues() -> None:
    """Compile what is stale; looks at file times only where nothing is."""
    package = Path(__file__).resolve().parents[1]
    for path in package.glob("*/locale/de/LC_MESSAGES/django.po"):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            importlib.import_module("buendnisnetz.config.catalogues").compile_all()
            return


def _manage(arguments: list[str]) -> int:
    home = Home.from_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module(home))
    compile_catalogues()
    management = importlib.import_module("buendnisnetz.config.management")
    if not arguments or arguments[0] in _WITHOUT_DATABASE:
        return int(management.execute(arguments or ["help"]))
    with database(home):
        return int(management.execute(arguments))


def _start(name: str) -> Callable[[list[str]], int]:
    def run(arguments: list[str]) -> int:
        return int(importlib.import_module(f"buendnisnetz.config.{name}").main(arguments))

    return run


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code (0 done, 1 bad input, 2 wrong usage)."""
    if arguments[:2] == ["minutes", "read"]:
        return _read_minutes(arguments[2:])
    command = {"demo": _start("demo"), "serve": _start("serve")}.get(
        arguments[0] if arguments else ""
    )
    try:
        return command(arguments[1:]) if command else _manage(arguments)
    except (WrongModeError, PostgresError) as error:
        sys.stderr.write(f"{error}\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130
