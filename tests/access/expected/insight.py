"""Who may open which page of the room ``insight``.

The lists show each reader only what is theirs; what is not theirs is 404 inside these pages.
"""

from buendnisnetz.accounts.enums import Role
from tests.access.expected.groups import EVERY_ROLE, KEEPERS, WITH_ALLIANCES, WITH_POSTS

DISTRICT_READERS = KEEPERS | {Role.DISTRICT_PLANNER, Role.MINISTRY}
NETWORK_READERS = WITH_ALLIANCES | {Role.MINISTRY}
MARKERS = KEEPERS | {Role.DISTRICT_PLANNER}

ROUTES = {
    "insight:check_begin": WITH_ALLIANCES,
    "insight:check_compare": WITH_ALLIANCES,
    "insight:check_detail": WITH_ALLIANCES,
    "insight:check_finish": WITH_ALLIANCES,
    "insight:check_list": WITH_ALLIANCES,
    "insight:check_overview": WITH_ALLIANCES,
    "insight:check_plan": WITH_ALLIANCES,
    "insight:check_remove": WITH_ALLIANCES,
    "insight:coverage_list": EVERY_ROLE,
    "insight:district_detail": DISTRICT_READERS,
    "insight:district_list": DISTRICT_READERS,
    "insight:ended_list": WITH_ALLIANCES,
    "insight:gap_detail": WITH_POSTS,
    "insight:gap_list": WITH_POSTS,
    "insight:graph_breaks": NETWORK_READERS,
    "insight:graph_file": NETWORK_READERS,
    "insight:graph_nodes": NETWORK_READERS,
    "insight:graph_picture": NETWORK_READERS,
    "insight:graph_ties": NETWORK_READERS,
    "insight:graph_ways": NETWORK_READERS,
    "insight:map_file": EVERY_ROLE,
    "insight:map_page": EVERY_ROLE,
    "insight:mark_create": MARKERS,
    "insight:mark_end": MARKERS,
    "insight:mark_reopen": MARKERS,
    "insight:own_create": WITH_ALLIANCES,
    "insight:own_edit": WITH_ALLIANCES,
    "insight:own_overview": WITH_ALLIANCES,
    "insight:place_list": EVERY_ROLE,
    "insight:rule_create": KEEPERS,
    "insight:rule_edit": KEEPERS,
    "insight:rule_end": WITH_ALLIANCES,
    "insight:rule_overview": KEEPERS,
    "insight:rule_reopen": WITH_ALLIANCES,
    "insight:settings_edit": KEEPERS,
    "insight:staffing_list": DISTRICT_READERS,
    "insight:talk_create": WITH_ALLIANCES,
    "insight:talk_remove": WITH_ALLIANCES,
    "insight:topic_create": WITH_ALLIANCES,
    "insight:topic_edit": WITH_ALLIANCES,
    "insight:topic_status": WITH_ALLIANCES,
}
