"""What this room adds to other rooms' pages."""

from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.core import slots
from buendnisnetz.ui import viewkit

_MAKERS = (Role.STATE_COORDINATION, Role.ADMINISTRATOR, Role.ALLIANCE_COORDINATOR)


@slots.register("partnering.exchange", order=50)
def exchange_date(exchange: Any, user: Any) -> str:
    """Two groups look for a date together; those asked come from both (S115). No query."""
    if exchange.held_on is not None or not access_of(user).has(*_MAKERS):
        return ""
    return viewkit.panel("meetings/panel_exchange.html", exchange)
