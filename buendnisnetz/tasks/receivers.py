"""What this room does when a lower one announces something or forgets somebody."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from buendnisnetz.network.domain import erasure
from buendnisnetz.network.enums import ContactTrouble
from buendnisnetz.network.models import Post
from buendnisnetz.network.signals import contact_troubled
from buendnisnetz.tasks.domain.contacts import look_after_contact
from buendnisnetz.tasks.domain.erasing import scrub

# When a person's name is removed, the texts of this room lose it too.
erasure.register(scrub)


@receiver(contact_troubled)
def on_contact_troubled(
    sender: Any, post: Post, reason: ContactTrouble, words: str, now: datetime, **more: Any
) -> None:
    look_after_contact(post=post, reason=reason, words=words, now=now)
