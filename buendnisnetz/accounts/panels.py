"""What this room puts on pages of others."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from buendnisnetz.ui.jinja import GLOBALS


def demo_accounts() -> list[tuple[str, str]]:
    """The sign-ins of the demonstration; shown in demo mode only."""
    return [
        ("koordination@demo.example", _("Coordination office of the state")),
        ("buendnis@demo.example", _("Coordinator of an alliance")),
        ("planung@demo.example", _("Social planner of a district")),
        ("ministerium@demo.example", _("Ministry")),
        ("kammer@demo.example", _("Chamber")),
        ("unternehmen@demo.example", _("Company")),
        ("verwaltung@demo.example", _("Administrator of the system")),
    ]


def single_sign_on() -> list[tuple[str, str]]:
    """Other places to sign in at, as name and address; see the settings of production."""
    providers: Any = settings.SOCIALACCOUNT_PROVIDERS
    return [
        (one["name"], reverse("openid_connect_login", args=[one["provider_id"]]))
        for one in providers["openid_connect"]["APPS"]
    ]


GLOBALS["demo_accounts"] = demo_accounts
GLOBALS["single_sign_on"] = single_sign_on
