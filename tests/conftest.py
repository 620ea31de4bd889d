"""What all tests share: a throw-away PostgreSQL server, named people, guard rails.

The server is the embedded one, in a folder of its own that the next run finds again; set
``DATABASE_URL`` to test against another one. Everything a test does happens on real parts.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples

from buendnisnetz.core.postgres import Cluster
from tests import processes
from tests.mailbox import Mailbox, Worker, open_mailbox

# How long an example takes says how busy the machine is, and nothing else. Fixtures may be shared by
# the examples of a test: each example takes back what it wrote. Why an example fails is not explained,
# because that takes hundreds of further ones. --hypothesis-profile wins over this.
examples.register_profile(
    "house",
    deadline=None,
    max_examples=50,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
examples.register_profile("thorough", examples.get_profile("house"), max_examples=1000)
examples.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the main process; workers of xdist find it running."""
    if hasattr(config, "workerinput"):
        return
    if os.environ.get("DATABASE_URL"):
        return
    holder = Cluster(django_settings.TEST_HOME, fsync=False).held()
    holder.__enter__()
    config.add_cleanup(lambda: holder.__exit__(None, None, None))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return processes.scheduler(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        processes.longest_first(items)


@pytest.fixture(autouse=True, scope="session")
def networks_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What an earlier run reckoned of users with the same numbers is not for this one."""
    django_settings.NETWORKS = tmp_path_factory.mktemp("networks")


@pytest.fixture(autouse=True)
def german(settings: object) -> Iterator[None]:
    """Tests see the words that users see."""
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def queue_left_empty(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Jobs of tests that really commit are not for the next test; the queue's tables are not ours,
    so Django does not empty them."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A real mail server on loopback that takes everything, unless told otherwise."""
    found, server = open_mailbox(settings)
    yield found
    server.stop()


@pytest.fixture
def worker(db: None) -> Worker:
    return Worker()
