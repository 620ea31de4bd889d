"""What happens after the tables were made; not in a migration, because later tables need it too."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from buendnisnetz.core.changes import count_changes
from buendnisnetz.core.statistics import remember_fewer_keys


@receiver(post_migrate, sender=apps.get_app_config("core"))
def tables_were_made(**_signal: Any) -> None:
    remember_fewer_keys()
    count_changes()
