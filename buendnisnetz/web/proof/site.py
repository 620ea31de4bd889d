"""A demonstration that runs in a folder of its own, for proofs and for the browser tests."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from buendnisnetz.core.postgres import Cluster

_MESSAGE_ID = re.compile(r"^Message-ID:\s+(\S+)", re.MULTILINE)
# Filling it takes about a minute where nothing else runs.
START_SECONDS = 420
STOP_SECONDS = 30


class SiteError(Exception):
    """The demonstration did not start or did not come back."""


@dataclass
class Site:
    """A running demonstration: its address and its processes."""

    home: Path
    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        return {**os.environ, "BUENDNISNETZ_HOME": str(self.home), "PYTHONWARNINGS": "ignore"}

    def command(self, *arguments: str) -> Any:
        """Run one of our commands against this site; its JSON."""
        environment = self.environment()
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        result = subprocess.run(  # noqa: S603 -- commands of our own
            [sys.executable, "-m", "buendnisnetz", *arguments],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if result.returncode:
            raise SiteError(result.stderr)
        return json.loads(result.stdout)

    def mails(self) -> list[str]:
        """The Message-ID of every mail that was handed over, in no order, repeated ones repeated."""
        folder = self.home / "mail"
        texts = (path.read_text("utf-8", "replace") for path in folder.glob("*.log"))
        return [name for text in texts for name in _MESSAGE_ID.findall(text)]

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=3) as answer:  # noqa: S310 -- our own
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Until everything answers. Raises SiteError."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SiteError("Die Vorführung ist beim Start ausgefallen.")
            if self.healthy():
                return
            time.sleep(0.1)
        raise SiteError("Die Vorführung antwortet nicht.")

    def kill(self, part: str) -> bool:
        """``kill -9`` of "web", "worker" or "database"; False if it was just not running."""
        if part == "database":
            number = Cluster(self.home).process_id()
        else:
            word = {"web": "granian", "worker": "procrastinate"}[part]
            children = psutil.Process(self.process.pid).children()
            found = [
                child for child in children if any(word in item for item in _command_line(child))
            ]
            number = found[0].pid if found else None
        if number is None:
            return False
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


def _command_line(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running_demo(home: Path, *, keep: bool = False) -> Iterator[Site]:
    """Start a demonstration in ``home``; afterwards stop it and, unless ``keep``, remove it."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    port = free_port()
    environment = {**os.environ, "BUENDNISNETZ_HOME": str(home), "PYTHONWARNINGS": "ignore"}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)
    with (home / "demo.log").open("a") as log:
        process = subprocess.Popen(  # noqa: S603 -- a command of our own
            [sys.executable, "-m", "buendnisnetz", "demo", "--port", str(port)],
            env=environment, stdout=log, stderr=log, text=True,
        )  # fmt: skip
    site = Site(home, port, process)
    try:
        site.wait()
        yield site
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        if not keep:
            Cluster(home).remove()
            shutil.rmtree(home, ignore_errors=True)
