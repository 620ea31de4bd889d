"""Jobs of this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.insight.domain import retention


@app.periodic(cron="30 3 1 * *")
@app.task(name="insight.forget_old_notes")
def forget_old_notes(timestamp: int = 0) -> None:
    retention.forget_old_notes(today=timezone.localdate())
