"""What this room does when something begins or ceases to be public."""

from typing import Any

from django.dispatch import receiver

from buendnisnetz.api.domain.erasing import scrub
from buendnisnetz.core.queue import enqueue
from buendnisnetz.meetings.signals import public_copy_changed
from buendnisnetz.network.domain import erasure
from buendnisnetz.network.signals import alliance_edited, consent_changed

# After the rooms below: the public copies are without the name by then.
erasure.register(scrub)


@receiver(public_copy_changed)
def follow_public_copy(sender: Any, meeting: str, **_more: Any) -> None:
    enqueue("api.publish_meeting", once=f"api.publish_meeting:{meeting}", meeting=meeting)


@receiver(consent_changed)
def follow_consent(sender: Any, person: str, **_more: Any) -> None:
    enqueue("api.publish_naming", once=f"api.publish_naming:{person}", person=person)


@receiver(alliance_edited)
def follow_alliance(sender: Any, alliance: str, **_more: Any) -> None:
    enqueue("api.publish_alliance", once=f"api.publish_alliance:{alliance}", alliance=alliance)
