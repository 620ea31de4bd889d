"""Keeping processes running: what dies is started again, stopping is orderly."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from buendnisnetz.core.supervisor import LONGEST_PAUSE, Child, Supervisor

pytestmark = pytest.mark.slow
# Runs a supervisor over the children that the arguments name as Python code.
PROGRAM = """
import sys
from buendnisnetz.core.supervisor import Child, Supervisor
children = [Child(f"kind{n}", [sys.executable, "-c", code], {"NUMMER": str(n)}) for n, code in enumerate(sys.argv[1:])]
sys.exit(Supervisor(children).run(when_ready=lambda: True, announce="bereit"))
"""
SLEEPER = """
import os, pathlib, signal, sys, time
folder = pathlib.Path({folder!r})
signal.signal(signal.SIGTERM, lambda *_: ((folder / f"ende{{os.getpid()}}").touch(), sys.exit(0)))
(folder / f"da{{os.getpid()}}-{{os.environ['NUMMER']}}").touch()
time.sleep(60)
"""
STUBBORN = """
import os, pathlib, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
(pathlib.Path({folder!r}) / f"da{{os.getpid()}}-x").touch()
time.sleep(60)
"""


def _started(folder: Path) -> list[int]:
    return sorted(int(path.name[2:].partition("-")[0]) for path in folder.glob("da*"))


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait_until(condition, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(condition())


@pytest.fixture
def supervise(tmp_path):
    running = []

    def start(*codes: str) -> subprocess.Popen[str]:
        filled = [code.format(folder=str(tmp_path)) for code in codes]
        process = subprocess.Popen(  # noqa: S603 -- code of our own
            [sys.executable, "-c", PROGRAM, *filled],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_stops_its_children_in_order(supervise, tmp_path, number):
    supervisor = supervise(SLEEPER, SLEEPER)
    assert _wait_until(lambda: len(_started(tmp_path)) == 2)
    children = _started(tmp_path)
    supervisor.send_signal(number)
    out, err = supervisor.communicate(timeout=15)
    assert (supervisor.returncode, out, err) == (0, "bereit\n", "")
    assert not any(_alive(process) for process in children)
    assert sorted(path.name for path in tmp_path.glob("ende*")) == [
        f"ende{pid}" for pid in children
    ]


def test_a_child_that_dies_is_started_again(supervise, tmp_path):
    supervisor = supervise(SLEEPER)
    assert _wait_until(lambda: len(_started(tmp_path)) == 1)
    first = _started(tmp_path)[0]
    os.kill(first, signal.SIGKILL)
    assert _wait_until(lambda: len(_started(tmp_path)) == 2)
    second = next(process for process in _started(tmp_path) if process != first)
    assert _alive(second)
    supervisor.terminate()
    _out, err = supervisor.communicate(timeout=15)
    assert err == "„kind0“ ist ausgefallen und wird neu gestartet.\n"


def test_children_end_when_the_supervisor_is_killed(supervise, tmp_path):
    supervisor = supervise(SLEEPER)
    assert _wait_until(lambda: len(_started(tmp_path)) == 1)
    child = _started(tmp_path)[0]
    supervisor.kill()
    assert _wait_until(lambda: not _alive(child))


def test_a_child_that_does_not_listen_is_ended(monkeypatch, tmp_path):
    monkeypatch.setattr("buendnisnetz.core.supervisor.STOP_SECONDS", 0.3)
    child = Child("stur", [sys.executable, "-c", STUBBORN.format(folder=str(tmp_path))])
    supervisor = Supervisor([child])
    child.start()
    assert child.process is not None
    assert _wait_until(lambda: _started(tmp_path) == [child.process.pid])
    supervisor._stop()
    assert child.process.wait(5) == -signal.SIGKILL


def test_pauses_grow_and_shrink_again():
    said: list[str] = []
    child = Child("kurz", [sys.executable, "-c", "pass"])
    supervisor = Supervisor([child], say=said.append)
    supervisor.stopping = True
    pauses = []
    for ran in (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 60.0):
        child.started_at = time.monotonic() - ran
        supervisor._restart(child)
        pauses.append(child.pause)
    assert pauses == [1.0, 2.0, 4.0, 8.0, LONGEST_PAUSE, LONGEST_PAUSE, 0.5]
    assert said == ["„kurz“ ist ausgefallen und wird neu gestartet."] * 7
