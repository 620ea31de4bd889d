"""Jobs of this room."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from buendnisnetz.upkeep.domain import checking, finding, lists, retention, taking_over


@app.task(name="upkeep.read_list", retry=RetryStrategy(max_attempts=3, wait=5))
def read_list(partner_list: int) -> None:
    lists.read(partner_list=partner_list, now=timezone.now())


@app.task(name="upkeep.check_list", retry=RetryStrategy(max_attempts=3, wait=5))
def check_list(partner_list: int) -> None:
    checking.check(partner_list=partner_list, now=timezone.now())


@app.task(name="upkeep.write_list", retry=RetryStrategy(max_attempts=3, wait=5))
def write_list(partner_list: int) -> None:
    taking_over.write(partner_list=partner_list, now=timezone.now())


@app.periodic(cron="20 2 * * *")
@app.task(name="upkeep.find_doubles", queueing_lock="upkeep.find_doubles")
def find_doubles(timestamp: int = 0) -> None:
    finding.find_doubles(now=timezone.now())


@app.periodic(cron="50 3 * * *")
@app.task(name="upkeep.forget", queueing_lock="upkeep.forget")
def forget(timestamp: int = 0) -> None:
    """Files, rows and addresses that ran out."""
    now = timezone.now()
    retention.empty_old_lists(now=now)
    retention.forget_old_corrections(now=now)
    retention.forget_old_merges(now=now)
