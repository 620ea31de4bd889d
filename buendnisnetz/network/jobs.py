"""Jobs of this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.network.domain import retention


@app.periodic(cron="40 3 1 * *")
@app.task(name="network.erase_forgotten_people")
def erase_forgotten_people(timestamp: int = 0) -> None:
    retention.erase_forgotten_people(now=timezone.now())
