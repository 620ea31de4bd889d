"""The parts of this room, as tabs above its lists."""

from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.meetings.rules import IMPORTERS
from buendnisnetz.ui.jinja import url


def meeting_tabs(user: Any, current: str) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is open, for what the user may open; nothing for the public."""
    access = access_of(user)
    if access.is_public:
        return []
    parts = [
        (_("Meetings"), "meetings:meeting_list"),
        (_("Decisions"), "meetings:decision_list"),
        (_("Series of meetings"), "meetings:series_list"),
        (_("Date polls"), "meetings:poll_list"),
    ]
    if access.has(*IMPORTERS):
        parts += [
            (_("Imports"), "meetings:import_list"),
            (_("Templates"), "meetings:template_list"),
            (_("Standing items"), "meetings:standing_list"),
            (_("Word templates"), "meetings:word_template_list"),
        ]
    return [(label, url(name), name == f"meetings:{current}") for label, name in parts]
