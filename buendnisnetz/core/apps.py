from threading import local

from django.apps import AppConfig
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import trans_real


class CoreConfig(AppConfig):
    name = "buendnisnetz.core"

    def ready(self) -> None:
        # Rooms announce what they add to the pages of lower rooms here.
        autodiscover_modules("panels", "receivers", "examples", "audit_actions")
        # Which language and time zone hold is asked a hundred times for a page. Django keeps both so
        # that coroutines could differ, which takes longer than looking up a text; we have threads.
        for module in (trans_real, timezone):
            vars(module)["_active"] = local()
