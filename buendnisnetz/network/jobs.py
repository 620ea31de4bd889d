"""Jobs of this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buendnisnetz.core.queue import enqueue
from buendnisnetz.network.domain import contact_checks, retention


@app.periodic(cron="40 3 1 * *")
@app.task(name="network.erase_forgotten_people")
def erase_forgotten_people(timestamp: int = 0) -> None:
    now = timezone.now()
    retention.erase_forgotten_people(now=now)
    retention.forget_contacts(now=now)
    retention.empty_old_handovers(now=now)
    retention.forget_old_checks(now=now)


@app.periodic(cron="35 5 * * 1-5")
@app.task(name="network.ask_contacts", queueing_lock="network.ask_contacts")
def ask_contacts(timestamp: int) -> None:
    """Queue one job per contact, so that one bad address stops nobody else's."""
    for post in contact_checks.contacts_to_ask(now=timezone.now()).values_list("pk", flat=True):
        enqueue("network.ask_contact", once=f"network.ask_contact:{post}", post=post)
    for check in contact_checks.checks_to_follow_up(now=timezone.now()).values_list(
        "pk", flat=True
    ):
        enqueue("network.follow_up", once=f"network.follow_up:{check}", check=check)


@app.task(name="network.ask_contact")
def ask_contact(post: int) -> None:
    contact_checks.ask_contact(post=post, now=timezone.now())


@app.task(name="network.follow_up")
def follow_up(check: int) -> None:
    contact_checks.follow_up(check=check, now=timezone.now())
