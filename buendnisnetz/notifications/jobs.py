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
