"""When contacts of prospects go by themselves, from the rows and from their history."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.network.domain.erasure import event_model
from buendnisnetz.partnering.models import ContactNote, Interest, Prospect

# Twelve months, and a day more in most years.
KEPT_AFTER_LAST_STEP = timedelta(days=366)
_CONTACT = {"contact_words": "", "contact_email": ""}


def silent_contacts(today: date) -> QuerySet[Prospect]:
    """Prospects whose last step is more than 12 months old and whose contact is still known."""
    known = (
        ~Q(contact_words="")
        | ~Q(contact_email="")
        | Q(pk__in=_prospects_of(ContactNote.objects.exclude(words="")))
        | Q(
            pk__in=_prospects_of(
                Interest.objects.filter(withdrawn_at=None).exclude(contact_email="")
            )
        )
    )
    rows: QuerySet[Prospect] = Prospect.objects.filter(
        known, last_step_on__lt=today - KEPT_AFTER_LAST_STEP
    )
    return rows.order_by("pk")


def forget_silent_contacts(*, now: datetime) -> int:
    """Forget the contacts of silent prospects, one transaction each; returns how many."""
    today = timezone.localdate(now)
    found = list(silent_contacts(today))
    for prospect in found:
        with recorded(actor=None, action="partnering.prospect.forgotten"):
            forget_contact(prospect=prospect, today=today)
    return len(found)


def forget_contact(*, prospect: Prospect, today: date) -> None:
    """Empty contact, notes and the firm's own words; that there were talks stays.

    Inside the caller's transaction; cannot be undone.
    """
    row = Prospect.objects.select_for_update(of=("self",)).get(pk=prospect.pk)
    row.contact_words, row.contact_email, row.forgotten_on = "", "", today
    row.version += 1
    row.save()
    gone = {**_CONTACT, "message": ""}
    interests = Interest.objects.filter(prospect=row)
    for interest in interests:
        for name, value in gone.items():
            setattr(interest, name, value)
        interest.save()
    ContactNote.objects.filter(prospect=row).update(words="")
    # After the writes above, because their own events hold what was before.
    _events(Prospect, [row.pk]).update(**_CONTACT)
    _events(Interest, list(interests.values_list("pk", flat=True))).update(**gone)


def _events(model: type[models.Model], keys: list[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = event_model(model)._default_manager.filter(pgh_obj_id__in=keys)
    return found


def _prospects_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(prospect__isnull=False).order_by().values("prospect")
