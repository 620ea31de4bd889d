"""The folder that holds everything of one installation: database, stored files, secret, mode.

Standard library only, because the command line reads it before Django is loaded.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from enum import Enum
from pathlib import Path


class Mode(Enum):
    """What an installation is for. A demonstration never becomes production, nor the reverse."""

    DEMO = "demo"
    PRODUCTION = "production"


def keep_once(path: Path, text: str) -> str:
    """Write a small file unless it is there, and give what stands in it.

    Of several processes that try at once one wins; whoever is killed leaves all of it or nothing.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    return path.read_text(encoding="utf-8").strip()


class WrongModeError(Exception):
    """The installation was made for the other mode; the message is for the person who started it."""


class Home:
    """One installation's folder, by default ``~/.local/share/buendnisnetz``.

    ``BUENDNISNETZ_HOME`` names another one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def from_environment(cls) -> "Home":
        named = os.environ.get("BUENDNISNETZ_HOME")
        if named:
            return cls(Path(named).expanduser().resolve())
        data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        return cls(Path(data) / "buendnisnetz")

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def templates(self) -> Path:
        """Compiled templates; may be thrown away at any time."""
        return self.path / "templates"

    @property
    def networks(self) -> Path:
        """Networks as readers saw them a while ago; may be thrown away at any time."""
        return self.path / "networks"

    @property
    def mode(self) -> Mode | None:
        """The mode this installation was started in first, or None while it is new."""
        try:
            return Mode((self.path / "mode").read_text(encoding="utf-8").strip())
        except FileNotFoundError:
            return None

    def claim(self, mode: Mode) -> None:
        """Mark a new installation with its mode.

        Raises :class:`WrongModeError` if it was made for the other one: demonstration accounts
        have a public password and must never stand in production.
        """
        found = self.mode or Mode(keep_once(self.path / "mode", mode.value))
        if found is not mode:
            raise WrongModeError(
                f"Der Ordner {self.path} gehört zu einer Installation der Art „{found.value}“. "
                "Bitte mit BUENDNISNETZ_HOME einen anderen Ordner nennen."
            )

    def secret_key(self) -> str:
        """The installation's signing key: made once, readable by its owner only."""
        path = self.path / "secret_key"
        try:
            return path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return keep_once(path, secrets.token_urlsafe(64))
