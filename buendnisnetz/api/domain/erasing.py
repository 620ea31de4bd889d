"""Taking an erased person's name out of what is published (GDPR Art. 17)."""

from django.utils import timezone

from buendnisnetz.api.domain.publishing import (
    meetings_of_sources,
    publish_meetings,
    publish_network,
)
from buendnisnetz.api.models import Publication
from buendnisnetz.network.domain.erasure import Erasure
from buendnisnetz.network.models import Person


def scrub(erasure: Erasure) -> None:
    """Makes everything anew that named the person: the public copies were made anew before, and an
    erased person agrees to nothing."""
    person = Person.objects.only("public_id").get(pk=erasure.person_id)
    rows = Publication.objects.filter(people__contains=[person.public_id]).order_by()
    sources = set(rows.values_list("source", flat=True))
    if not sources:
        return
    now = timezone.now()
    publish_meetings(meetings=meetings_of_sources(sources), now=now)
    publish_network(now=now)
