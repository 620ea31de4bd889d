"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AllianceKind(models.TextChoices):
    """What an alliance covers on a day, told from its territories."""

    TOWN = "TOWN", _("one town")
    DISTRICT = "DISTRICT", _("one district")
    SEVERAL = "SEVERAL", _("several districts")


class SinceKind(models.TextChoices):
    """What the day rests on since which something is missing."""

    MET = "MET", _("the day after it was last there")
    FOUNDED = "FOUNDED", _("never there since the founding")
    WORKING = "WORKING", _("never there since an alliance works in the district")
    DATA = "DATA", _("never there since our data begin")


class AllianceWarning(models.TextChoices):
    """What needs somebody's attention at an alliance (S01, S18, S92, S93)."""

    ASLEEP = "ASLEEP", _("no sign of life")
    UNCONFIRMED = "UNCONFIRMED", _("state unconfirmed for 12 months")
    NO_CONTACT = "NO_CONTACT", _("no contact")
    NO_SPONSOR = "NO_SPONSOR", _("no sponsor")
    NO_TALK = "NO_TALK", _("no talk with the sponsor for 12 months")
    TOPIC_VACANT = "TOPIC_VACANT", _("topic without a responsible person")
    FEW_BUSINESS = "FEW_BUSINESS", _("too few business partners")


class Reason(models.TextChoices):
    """Why an organisation is put forward for a gap, the strongest first."""

    RESPONSIBLE_CHAMBER = "RESPONSIBLE_CHAMBER", _("is the chamber in charge here")
    SAME_DISTRICT = "SAME_DISTRICT", _("is in the same district")
    NEIGHBOUR_MEMBER = "NEIGHBOUR_MEMBER", _("is a member of an alliance nearby")
    CHAMBER_DISTRICT = "CHAMBER_DISTRICT", _("is in the same chamber district")


class TopicStatus(models.TextChoices):
    PLANNED = "PLANNED", _("planned")
    ACTIVE = "ACTIVE", _("active")
    CLOSED = "CLOSED", pgettext_lazy("topic", "closed")


TOPIC_TRANSITIONS: dict[TopicStatus, frozenset[TopicStatus]] = {
    TopicStatus.PLANNED: frozenset({TopicStatus.ACTIVE, TopicStatus.CLOSED}),
    TopicStatus.ACTIVE: frozenset({TopicStatus.PLANNED, TopicStatus.CLOSED}),
    # Closed in error: it can be planned again.
    TopicStatus.CLOSED: frozenset({TopicStatus.PLANNED}),
}


class Reached(models.TextChoices):
    """The questions that are asked of every municipality (S68, S75, S76)."""

    ALLIANCE = "ALLIANCE", _("an alliance")
    CONTACT = "CONTACT", _("a contact")
    CARETAKER = "CARETAKER", _("a caretaker")
    MEETING = "MEETING", _("a meeting within 24 months")
    MEMBER = "MEMBER", _("a member organisation")


class MapQuestion(models.TextChoices):
    """The layers of the map: what is asked of every place."""

    ALLIANCE = "ALLIANCE", _("an alliance")
    CONTACT = "CONTACT", _("a contact")
    CARETAKER = "CARETAKER", _("a caretaker")
    MEETING = "MEETING", _("a meeting within 24 months")
    MEMBER = "MEMBER", _("a member organisation")
    WHITE = "WHITE", _("white spots")


class Way(models.TextChoices):
    """How an alliance reaches a municipality."""

    OWN = "OWN", _("own")
    DISTRICT = "DISTRICT", _("through the district")


class CheckStatus(models.TextChoices):
    DRAFT = "DRAFT", _("being filled in")
    DONE = "DONE", _("finished")
