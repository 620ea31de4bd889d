"""The words of this room."""

from django.db import models


class PublicationKind(models.TextChoices):
    """What an object is; the value stands in its address, the label is its type in OParl 1.1."""

    BODY = "body", "Body"
    LEGISLATIVE_TERM = "legislative-term", "LegislativeTerm"
    ORGANIZATION = "organization", "Organization"
    PERSON = "person", "Person"
    MEMBERSHIP = "membership", "Membership"
    MEETING = "meeting", "Meeting"
    AGENDA_ITEM = "agenda-item", "AgendaItem"
    PAPER = "paper", "Paper"
    CONSULTATION = "consultation", "Consultation"
    FILE = "file", "File"
    LOCATION = "location", "Location"


# Objects that are about one person and nothing else: without the consent nothing of them is left.
ABOUT_A_PERSON = frozenset({PublicationKind.PERSON, PublicationKind.MEMBERSHIP})
