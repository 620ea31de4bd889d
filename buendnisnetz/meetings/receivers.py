"""What this room does when the network says that something happened to a person."""

from typing import Any

from django.dispatch import receiver

from buendnisnetz.core.queue import enqueue
from buendnisnetz.meetings.domain.erasing import needed_people, scrub
from buendnisnetz.network.domain import erasure
from buendnisnetz.network.signals import consent_changed

# When a person's name is removed, the texts of this room lose it too; until then minutes need it.
erasure.register(scrub)
erasure.register_need(needed_people)


@receiver(consent_changed)
def follow_consent(sender: Any, person: str, **_more: Any) -> None:
    """Public copies that may name somebody follow a consent at once, not with the hour."""
    enqueue("meetings.refresh_naming", once=f"meetings.refresh_naming:{person}", person=person)
