"""Writing people, their other spellings and their consents."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from buendnisnetz.accounts.models import User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.aliases import alias_added, alias_removed
from buendnisnetz.network.domain.saving import edited, locked, saved
from buendnisnetz.network.enums import ConsentKind
from buendnisnetz.network.models import Consent, Person
from buendnisnetz.network.signals import consent_changed


class PersonFacts(TypedDict, total=False):
    """What may be said of a person besides the family name."""

    given_name: str
    academic_title: str
    email: str
    phone: str
    note: str


class PersonChanges(PersonFacts, total=False):
    family_name: str


class ErasedError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("This person's name was removed for good. Please add the person anew if needed.")
        )


class ConsentGivenError(DomainError):
    def __init__(self, since: date) -> None:
        super().__init__(
            _("This consent has been given since %(day)s.") % {"day": f"{since:%d.%m.%Y}"}
        )


class NoConsentError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("There is no such consent to withdraw."))


class UserTakenError(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("This account belongs to %(name)s. Please choose another one.") % {"name": name}
        )


def create_person(*, family_name: str, actor: Any, **facts: Unpack[PersonFacts]) -> Person:
    with recorded(actor=actor, action="network.person.created"):
        return saved(Person(family_name=family_name, **facts))


def edit_person(
    *, person: Person, version: int, actor: Any, **changes: Unpack[PersonChanges]
) -> Person:
    """Change name or contact. Raises EditConflictError, ErasedError."""
    with recorded(actor=actor, action="network.person.edited"):
        _present(person)
        return edited(person, version, changes)


def add_alias(*, person: Person, name: str, actor: Any) -> None:
    """Note a confirmed other spelling (S12). Raises AliasKnownError, ErasedError."""
    with recorded(actor=actor, action="network.person.alias_added"):
        _present(person)
        alias_added(person, name)


def remove_alias(*, person: Person, name: str, actor: Any) -> None:
    with recorded(actor=actor, action="network.person.alias_removed"):
        alias_removed(person, name)


def give_consent(
    *, person: Person, kind: ConsentKind, text: str, evidence: str, on: date, actor: Any
) -> Consent:
    """Record that a person agreed, with the text that was shown. Raises ConsentGivenError."""
    with recorded(actor=actor, action="network.consent.given"):
        _present(person)
        current = person.consents.filter(kind=kind, withdrawn_on=None).first()
        if current is not None:
            raise ConsentGivenError(current.given_on)
        row = saved(Consent(person=person, kind=kind, text=text, evidence=evidence, given_on=on))
        consent_changed.send(sender=Person, person=person.public_id)
        return row


def withdraw_consent(*, person: Person, kind: ConsentKind, on: date, actor: Any) -> Consent:
    """End a consent from ``on``; the record stays as proof. Raises NoConsentError."""
    with recorded(actor=actor, action="network.consent.withdrawn"):
        locked(person)
        current = person.consents.filter(kind=kind, withdrawn_on=None).first()
        if current is None:
            raise NoConsentError
        current.withdrawn_on = on
        row = saved(current)
        consent_changed.send(sender=Person, person=person.public_id)
        return row


def link_user(*, person: Person, user: User | None, actor: Any) -> Person:
    """Say which account is this person's; None takes the link away. Raises UserTakenError."""
    with recorded(actor=actor, action="network.person.linked"):
        row = _present(person)
        other = Person.objects.filter(user=user).exclude(pk=row.pk).first() if user else None
        if other is not None:
            raise UserTakenError(other.full_name())
        row.user = user
        return saved(row)


def _present(person: Person) -> Person:
    row = locked(person)
    if row.erased_at is not None:
        raise ErasedError
    return row
