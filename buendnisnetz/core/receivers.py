"""What happens after migrations."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from buendnisnetz.core import changes


# Not a migration: tables of later migrations, and of other packages, need it too.
@receiver(post_migrate, sender=apps.get_app_config("core"))
def count_changes(**_signal: Any) -> None:
    changes.count_changes()
