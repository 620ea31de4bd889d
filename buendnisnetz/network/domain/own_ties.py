"""Ties of this room: membership in an alliance, work in the same group."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.network.domain import ties
from buendnisnetz.network.domain.ties import Appearances
from buendnisnetz.network.models import Alliance, WorkingGroup

_MEMBERSHIPS = """
SELECT m.alliance_id AS occasion, a.name::text AS title, a.slug::text AS address, 'A' AS host,
    m.alliance_id AS host_id, 'O' AS body, m.organisation_id AS body_id,
    m.valid_from AS first_day, m.valid_to AS last_day
FROM network_membership m JOIN network_alliance a ON a.id = m.alliance_id
WHERE a.id IN ({visible})
"""
_GROUPS = """
SELECT g.id AS occasion, g.name::text AS title, g.public_id::text AS address, 'G' AS host, g.id AS host_id,
    'O' AS body, m.organisation_id AS body_id, m.valid_from AS first_day, m.valid_to AS last_day
FROM network_groupmembership m JOIN network_workinggroup g ON g.id = m.working_group_id
WHERE g.id IN ({visible})
"""


def find_memberships(user: Any) -> Appearances:
    visible = ties.keys_of(Alliance.objects.visible_to(user), "tie_alliance")
    return Appearances(_MEMBERSHIPS.format(visible=visible.sql), visible.params)


def find_groups(user: Any) -> Appearances:
    visible = ties.keys_of(WorkingGroup.objects.visible_to(user), "tie_group")
    return Appearances(_GROUPS.format(visible=visible.sql), visible.params)


def register_own() -> None:
    ties.register(
        "network.membership", "membership", _("Membership"), find=find_memberships,
        route="network:alliance_detail", lasting=True, with_host=True, order=10,
    )  # fmt: skip
    ties.register(
        "network.group", "group", pgettext_lazy("tie", "Working group"), find=find_groups,
        route="network:group_detail", lasting=True, order=40,
    )  # fmt: skip
