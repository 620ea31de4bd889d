"""When people's names go by themselves."""

from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet

from buendnisnetz.network.domain import erasure
from buendnisnetz.network.models import Person, Term

# Twelve months, and a day more in most years.
KEPT_AFTER_LAST_TERM = timedelta(days=366)


def forgotten_people(*, now: datetime) -> QuerySet[Person]:
    """People whose last term ended more than 12 months ago and who have no account.

    Somebody without any term is kept: a person just added, or one whom texts name. Rooms above
    object through the registry of erasure.
    """
    day = now.date() - KEPT_AFTER_LAST_TERM
    open_or_recent = Term.objects.filter(person=OuterRef("pk")).exclude(valid_to__lt=day)
    forgotten: QuerySet[Person] = (
        Person.objects.filter(erased_at=None, user=None)
        .annotate(last_day=Max("terms__valid_to"))
        .filter(last_day__lt=day)
        .exclude(Exists(open_or_recent))
        .order_by("pk")
    )
    return forgotten


def erase_forgotten_people(*, now: datetime) -> int:
    """Erase forgotten people, one transaction each; returns how many."""
    people = list(forgotten_people(now=now))
    needed = erasure.still_needed([person.pk for person in people], now.date())
    gone = [person for person in people if person.pk not in needed]
    for person in gone:
        erasure.erase_person(person=person, actor=None, now=now)
    return len(gone)
