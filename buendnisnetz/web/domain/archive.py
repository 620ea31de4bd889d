"""Backup and restore: one file with the database and the stored files.

The file is a tar archive: ``database.dump`` (PostgreSQL's own format, made by ``pg_dump`` from one
consistent snapshot), ``files/`` (from wherever they are kept, so that a backup moves them from a disk
into a bucket and back) and ``manifest.json`` (format, counts per table, checksum per stored file).
No file is held in memory. Restoring refuses a database that is not empty unless it is told to replace it.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.home import Home
from buendnisnetz.core.postgres import Cluster
from buendnisnetz.core.statistics import refresh_statistics
from buendnisnetz.files import contents
from buendnisnetz.insight.domain.graph import shelf

FORMAT = 1
_DUMP = "database.dump"
_MANIFEST = "manifest.json"
# Where what is replaced waits until the new is complete.
_ASIDE = "replaced"


class NotABackupError(DomainError):
    """The file is not one of our backups, or it is damaged."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is not a complete backup of Bündnisnetz. Please choose another one.")
        )


class NotEmptyError(DomainError):
    """Restoring would overwrite data."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The database is not empty. Add --replace if everything in it may be replaced by the backup."
            )
        )


class ToolFailedError(DomainError):
    """PostgreSQL's own tool said no."""


@dataclass(frozen=True)
class Summary:
    """What an archive holds: rows per table, number of stored files."""

    tables: dict[str, int]
    files: int


def back_up(*, target: Path, now: datetime) -> Summary:
    """Write a backup; the file appears only when it is complete."""
    draft = target.with_name(target.name + ".draft")
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / _DUMP
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        tables = count_rows()
        with tarfile.open(draft, "w:gz", compresslevel=3) as archive:
            archive.add(dump, _DUMP)
            stored = dict(_add_files(archive))
            manifest = {
                "format": FORMAT,
                "made_at": now.isoformat(),
                "tables": tables,
                "files": stored,
            }
            _add_bytes(archive, _MANIFEST, json.dumps(manifest, indent=1).encode())
    draft.chmod(0o600)
    draft.replace(target)
    return Summary(tables, len(stored))


def restore(*, source: Path, replace: bool) -> Summary:
    """Bring a backup into this installation; what cannot be read to its end changes nothing in the
    database.

    Raises :class:`NotABackupError`, :class:`NotEmptyError`, :class:`ToolFailedError`.
    """
    try:
        with tarfile.open(source, "r:gz") as archive, tempfile.TemporaryDirectory() as folder:
            manifest = _manifest(archive)
            if not replace and not _is_empty():
                raise NotEmptyError
            script = _script(archive, Path(folder))
            _restore_files(archive, manifest["files"])
            _replace_database(script)
    except (tarfile.TarError, zlib.error, EOFError, OSError, KeyError, ValueError) as error:
        raise NotABackupError from error
    # What was reckoned for users of the database that is gone.
    shelf.clear()
    refresh_statistics()
    return Summary(count_rows(), len(manifest["files"]))


def count_rows() -> dict[str, int]:
    """Rows per table of the application."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    file = archive.extractfile(_MANIFEST)
    manifest: dict[str, Any] = json.loads(file.read()) if file else {}
    if manifest.get("format") != FORMAT:
        raise ValueError(_MANIFEST)
    return manifest


def _is_empty() -> bool:
    """No table of ours, or nobody who could sign in."""
    with connection.cursor() as cursor:
        if "accounts_user" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)")
        return not cursor.fetchone()[0]


def _script(archive: tarfile.TarFile, folder: Path) -> Path:
    """The whole dump as SQL: it has been read to its end before anything is replaced."""
    packed = archive.extractfile(_DUMP)
    if packed is None:
        raise KeyError(_DUMP)
    dump, script = folder / _DUMP, folder / "database.sql"
    with dump.open("wb") as file:
        shutil.copyfileobj(packed, file)
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    except ToolFailedError as error:
        raise NotABackupError from error
    return script


def _replace_database(script: Path) -> None:
    """All that is there makes way for what the script holds; it goes when the new is complete.

    What is there moves aside in the transaction that brings the new, and goes in one of its own:
    PostgreSQL keeps a lock for each table and index that a transaction makes or removes.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {_ASIDE} CASCADE")
        cursor.execute(
            "SELECT quote_ident(extname) FROM pg_extension WHERE extnamespace = 'public'::regnamespace"
        )
        extensions = [name for (name,) in cursor.fetchall()]
    _run(
        "psql",
        f"--dbname={connection.settings_dict['NAME']}",
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        f"--command=ALTER SCHEMA public RENAME TO {_ASIDE}",
        "--command=CREATE SCHEMA public",
        *(f"--command=ALTER EXTENSION {name} SET SCHEMA public" for name in extensions),
        f"--file={script}",
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {_ASIDE} CASCADE")
    # What this connection knows of tables and types is gone.
    connection.close()


def _restore_files(archive: tarfile.TarFile, wanted: dict[str, str]) -> None:
    for name, digest in wanted.items():
        packed = archive.extractfile(f"files/{name}")
        if packed is None:
            raise KeyError(name)
        with tempfile.TemporaryFile() as content:
            counted = Counted(packed)
            shutil.copyfileobj(counted, content)
            if counted.sha256 != digest:
                raise ValueError(name)
            if default_storage.exists(name):
                if default_storage.size(name) == content.tell():
                    continue
                default_storage.delete(name)
            content.seek(0)
            default_storage.save(name, File(content))


class Counted:
    """What is read of a file is counted into its checksum."""

    def __init__(self, file: Any) -> None:
        self._file, self._digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._file.read(size)
        self._digest.update(content)
        return content

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _add_files(archive: tarfile.TarFile) -> Iterator[tuple[str, str]]:
    """Pack every stored file; name and checksum of each."""
    for name in contents.names():
        # Pieces of uploads come and go while this runs.
        with suppress(FileNotFoundError), default_storage.open(name) as file:
            entry = tarfile.TarInfo(f"files/{name}")
            entry.size, entry.mode = file.size, 0o600
            counted = Counted(file)
            archive.addfile(entry, counted)
            yield name, counted.sha256


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


@contextmanager
def _connection_environment() -> Iterator[dict[str, str]]:
    values = connection.settings_dict
    names = {
        "NAME": "PGDATABASE",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "HOST": "PGHOST",
        "PORT": "PGPORT",
    }
    found = {variable: str(values[key]) for key, variable in names.items() if values.get(key)}
    yield {**os.environ, **found}


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's tools against our database; the embedded server's own ones."""
    path = str(Cluster(Home.from_environment().path).program(program))
    if settings.DATABASE_URL and (named := os.environ.get("BUENDNISNETZ_PG_BIN")):
        # The tools must not be older than the server.
        path = str(Path(named) / program)
    with _connection_environment() as environment:
        result = subprocess.run(  # noqa: S603 -- fixed programs, arguments of our own
            [path, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode:
        raise ToolFailedError(f"{program}: {result.stderr.strip()[-500:]}")
