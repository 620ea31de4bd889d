"""Retention of this room's personal data, once a month."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.accounts.domain import retention


@app.periodic(cron="20 3 1 * *")
@app.task(name="accounts.end_unused_accounts")
def end_unused_accounts(timestamp: int = 0) -> None:
    retention.end_unused_accounts(now=timezone.now())


@app.periodic(cron="25 3 1 * *")
@app.task(name="accounts.forget_old_invitations")
def forget_old_invitations(timestamp: int = 0) -> None:
    retention.forget_old_invitations(now=timezone.now())
