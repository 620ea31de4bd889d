"""The embedded server, in folders of the test: made, killed, held by several, taken away."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from buendnisnetz.core.postgres import SOCKET_PATH_LIMIT, Cluster, PostgresError
from buendnisnetz.core.supervisor import Supervisor

pytestmark = pytest.mark.slow
AS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One server for the module, because making one takes seconds."""
    found = Cluster(tmp_path_factory.mktemp("netz") / "home")
    yield found
    found.remove()


def _ask(cluster: Cluster, sql: str) -> object:
    with psycopg.connect(cluster.url(), connect_timeout=5) as connection:
        row = connection.execute(sql.encode()).fetchone()
    return row[0] if row else None


def _write(cluster: Cluster, *statements: str) -> None:
    with psycopg.connect(cluster.url()) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _wait_until(condition, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(condition())


def test_started_twice_it_is_one_server(cluster):
    cluster.start()
    first = cluster.process_id()
    cluster.start()
    assert (cluster.process_id(), cluster.is_running()) == (first, True)
    assert _ask(cluster, "SELECT current_database()") == "buendnisnetz"


def test_it_is_reached_by_a_socket_only_and_speaks_utf8(cluster):
    cluster.start()
    assert _ask(cluster, "SHOW listen_addresses") == ""
    assert _ask(cluster, "SHOW server_encoding") == "UTF8"
    assert (_ask(cluster, "SHOW jit"), _ask(cluster, "SHOW fsync")) == ("off", "on")


@pytest.mark.skipif(not AS_ROOT, reason="needs another user of the system")
def test_other_users_of_the_machine_are_refused(cluster):
    cluster.start()
    result = subprocess.run(  # noqa: S603 -- the server's own program
        [cluster.program("createdb"), "-h", cluster.socket_folder, "-U", "buendnisnetz", "fremd"],
        user="nobody", capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert result.returncode == 1
    assert "fremd" not in _databases(cluster)


def _databases(cluster: Cluster) -> list[str]:
    with psycopg.connect(cluster.url()) as connection:
        return [row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()]


def test_a_database_is_made_once(cluster):
    cluster.start()
    cluster.make_database("zweite")
    cluster.make_database("zweite")
    assert "zweite" in _databases(cluster)


def test_what_was_committed_survives_a_kill(cluster):
    cluster.start()
    _write(
        cluster, "CREATE TABLE IF NOT EXISTS zusage (text text)", "INSERT INTO zusage VALUES ('ja')"
    )
    process = cluster.process_id()
    assert process is not None
    os.kill(process, signal.SIGKILL)
    assert _wait_until(lambda: not cluster.is_running())
    cluster.start()
    assert cluster.process_id() != process
    assert _ask(cluster, "SELECT count(*) FROM zusage") == 1


def test_the_supervisor_starts_a_lost_server_again(cluster):
    cluster.start()
    process, said = cluster.process_id(), []
    os.kill(process, signal.SIGKILL)
    assert _wait_until(lambda: not cluster.is_running())
    supervisor = Supervisor([], cluster=cluster, say=said.append)
    supervisor._watch()
    supervisor._watch()
    assert said == ["Die Datenbank ist ausgefallen und wird neu gestartet."]
    assert cluster.is_running()


def test_the_last_user_stops_it(cluster):
    other = Cluster(cluster.folder)
    with cluster.held() as url:
        assert url == other.url()
        with other.held():
            assert other.is_running()
        assert cluster.is_running()
    assert not cluster.is_running()


def test_a_killed_user_lets_go(cluster):
    code = (
        "import sys, time; from pathlib import Path; from buendnisnetz.core.postgres import Cluster\n"
        "with Cluster(Path(sys.argv[1])).held(): print('da', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(  # noqa: S603 -- code of our own
        [sys.executable, "-c", code, str(cluster.folder)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "da\n"
        with cluster.held():
            assert cluster.is_running()
        assert cluster.is_running()
        holder.kill()
    with cluster.held():
        pass
    assert not cluster.is_running()


def test_a_start_that_cannot_work_says_why(cluster):
    cluster.start()
    cluster.stop()
    settings = cluster.data / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("gibt_es_nicht = 1\n")
    try:
        with pytest.raises(PostgresError, match="gibt_es_nicht"):
            cluster.start()
    finally:
        settings.write_text(before)
    cluster.start()
    assert cluster.is_running()


def test_a_new_folder_gets_a_new_server_and_remove_takes_it_away(cluster, tmp_path):
    other = Cluster(tmp_path / "anders", fsync=False)
    assert other.data != cluster.data
    # An attempt that was cut off is made anew.
    draft = other.data.with_name(other.data.name + ".draft")
    draft.mkdir(parents=True)
    (draft / "rest").touch()
    other.start()
    assert (_ask(other, "SHOW fsync"), _ask(other, "SHOW autovacuum")) == ("off", "off")
    other.remove()
    assert (other.is_running(), other.data.exists(), other.process_id()) == (False, False, None)
    assert cluster._identifier() != other._identifier()


def test_a_long_path_gets_a_socket_elsewhere(tmp_path):
    deep = Cluster(tmp_path / ("x" * 100))
    deep._as_root = False
    assert len(str(deep.data)) > SOCKET_PATH_LIMIT
    assert len(str(deep.socket_folder)) <= SOCKET_PATH_LIMIT
    near = Cluster(Path("/srv/netz"))
    near._as_root = False
    assert near.socket_folder == Path("/srv/netz/postgres")
