"""When people's names go by themselves."""

from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.network.domain import erasure
from buendnisnetz.network.models import ContactCheck, Handover, Person, Term

# Twelve months, and a day more in most years.
KEPT_AFTER_LAST_TERM = timedelta(days=366)
# By then the successor knows, or never will.
NOTES_KEPT = timedelta(days=731)
CHECKS_KEPT = timedelta(days=366)


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


def forget_contacts(*, now: datetime) -> int:
    """Forget how to reach people who are kept only because texts need their names, in the history
    too; one statement each. Returns how many people still had something to forget."""
    numbers = list(forgotten_people(now=now).values_list("pk", flat=True))
    nothing = {"email": "", "phone": "", "note": ""}
    something = ~Q(**nothing)
    with recorded(actor=None, action="network.person.contacts_forgotten"):
        rows = Person.objects.filter(something, pk__in=numbers)
        count = rows.update(**nothing)
        events = erasure.event_model(Person)._default_manager
        events.filter(something, pgh_obj_id__in=numbers).update(**nothing)
    return count


def empty_old_handovers(*, now: datetime) -> int:
    """Forget notes and contacts of handovers that were started long ago, in rows and history; who
    got what stays. Returns how many."""
    old = Handover.objects.filter(started_at__lt=now - NOTES_KEPT).exclude(notes="", contacts="")
    with recorded(actor=None, action="network.handover.emptied"):
        numbers = list(old.values_list("pk", flat=True))
        gone = {"notes": "", "contacts": ""}
        Handover.objects.filter(pk__in=numbers).update(**gone)
        events = erasure.event_model(Handover)._default_manager.filter(pgh_obj_id__in=numbers)
        events.update(**gone)
        return len(numbers)


def forget_old_checks(*, now: datetime) -> int:
    """Forget what contacts wrote long ago; that they answered stays. Returns how many."""
    answered = Q(answered_at__lt=now - CHECKS_KEPT) & ~Q(words="")
    return ContactCheck.objects.filter(answered).update(words="")
