"""Jobs of this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.core.queue import enqueue
from buendnisnetz.tasks.domain import reminders
from buendnisnetz.tasks.models import Task


@app.periodic(cron="5 6 * * 1-5")
@app.task(name="tasks.remind_all", queueing_lock="tasks.remind_all")
def remind_all(timestamp: int) -> None:
    """Queue one job per task that wants a reminder, so that one bad address stops nobody else's."""
    for task in reminders.tasks_to_remind(now=timezone.now()).values_list("pk", flat=True):
        enqueue("tasks.remind", once=f"tasks.remind:{task}", task=task)


@app.task(name="tasks.remind")
def remind(task: int) -> None:
    now = timezone.now()
    row = reminders.tasks_to_remind(now=now).filter(pk=task).select_related("holder").first()
    if row is not None:
        try:
            reminders.send_reminder(
                task=Task.objects.select_related("holder").get(pk=task), actor=None, now=now
            )
        except reminders.NoAddressError:
            # The task's page shows that nobody can be reached; there is nothing to try again.
            return
