"""Jobs of this room."""

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.core.queue import enqueue
from buendnisnetz.tasks.domain import reminders


@app.periodic(cron="5 6 * * 1-5")
@app.task(name="tasks.remind_all", queueing_lock="tasks.remind_all")
def remind_all(timestamp: int) -> None:
    """Queue one job per task that wants a reminder, so that one bad address stops nobody else's."""
    for task in reminders.tasks_to_remind(now=timezone.now()).values_list("pk", flat=True):
        enqueue("tasks.remind", once=f"tasks.remind:{task}", task=task)


@app.task(name="tasks.remind")
def remind(task: int) -> None:
    # Without an address there is nothing to try again; the task's page says so when asked.
    with suppress(reminders.NoAddressError):
        reminders.remind_when_due(task=task, now=timezone.now())
