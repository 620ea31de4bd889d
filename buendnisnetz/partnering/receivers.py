"""What this room does when a lower one announces something or forgets somebody."""

from typing import Any

from django.dispatch import receiver

from buendnisnetz.meetings.models import DatePoll, Meeting
from buendnisnetz.meetings.signals import poll_decided
from buendnisnetz.network.domain import erasure
from buendnisnetz.partnering.domain.erasing import scrub
from buendnisnetz.partnering.domain.exchanges import meet_at

# When a person's name is removed, the free texts of this room lose it too.
erasure.register(scrub)


@receiver(poll_decided)
def on_poll_decided(
    sender: Any, poll: DatePoll, meeting: Meeting, actor: Any, **_more: Any
) -> None:
    meet_at(poll=poll, meeting=meeting, actor=actor)
