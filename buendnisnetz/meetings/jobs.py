"""Jobs of this room."""

from contextlib import suppress

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from buendnisnetz.core.queue import enqueue
from buendnisnetz.meetings.domain import evaluation
from buendnisnetz.meetings.domain.editions import approval, papers, public
from buendnisnetz.meetings.domain.minutes_import import read_import
from buendnisnetz.meetings.domain.preparing import invitations, retention
from buendnisnetz.meetings.domain.writing import syncing


@app.task(name="meetings.read_minutes", retry=RetryStrategy(max_attempts=3, wait=5))
def read_minutes(minutes_import: int) -> None:
    read_import(minutes_import=minutes_import, now=timezone.now())


@app.task(name="meetings.print_edition", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def print_edition(edition: int) -> None:
    papers.print_edition(edition=edition, now=timezone.now())


@app.task(name="meetings.print_public", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def print_public(copy: int) -> None:
    papers.print_public(copy=copy)


@app.periodic(cron="50 3 * * *")
@app.task(name="meetings.forget_operations", queueing_lock="meetings.forget_operations")
def forget_operations(timestamp: int) -> None:
    syncing.forget_operations(now=timezone.now())


@app.periodic(cron="40 4 * * 0")
@app.task(name="meetings.evaluate_reader", queueing_lock="meetings.evaluate_reader")
def evaluate_reader(timestamp: int) -> None:
    evaluation.evaluate(now=timezone.now())


@app.task(name="meetings.evaluate_now", queueing_lock="meetings.evaluate_now")
def evaluate_now() -> None:
    evaluation.evaluate(now=timezone.now())


@app.periodic(cron="20 6 * * 1-5")
@app.task(name="meetings.remind_approvals", queueing_lock="meetings.remind_approvals")
def remind_approvals(timestamp: int) -> None:
    """Queue one job per request that waits, so that one bad address stops nobody else's."""
    for request in approval.late_requests(now=timezone.now()).values_list("pk", flat=True):
        enqueue(
            "meetings.remind_approval", once=f"meetings.remind_approval:{request}", request=request
        )


@app.periodic(cron="30 3 5 * *")
@app.task(name="meetings.forget_asked", queueing_lock="meetings.forget_asked")
def forget_asked(timestamp: int) -> None:
    retention.forget_asked(now=timezone.now())


@app.periodic(cron="10 7 * * *")
@app.task(name="meetings.remind_all_invited", queueing_lock="meetings.remind_all_invited")
def remind_all_invited(timestamp: int) -> None:
    """One job per meeting, so that one that fails stops no other."""
    for meeting in invitations.meetings_to_remind(now=timezone.now()).values_list("pk", flat=True):
        enqueue(
            "meetings.remind_invited", once=f"meetings.remind_invited:{meeting}", meeting=meeting
        )


@app.task(name="meetings.remind_invited")
def remind_invited(meeting: int) -> None:
    invitations.remind_late(meeting=meeting, now=timezone.now())


@app.task(name="meetings.remind_approval")
def remind_approval(request: int) -> None:
    # Without an address there is nothing to try again; the way of the minutes says so.
    with suppress(approval.NoApproverAddressError):
        approval.remind_late(request=request, now=timezone.now())


@app.task(name="meetings.refresh_naming", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def refresh_naming(person: str) -> None:
    public.refresh_naming(person=person, now=timezone.now())


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
