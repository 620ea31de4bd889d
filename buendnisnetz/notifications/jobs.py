"""Jobs of this room."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from buendnisnetz.notifications import outbox


@app.task(
    name="notifications.deliver",
    retry=RetryStrategy(max_attempts=outbox.MOST_ATTEMPTS, exponential_wait=4),
)
def deliver(message: int) -> None:
    outbox.deliver(message=message, now=timezone.now())


@app.periodic(cron="45 3 * * *")
@app.task(
    name="notifications.forget_old_messages", queueing_lock="notifications.forget_old_messages"
)
def forget_old_messages(timestamp: int) -> None:
    outbox.forget_old_messages(now=timezone.now())
