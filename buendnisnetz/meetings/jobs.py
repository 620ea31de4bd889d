"""Jobs of this room."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from buendnisnetz.meetings.domain.minutes_import import read_import


@app.task(name="meetings.read_minutes", retry=RetryStrategy(max_attempts=3, wait=5))
def read_minutes(minutes_import: int) -> None:
    read_import(minutes_import=minutes_import, now=timezone.now())
