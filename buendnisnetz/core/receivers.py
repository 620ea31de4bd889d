"""What happens after the tables were made."""

from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver

from buendnisnetz.core.statistics import remember_fewer_keys


@receiver(post_migrate)
def tables_were_made(sender: Any, **_more: Any) -> None:
    if sender.label == "core":
        remember_fewer_keys()
