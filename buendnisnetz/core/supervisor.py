"""Keeping the processes of one installation running: web, worker, and the embedded database.

A process that ends is started again, with growing pauses if it keeps ending. Stopping is orderly:
first a request, after ten seconds the end.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from buendnisnetz.core.postgres import Cluster, PostgresError

STOP_SECONDS = 10.0
LONGEST_PAUSE = 10.0
# Who ran this long is healthy again: the next pause starts from the shortest.
HEALTHY_SECONDS = 30.0
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """In the child: be told to stop if the supervisor is killed (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process to keep running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 0.5

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 -- commands of our own
            list(self.command),
            env={**os.environ, **self.environment},
            # A group of its own, so that its helpers end with it.
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: int) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Runs children until it is told to stop (SIGINT or SIGTERM)."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        cluster: Cluster | None = None,
        say: Callable[[str], None] = lambda text: print(text, file=sys.stderr, flush=True),  # noqa: T201
    ) -> None:
        self.children = list(children)
        self.cluster = cluster
        self.say = say
        self.stopping = False

    def run(self, *, when_ready: Callable[[], bool], announce: str) -> int:
        """Start everything, announce once ``when_ready`` says so, and keep watch."""
        signal.signal(signal.SIGINT, self._request_stop)
        signal.signal(signal.SIGTERM, self._request_stop)
        for child in self.children:
            child.start()
        announced = False
        while not self.stopping:
            if not announced and when_ready():
                print(announce, flush=True)  # noqa: T201 -- the address is the command's result
                announced = True
            self._watch()
            time.sleep(0.25 if announced else 0.1)
        self._stop()
        return 0

    def _request_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _watch(self) -> None:
        if self.cluster is not None and not self.cluster.is_running():
            self.say("Die Datenbank ist ausgefallen und wird neu gestartet.")
            try:
                self.cluster.start()
            except PostgresError as error:
                self.say(str(error))
                time.sleep(1)
        for child in self.children:
            if child.has_ended():
                self._restart(child)

    def _restart(self, child: Child) -> None:
        ran = time.monotonic() - child.started_at
        child.pause = 0.5 if ran > HEALTHY_SECONDS else min(child.pause * 2, LONGEST_PAUSE)
        # What the killed process left behind would keep its port.
        child.signal_group(signal.SIGKILL)
        self.say(f"„{child.name}“ ist ausgefallen und wird neu gestartet.")
        deadline = time.monotonic() + child.pause
        while not self.stopping and time.monotonic() < deadline:
            time.sleep(0.05)
        if not self.stopping:
            child.start()

    def _stop(self) -> None:
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                child.signal_group(signal.SIGKILL)
