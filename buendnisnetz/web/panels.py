"""The main navigation: this room stands above all others and knows them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.insight.rules import GAP_READERS, NETWORK_READERS
from buendnisnetz.partnering.rules import WITH_CHAMBERS
from buendnisnetz.ui import navigation
from buendnisnetz.upkeep.rules import CORRECTORS


def _works_here(user: Any) -> bool:
    return not access_of(user).is_public


def _everyone(user: Any) -> bool:
    return True


def _keeps_entries(user: Any) -> bool:
    return access_of(user).has(*CORRECTORS)


def _is_public(user: Any) -> bool:
    return access_of(user).is_public


def _wins_partners(user: Any) -> bool:
    return access_of(user).has(*WITH_CHAMBERS)


def _keeps_the_state(user: Any) -> bool:
    return access_of(user).sees_whole_state


def _reads_gaps(user: Any) -> bool:
    return access_of(user).has(*GAP_READERS)


def _reads_districts_only(user: Any) -> bool:
    return access_of(user).has(Role.MINISTRY) and not _reads_gaps(user)


def _reads_network(user: Any) -> bool:
    return access_of(user).has(*NETWORK_READERS)


for _place, (_label, _name, _shown) in enumerate(
    [
        # Who and where, what is done together, who is missing, and what keeps it all in order.
        (_("Alliances"), "network:alliance_list", _everyone),
        (_("Organisations"), "network:organisation_list", _everyone),
        (_("People"), "network:person_list", _works_here),
        (_("Contacts"), "network:post_list", _everyone),
        (_("Working groups"), "network:group_list", _everyone),
        (_("Territories"), "territories:territory_list", _everyone),
        (_("Meetings"), "meetings:meeting_list", _everyone),
        (_("Tasks"), "tasks:task_list", _works_here),
        (_("Partners"), "partnering:prospect_list", _wins_partners),
        (_("Take part"), "partnering:join", _is_public),
        (_("Gaps"), "insight:gap_list", _reads_gaps),
        (_("Gaps"), "insight:district_list", _reads_districts_only),
        (_("Places"), "insight:place_list", _works_here),
        (_("Network picture"), "insight:graph_picture", _reads_network),
        (_("Upkeep of data"), "upkeep:overview", _keeps_entries),
        (_("Users"), "accounts:user_list", _keeps_the_state),
    ]
):
    navigation.register(_label, _name, order=_place, shown=_shown)
