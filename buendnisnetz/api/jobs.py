"""Jobs of this room."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from buendnisnetz.api.domain import publishing

_RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.periodic(cron="22 * * * *")
@app.task(name="api.publish", queueing_lock="api.publish")
def publish(timestamp: int) -> None:
    """Follows everything that no event announces: states of decisions, alliances, posts, and days
    on which a consent begins or ends."""
    publishing.publish(now=timezone.now())


@app.task(name="api.publish_meeting", retry=_RETRY)
def publish_meeting(meeting: str) -> None:
    publishing.publish_meeting(meeting=meeting, now=timezone.now())


@app.task(name="api.publish_network", queueing_lock="api.publish_network", retry=_RETRY)
def publish_network() -> None:
    publishing.publish_network(now=timezone.now())


@app.task(name="api.publish_naming", retry=_RETRY)
def publish_naming(person: str) -> None:
    publishing.publish_naming(person=person, now=timezone.now())


@app.task(name="api.publish_alliance", retry=_RETRY)
def publish_alliance(alliance: str) -> None:
    publishing.publish_alliance(alliance=alliance, now=timezone.now())
