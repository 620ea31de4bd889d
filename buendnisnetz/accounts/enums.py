"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may do, always for a scope (see :class:`ScopeKind`)."""

    STATE_COORDINATION = "STATE_COORDINATION", _("Coordination office")
    MINISTRY = "MINISTRY", _("Ministry")
    DISTRICT_PLANNER = "DISTRICT_PLANNER", _("Social planning of a district")
    ALLIANCE_COORDINATOR = "ALLIANCE_COORDINATOR", _("Coordination of an alliance")
    CHAMBER = "CHAMBER", _("Chamber")
    MEMBER = "MEMBER", _("Company or member organisation")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administration of the system")


class ScopeKind(models.TextChoices):
    """What a role is held for; rooms above say what the number means."""

    STATE = "STATE", _("the whole state")
    DISTRICT = "DISTRICT", _("district")
    ALLIANCE = "ALLIANCE", _("alliance")
    ORGANISATION = "ORGANISATION", _("organisation")


SCOPE_OF_ROLE: dict[Role, ScopeKind] = {
    Role.STATE_COORDINATION: ScopeKind.STATE,
    Role.MINISTRY: ScopeKind.STATE,
    Role.ADMINISTRATOR: ScopeKind.STATE,
    Role.DISTRICT_PLANNER: ScopeKind.DISTRICT,
    Role.ALLIANCE_COORDINATOR: ScopeKind.ALLIANCE,
    Role.CHAMBER: ScopeKind.ORGANISATION,
    Role.MEMBER: ScopeKind.ORGANISATION,
}
