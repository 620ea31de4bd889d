"""Whether the parts that everything needs are running."""

from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

# A worker writes its heartbeat every ten seconds.
WORKER_SILENT = timedelta(seconds=60)

_migrated = False


def problems(*, now: datetime) -> list[str]:
    """What is wrong, one sentence each; empty when all is well."""
    try:
        found = []
        if not _is_migrated():
            found.append("Die Tabellen der Datenbank sind nicht auf dem Stand des Programms.")
        if not worker_alive(now=now):
            found.append("Der Hintergrunddienst (worker) antwortet nicht.")
    except DatabaseError:
        return ["Die Datenbank antwortet nicht."]
    return found


def _is_migrated() -> bool:
    # Migrations cannot be undone while this process runs: once seen, it stays true.
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    return _migrated


def worker_alive(*, now: datetime) -> bool:
    """Whether a worker has shown itself lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s",
            [now - WORKER_SILENT],
        )
        return bool(cursor.fetchone()[0])
