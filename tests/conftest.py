"""What all tests share: a throw-away PostgreSQL server, named people, guard rails.

The server is the embedded one, in a folder of its own that the next run finds again; set
``DATABASE_URL`` to test against another one. Everything a test does happens on real parts.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before Django reads its settings.
_HOME = Path(
    os.environ.get("BUENDNISNETZ_TEST_HOME")
    or Path(tempfile.gettempdir()) / f"buendnisnetz-tests-{os.getuid()}"
)
os.environ["BUENDNISNETZ_HOME"] = str(_HOME)

from buendnisnetz.config.catalogues import compile_all  # noqa: E402 -- after the home is named
from buendnisnetz.core.postgres import Cluster  # noqa: E402


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the main process; workers of xdist find it running."""
    if hasattr(config, "workerinput"):
        return
    compile_all()
    if os.environ.get("DATABASE_URL"):
        return
    _HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    holder = Cluster(_HOME, fsync=False).held()
    holder.__enter__()
    config.add_cleanup(lambda: holder.__exit__(None, None, None))


@pytest.fixture(autouse=True)
def german(settings: object) -> Iterator[None]:
    """Tests see the words that users see."""
    from django.utils import translation  # noqa: PLC0415 -- Django is configured by now

    with translation.override("de"):
        yield
