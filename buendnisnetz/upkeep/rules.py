"""Who may do what in this room."""

from typing import Any

from buendnisnetz.accounts.access import access_of
from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.gate import KEEPERS
from buendnisnetz.network import rules as network
from buendnisnetz.network.models import Alliance, Organisation
from buendnisnetz.upkeep.domain.corrections import Subject, subject_of
from buendnisnetz.upkeep.enums import Target
from buendnisnetz.upkeep.models import Correction

# Who may hand lists in and look at doubles.
LIST_KEEPERS: tuple[Role, ...] = (*KEEPERS, Role.ALLIANCE_COORDINATOR)
# Who may keep something that anybody can propose a correction for.
CORRECTORS: tuple[Role, ...] = (*network.EDITORS, Role.MEMBER)


def may_merge(user: Any) -> bool:
    """Only the coordination office merges; coordinators propose it."""
    return access_of(user).has(*KEEPERS)


def targets_for(user: Any) -> list[Target]:
    """What the rows of a user's lists may become: people only for the coordination office."""
    return list(Target) if access_of(user).has(*KEEPERS) else [Target.MEMBERS]


def can_decide(user: Any, correction: Correction) -> bool:
    """Whoever may change the entry itself."""
    return can_edit(user, subject_of(correction))


def can_edit(user: Any, subject: Subject) -> bool:
    if isinstance(subject, Organisation):
        return network.can_edit_address(user, subject)
    if isinstance(subject, Alliance):
        return network.can_edit_alliance(user, subject)
    return network.can_edit_post(user, subject)
