"""Backup and restore: one file with the database and the stored files.

The file is a tar archive: ``manifest.json`` (format, counts per table, checksum per stored file),
``database.dump`` (PostgreSQL's own format, made by ``pg_dump`` from one consistent snapshot) and
``files/``. Restoring refuses a database that is not empty unless it is told to replace it.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.home import Home
from buendnisnetz.core.postgres import Cluster
from buendnisnetz.core.statistics import refresh_statistics

FORMAT = 1
_DUMP = "database.dump"
_MANIFEST = "manifest.json"


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
        stored = {name: _digest(name) for name in _stored_names("")}
        tables = count_rows()
        manifest = {"format": FORMAT, "made_at": now.isoformat(), "tables": tables, "files": stored}
        with tarfile.open(draft, "w:gz", compresslevel=3) as archive:
            _add_bytes(archive, _MANIFEST, json.dumps(manifest, indent=1).encode())
            archive.add(dump, _DUMP)
            for name in stored:
                with default_storage.open(name) as file:
                    _add_bytes(archive, f"files/{name}", file.read())
    draft.chmod(0o600)
    draft.replace(target)
    return Summary(tables, len(stored))


def restore(*, source: Path, replace: bool) -> Summary:
    """Bring a backup into this installation.

    Raises :class:`NotABackupError`, :class:`NotEmptyError`.
    """
    try:
        with tarfile.open(source, "r:gz") as archive:
            manifest = _manifest(archive)
            if not replace and not _is_empty():
                raise NotEmptyError
            _restore_database(archive)
            _restore_files(archive, manifest["files"])
            refresh_statistics()
    except (tarfile.TarError, OSError, KeyError, ValueError) as error:
        raise NotABackupError from error
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


def _restore_database(archive: tarfile.TarFile) -> None:
    dump = archive.extractfile(_DUMP)
    if dump is None:
        raise KeyError(_DUMP)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _DUMP
        with path.open("wb") as file:
            while chunk := dump.read(1 << 20):
                file.write(chunk)
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        _run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            str(path),
        )


def _restore_files(archive: tarfile.TarFile, wanted: dict[str, str]) -> None:
    for name, digest in wanted.items():
        file = archive.extractfile(f"files/{name}")
        content = file.read() if file else b""
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError(name)
        if not default_storage.exists(name):
            default_storage.save(name, io.BytesIO(content))


def _stored_names(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        yield f"{folder}/{name}".lstrip("/")
    for child in sorted(folders):
        yield from _stored_names(f"{folder}/{child}".lstrip("/"))


def _digest(name: str) -> str:
    with default_storage.open(name) as file:
        return hashlib.sha256(file.read()).hexdigest()


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
    database = [] if program == "pg_dump" else [f"--dbname={connection.settings_dict['NAME']}"]
    with _connection_environment() as environment:
        result = subprocess.run(  # noqa: S603 -- fixed programs, arguments of our own
            [path, *database, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode:
        raise ToolFailedError(f"{program}: {result.stderr.strip()[-500:]}")
