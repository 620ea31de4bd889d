"""Jobs of this room."""

from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.insight.domain import retention
from buendnisnetz.insight.domain.graph import making
from buendnisnetz.insight.domain.graph.wishes import Wish


@app.periodic(cron="30 3 1 * *")
@app.task(name="insight.forget_old_notes")
def forget_old_notes(timestamp: int = 0) -> None:
    retention.forget_old_notes(today=timezone.localdate())


# Somebody sits and waits: before all that only has to be done some time.
@app.task(name=making.JOB, lock=making.JOB, priority=10)
def make_network(user: int, wish: dict[str, Any], key: str) -> None:
    """One after the other: each takes memory, and whoever waited finds the network made."""
    making.make(user=user, wish=Wish.heard(wish), key=key, now=timezone.now())


@app.periodic(cron="42 * * * *")
@app.task(name="insight.tidy_networks", queueing_lock="insight.tidy_networks")
def tidy_networks(timestamp: int) -> None:
    """Remove networks that nobody may be shown any more."""
    making.tidy(now=timezone.now())
