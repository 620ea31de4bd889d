"""What this room puts on pages of others."""

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


GLOBALS["demo_accounts"] = demo_accounts
