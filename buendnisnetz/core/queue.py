"""Background jobs, queued inside the caller's transaction.

Domain code names a job instead of importing it, so that a lower room can start the work of its own
``jobs`` module without a loop of imports. A job that is rolled back with its transaction was never
queued; one that is killed half-way runs again, so every job must bear being run twice.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
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
