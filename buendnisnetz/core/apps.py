from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "buendnisnetz.core"

    def ready(self) -> None:
        # Rooms announce what they add to the pages of lower rooms here.
        autodiscover_modules("panels", "receivers", "examples", "audit_actions")
