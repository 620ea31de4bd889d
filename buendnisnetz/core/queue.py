"""Background jobs, queued inside the caller's transaction.

Domain code names a job instead of importing it, so that a lower room can start the work of its own
``jobs`` module without a loop of imports. A job that is rolled back with its transaction was never
queued; one that is killed half-way runs again, so every job must bear being run twice.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def enqueue(
    name: str, *, at: datetime | None = None, once: str | None = None, **arguments: Any
) -> None:
    """Queue the job ``name`` ("room.verb_noun") with JSON arguments, to run at ``at`` or now.

    With ``once`` set, a job with the same key that still waits makes this call do nothing.
    """
    job = app.configure_task(name, schedule_at=at, queueing_lock=once, allow_unknown=False)
    if once is None:
        job.defer(**arguments)
        return
    # A refused row would spoil the caller's transaction, so the attempt has one of its own inside.
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(**arguments)


_FAILED = """
SELECT EXISTS (
    SELECT 1 FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id
    WHERE j.queueing_lock = %s AND j.status = 'failed' AND e.type = 'failed' AND e.at > %s
)
"""


def failed_after(once: str, moment: datetime) -> bool:
    """Whether a job that was queued ``once`` with this key failed for good after a moment."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, [once, moment])
        return bool(cursor.fetchone()[0])
