"""Starting web and worker, for the demonstration and for production alike."""

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from buendnisnetz.core.home import Home, Mode
from buendnisnetz.core.postgres import Cluster
from buendnisnetz.core.supervisor import Child, Supervisor

DEFAULT_PORT = 8000


def parser(program: str, description: str) -> argparse.ArgumentParser:
    """The options that both commands share."""
    result = argparse.ArgumentParser(prog=program, description=description)
    result.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="Port (Vorgabe: %(default)s)"
    )
    result.add_argument("--no-input", action="store_true", help="nichts nachfragen")
    return result


def run(*, mode: Mode, host: str, port: int, address: str, prepare: Sequence[str]) -> int:
    """Claim the home for the mode, prepare database and files, then keep web and worker running.

    Raises ``WrongModeError`` if the home was made for the other mode.
    """
    home = Home.from_environment()
    home.claim(mode)
    os.environ["DJANGO_SETTINGS_MODULE"] = f"buendnisnetz.config.settings.{mode.value}"
    # Links in mails lead to where this installation answers, unless its public address is named.
    os.environ.setdefault("BUENDNISNETZ_URL", address)
    # Without bytecode every process would compile a thousand modules anew; where the folder is not
    # ours to write, it stays as the installation left it.
    compileall.compile_dir(Path(__file__).parents[1], quiet=2)
    with ExitStack() as stack:
        cluster = None
        if not os.environ.get("DATABASE_URL"):
            cluster = Cluster(home.path)
            stack.enter_context(cluster.held())
        prepared = subprocess.run(_manage("prepare", *prepare), check=False)  # noqa: S603
        if prepared.returncode:
            return prepared.returncode
        supervisor = Supervisor(children(host, port), cluster=cluster)
        return supervisor.run(when_ready=_answers(port), announce=address)


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "buendnisnetz", *arguments]


def children(host: str, port: int) -> list[Child]:
    """The processes of one installation."""
    workers = max(1, min(os.cpu_count() or 1, 4))
    granian = shutil.which("granian", path=str(Path(sys.executable).parent)) or "granian"
    web = [
        granian, "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--respawn-failed-workers",
        "--workers-kill-timeout", "5", "--log-level", "warning",
        "buendnisnetz.config.wsgi:application",
    ]  # fmt: skip
    worker = _manage(
        "procrastinate", "worker", "--concurrency", "2", "--shutdown-graceful-timeout", "8"
    )
    return [Child("web", web), Child("worker", worker)]


def _answers(port: int) -> Callable[[], bool]:
    def ready() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    return ready
