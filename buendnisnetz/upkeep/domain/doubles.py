"""What is decided about two entries that look like one, short of merging them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain.saving import locked, saved
from buendnisnetz.network.models import Organisation, Person
from buendnisnetz.upkeep.domain.merges import ErasedEntryError, SameEntryError
from buendnisnetz.upkeep.enums import DOUBLE_TRANSITIONS, DoubleKind, DoubleStatus
from buendnisnetz.upkeep.models import Double

Entry = Organisation | Person


class DoubleStateError(DomainError):
    """Somebody decided about the pair in the meantime."""

    def __init__(self, double: Double) -> None:
        super().__init__(
            _("This pair is “%(status)s” by now. Please load the page again.")
            % {"status": double.get_status_display()}
        )


def entries_of(double: Double) -> tuple[Any, Any]:
    """The two entries, the older first."""
    if double.kind == DoubleKind.ORGANISATION:
        return double.first_organisation, double.second_organisation
    return double.first_person, double.second_person


def name_pair(*, one: Entry, other: Entry, actor: Any, now: datetime) -> Double:
    """Say by hand that two entries look like one; a pair that is known is taken up again.

    Raises SameEntryError, ErasedEntryError.
    """
    if one.pk == other.pk:
        raise SameEntryError
    first, second = sorted((one, other), key=lambda entry: entry.pk)
    with recorded(actor=actor, action="upkeep.double.named"):
        if isinstance(first, Organisation):
            kind, sides = DoubleKind.ORGANISATION, {"first_organisation": first, "second_organisation": second}  # fmt: skip
        else:
            if first.erased_at is not None or second.erased_at is not None:  # type: ignore[union-attr]
                raise ErasedEntryError
            kind, sides = DoubleKind.PERSON, {"first_person": first, "second_person": second}
        known = Double.objects.filter(**sides).first()
        row: Double = known or Double(kind=kind, found_at=now, score=1.0, **sides)
        if row.status == DoubleStatus.DIFFERENT:
            _move(row, DoubleStatus.FOUND)
        if known is None:
            row.reasons = [_("Named by hand.")]
            row.note = _("named by hand")
        return saved(row)


def say_two(*, double: Double, note: str, actor: Any, now: datetime) -> Double:
    """These are two, and nobody is asked again. Raises DoubleStateError."""
    return _decide(double, DoubleStatus.DIFFERENT, note, actor, now)


def propose_merge(*, double: Double, note: str, actor: Any, now: datetime) -> Double:
    """Ask the coordination office to merge them. Raises DoubleStateError."""
    return _decide(double, DoubleStatus.PROPOSED, note, actor, now)


def ask_again(*, double: Double, actor: Any, now: datetime) -> Double:
    """Take a decision back. Raises DoubleStateError."""
    return _decide(double, DoubleStatus.FOUND, "", actor, now)


def _decide(double: Double, status: DoubleStatus, note: str, actor: Any, now: datetime) -> Double:
    with recorded(actor=actor, action=f"upkeep.double.{status.lower()}"):
        row = locked(double)
        _move(row, status)
        row.note = note.strip()[:300]
        row.decided_by, row.decided_at = actor, now
        return saved(row)


def _move(row: Double, status: DoubleStatus) -> None:
    if status not in DOUBLE_TRANSITIONS[DoubleStatus(row.status)]:
        raise DoubleStateError(row)
    row.status = status
