"""Saving a row so that nothing is lost: lock it, compare versions, say which rule it breaks, count the save."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from buendnisnetz.core.errors import Difference, DomainError, EditConflictError
from buendnisnetz.core.models import Validity, Versioned

Row = TypeVar("Row", bound=models.Model)
Edited = TypeVar("Edited", bound=Versioned)
Dated = TypeVar("Dated", bound=Validity)


class RuleBrokenError(DomainError):
    """A rule of the data model said no; the message is the rule's own sentence."""


class AlreadyEndedError(DomainError):
    def __init__(self, last_day: date) -> None:
        super().__init__(
            _("This ended on %(day)s already. Reopen it first if that day is wrong.")
            % {"day": f"{last_day:%d.%m.%Y}"}
        )


class NotEndedError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This has not ended, so there is nothing to reopen."))


class EndBeforeBeginningError(RuleBrokenError):
    def __init__(self, first_day: date, last_day: date) -> None:
        super().__init__(
            _("It begins on %(first)s and cannot end on %(last)s. Please correct one of the days.")
            % {"first": f"{first_day:%d.%m.%Y}", "last": f"{last_day:%d.%m.%Y}"}
        )


def check_order(first_day: date | None, last_day: date | None) -> None:
    """Raises EndBeforeBeginningError. The database's range types cannot even compare such days."""
    if first_day is not None and last_day is not None and last_day < first_day:
        raise EndBeforeBeginningError(first_day, last_day)


def locked(row: Row) -> Row:
    """The row as it is now, kept from others until the transaction ends."""
    fresh: Row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    return fresh


def saved(row: Row) -> Row:
    """Save the row; a constraint that it breaks is a sentence. Raises RuleBrokenError.

    The database asks for each constraint anyway, and better: nobody comes between. Only where it
    refuses, Django is asked which one is broken, or for what the database looks at only in the end.
    """
    if isinstance(row, Validity):
        check_order(row.valid_from, row.valid_to)
    try:
        _check_deferred(row)
        _store(row)
    except ValidationError as error:
        raise RuleBrokenError(" ".join(error.messages)) from error
    return row


def _check_deferred(row: models.Model) -> None:
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            if getattr(constraint, "deferrable", None):
                constraint.validate(model, row)


def _store(row: models.Model) -> None:
    known = row if isinstance(row, Versioned) and row.pk else None
    if known is not None:
        known.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if known is not None:
            known.version -= 1
        row.validate_constraints()
        raise


def edited(row: Edited, version: int, values: Mapping[str, Any]) -> Edited:
    """Write ``values`` if the row is still the one that was shown. Raises EditConflictError."""
    return saved(compared(row, version, values))


def compared(row: Edited, version: int, values: Mapping[str, Any]) -> Edited:
    """The locked row with ``values`` set but not saved. Raises EditConflictError."""
    current = locked(row)
    if current.version != version:
        differences = tuple(_differences(current, values))
        if differences:
            raise EditConflictError(current.version, differences)
    for name, value in values.items():
        setattr(current, name, value)
    return current


def ended(row: Dated, last_day: date, **values: Any) -> Dated:
    """Let a row hold until ``last_day``. Raises AlreadyEndedError, RuleBrokenError."""
    current = locked(row)
    if current.valid_to is not None:
        raise AlreadyEndedError(current.valid_to)
    current.valid_to = last_day
    for name, value in values.items():
        setattr(current, name, value)
    return saved(current)


def reopened(row: Dated, **values: Any) -> Dated:
    """Undo :func:`ended`. Raises NotEndedError, RuleBrokenError."""
    current = locked(row)
    if current.valid_to is None:
        raise NotEndedError
    current.valid_to = None
    for name, value in values.items():
        setattr(current, name, value)
    return saved(current)


def _differences(current: models.Model, values: Mapping[str, Any]) -> Any:
    for name, value in values.items():
        field: Any = current._meta.get_field(name)
        stored = getattr(current, name)
        if stored != value:
            label = str(field.verbose_name)
            yield Difference(
                name, label[:1].upper() + label[1:], _text(field, stored), _text(field, value)
            )


def _text(field: Any, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, list):
        choices = dict(getattr(field, "base_field", field).choices or ())
        return ", ".join(str(choices.get(item, item)) for item in value) or "–"
    return str(dict(field.choices or ()).get(value, value))
