"""Jobs of this room."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from buendnisnetz.core.queue import enqueue
from buendnisnetz.meetings.domain.editions import papers, public
from buendnisnetz.meetings.domain.minutes_import import read_import


@app.task(name="meetings.read_minutes", retry=RetryStrategy(max_attempts=3, wait=5))
def read_minutes(minutes_import: int) -> None:
    read_import(minutes_import=minutes_import, now=timezone.now())


@app.task(name="meetings.print_edition", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def print_edition(edition: int) -> None:
    papers.print_edition(edition=edition, now=timezone.now())


@app.task(name="meetings.print_public", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def print_public(copy: int) -> None:
    papers.print_public(copy=copy)


@app.periodic(cron="12 * * * *")
@app.task(name="meetings.refresh_public", queueing_lock="meetings.refresh_public")
def refresh_public(timestamp: int) -> None:
    """Public copies follow consents that began or ended, whoever changed them."""
    enqueue("meetings.refresh_public_after", once="meetings.refresh_public_after", after=0)


@app.task(name="meetings.refresh_public_after", queueing_lock="meetings.refresh_public_after")
def refresh_public_after(after: int) -> None:
    last = public.refresh_all(now=timezone.now(), after=after)
    if last:
        enqueue("meetings.refresh_public_after", after=last)
