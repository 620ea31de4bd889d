"""Retention of this room's personal data, once a month."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.accounts.domain import retention


@app.periodic(cron="50 3 1 * *")
@app.task(name="accounts.forget_what_is_old", queueing_lock="accounts.forget_what_is_old")
def forget_what_is_old(timestamp: int) -> None:
    """Close accounts that nobody uses and delete invitations that nobody took."""
    now = timezone.now()
    retention.end_unused_accounts(now=now)
    retention.forget_old_invitations(now=now)
