"""The folder that holds everything of one installation: database, stored files, secret, mode.

Standard library only, because the command line reads it before Django is loaded.
"""

import os
import secrets
from enum import Enum
from pathlib import Path


class Mode(Enum):
    """What an installation is for. A demonstration never becomes production, nor the reverse."""

    DEMO = "demo"
    PRODUCTION = "production"


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

    def make(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def static(self) -> Path:
        return self.path / "static"

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
        found = self.mode
        if found is None:
            self.make()
            (self.path / "mode").write_text(mode.value, encoding="utf-8")
        elif found is not mode:
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
            self.make()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        return path.read_text(encoding="ascii").strip()
