"""Removing a person's name for good, everywhere, while the facts stay (GDPR Art. 17).

Rooms above register here what they hold: a function that scrubs their texts, and one that names
the people whom they still need.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, TextField, Value
from django.utils.translation import gettext as _

from buendnisnetz.accounts.domain.assignments import close_account
from buendnisnetz.accounts.models import Invitation, User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.search import SearchField
from buendnisnetz.network.domain.people import ErasedError
from buendnisnetz.network.domain.saving import locked
from buendnisnetz.network.models import (
    Alliance,
    AllianceStatusPeriod,
    Consent,
    ContactCheck,
    Handover,
    HandoverItem,
    Membership,
    Organisation,
    Person,
    PersonAlias,
    Post,
    Term,
    WorkingGroup,
)
from buendnisnetz.notifications.models import Message


@dataclass(frozen=True)
class Erasure:
    """Whose name goes: ``texts`` is everything that has to vanish, longest first."""

    person_id: int
    user_id: int | None
    texts: tuple[str, ...]
    replacement: str


Scrubber = Callable[[Erasure], None]
Needed = Callable[[Sequence[int], date], Iterable[int]]

_scrubbers: list[Scrubber] = []
_needed: list[Needed] = []

# Free texts of this room and of those below in which somebody may have written a name.
_TEXTS: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Alliance, ("description", "steering_body", "fields_of_action", "email", "phone")),
    (AllianceStatusPeriod, ("evidence",)),
    (Membership, ("note", "end_reason")),
    (WorkingGroup, ("topic", "mandate", "results")),
    (Organisation, ("note", "email", "phone")),
    (Post, ("title", "email", "phone", "office_hours", "funded_by")),
    (Term, ("evidence",)),
    (Consent, ("text", "evidence")),
    (Person, ("note",)),
    (Handover, ("notes", "contacts")),
    (HandoverItem, ("label", "note")),
    (ContactCheck, ("words",)),
    (Message, ("recipient", "subject", "text", "last_error")),
    (Invitation, ("display_name", "email")),
)


def register(scrub: Scrubber) -> Scrubber:
    """Have a function called in every erasure, inside its transaction."""
    _scrubbers.append(scrub)
    return scrub


def register_need(needed: Needed) -> Needed:
    """Have a function asked which of the given people the room still needs on a day."""
    _needed.append(needed)
    return needed


def still_needed(people: Sequence[int], today: date) -> set[int]:
    """Those of the given people whose name some room needs, so that retention leaves them."""
    return {number for ask in _needed for number in ask(people, today)}


def erase_person(*, person: Person, actor: Any, now: datetime) -> None:
    """Remove a person's name, other spellings, contact, notes and account from rows, history,
    search and texts. Terms and attendances stay under "name removed". Cannot be undone.

    Raises ErasedError.
    """
    with recorded(actor=actor, action="network.person.erased"):
        row = locked(person)
        if row.erased_at is not None:
            raise ErasedError
        erasure = _erasure_of(row)
        _empty(row, erasure, now)
        if erasure.user_id is not None:
            _forget_account(erasure.user_id, erasure, actor, now)
        for model, fields in _TEXTS:
            scrub_texts(model, fields, erasure)
        for scrub in _scrubbers:
            scrub(erasure)


def scrub_texts(model: type[models.Model], fields: Iterable[str], erasure: Erasure) -> None:
    """Replace the name in text fields of a model and of its history."""
    # Whole words only: "Frau Li" must not be found in "Frau Lindner".
    pattern = rf"(?<!\w)(?:{'|'.join(re.escape(text) for text in erasure.texts)})(?!\w)"
    searched = any(isinstance(field, SearchField) for field in model._meta.fields)
    names = list(fields)
    for table in filter(None, (model, event_model(model))):
        for row in _holding(table, names, pattern):
            for name in names:
                setattr(row, name, _cleaned(getattr(row, name), pattern, erasure.replacement))
            if table is model and searched:
                row.save()
            else:
                row.save(update_fields=names)


def event_model(model: type[models.Model]) -> Any:
    """The table that holds a model's history, None if it is not tracked."""
    for relation in model._meta.related_objects:
        if getattr(relation.related_model, "pgh_tracked_model", None) is model:
            return relation.related_model
    return None


def _holding(table: type[models.Model], names: list[str], pattern: str) -> list[Any]:
    rows = table._default_manager.all()
    condition = models.Q()
    for name in names:
        if isinstance(table._meta.get_field(name), ArrayField):
            joined = Func(
                F(name), Value("; "), function="array_to_string", output_field=TextField()
            )
            rows = rows.alias(**{f"{name}_text": joined})
            condition |= models.Q(**{f"{name}_text__iregex": pattern})
        else:
            condition |= models.Q(**{f"{name}__iregex": pattern})
    return list(rows.filter(condition))


def _cleaned(value: Any, pattern: str, replacement: str) -> Any:
    if isinstance(value, list):
        return [_cleaned(item, pattern, replacement) for item in value]
    return re.sub(pattern, replacement, value, flags=re.IGNORECASE) if value else value


def _erasure_of(person: Person) -> Erasure:
    given, family = person.given_name, person.family_name
    texts = {
        person.full_name(),
        f"{family}, {given}" if given else "",
        f"{given[:1]}. {family}" if given else "",
        *(f"{title} {family}" for title in ("Frau", "Herr", "Herrn", "Dr.", "Prof.")),
        person.email,
        person.phone,
        *person.aliases.values_list("name", flat=True),
    }
    if person.user is not None:
        texts |= {person.user.email, person.user.display_name}
    ordered = sorted(filter(None, texts), key=lambda text: (-len(text), text))
    return Erasure(person.pk, person.user_id, tuple(ordered), _("name removed"))


def _empty(row: Person, erasure: Erasure, now: datetime) -> None:
    gone: dict[str, Any] = {
        "given_name": "",
        "family_name": erasure.replacement,
        "academic_title": "",
        "email": "",
        "phone": "",
        "note": "",
    }
    row.aliases.all().delete()
    for name, value in {**gone, "other_names": "", "user": None, "erased_at": now}.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    # After the writes above, because their own events hold the name too.
    event_model(Person)._default_manager.filter(pgh_obj_id=row.pk).update(**gone)
    event_model(PersonAlias)._default_manager.filter(person_id=row.pk).delete()


def _forget_account(user_id: int, erasure: Erasure, actor: Any, now: datetime) -> None:
    user = User.objects.get(pk=user_id)
    close_account(user=user, actor=actor, today=now.date())
    gone = {
        "email": f"entfernt-{user.public_id}@example.invalid",
        "display_name": erasure.replacement,
    }
    for name, value in gone.items():
        setattr(user, name, value)
    user.set_unusable_password()
    user.save()
    event_model(User)._default_manager.filter(pgh_obj_id=user.pk).update(**gone)
    EmailAddress.objects.filter(user=user).delete()
