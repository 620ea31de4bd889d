"""Building blocks for the models of all rooms."""

import secrets
from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 8


def new_public_id() -> str:
    """A short random name for an address: says nothing about how many there are or who came first."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


class PublicId(models.Model):
    """Gives a model the identifier that stands in its address."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True


class TimeStamped(models.Model):
    """Remembers when a row was made and last changed; domain functions pass the time in."""

    created_at = models.DateTimeField(_("created at"), editable=False)
    updated_at = models.DateTimeField(_("updated at"), editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """Counts saves, so that the second of two people who edit the same thing is told."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class ValidityQuerySet(models.QuerySet[Any, Any]):
    """Questions about time for models with :class:`Validity`."""

    def as_of(self, day: date | Combinable) -> Self:
        """Rows that held on that day, which may be an expression (``core.questions.Slot``)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def ended_before(self, day: date | Combinable) -> Self:
        return self.filter(valid_to__lt=day)


class Validity(models.Model):
    """From a day to a day, both inclusive; an open end is empty. What ends is never deleted."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        after_start = self.valid_from is None or self.valid_from <= day
        return after_start and (self.valid_to is None or day <= self.valid_to)


def starts_before_it_ends(name: str) -> models.CheckConstraint:
    """A period must not end before it starts."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from__isnull=True)
        | Q(valid_to__isnull=True)
        | Q(valid_from__lte=models.F("valid_to")),
        violation_error_message=_(
            "The end lies before the beginning. Please correct one of the two days."
        ),
    )


def no_overlap(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """Two rows that agree in ``fields`` must not hold on the same day."""
    period = Func(
        models.F("valid_from"),
        models.F("valid_to"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )
    return ExclusionConstraint(
        name=name,
        expressions=[
            (period, RangeOperators.OVERLAPS),
            *((field, RangeOperators.EQUAL) for field in fields),
        ],
        condition=condition,
        violation_error_message=_(
            "There is already an entry for this period. Please end the earlier one first."
        ),
    )


class RateLimit(models.Model):
    """Uses of something in the running period; written only by :mod:`buendnisnetz.core.ratelimit`."""

    key = models.CharField(max_length=200, primary_key=True)
    window_number = models.BigIntegerField()
    uses = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_ratelimit"

    def __str__(self) -> str:
        return f"{self.key}: {self.uses}"


class Change(models.Model):
    """How many transactions of one database connection changed contents; see ``core.changes``."""

    connection_id = models.PositiveIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField()

    class Meta:
        db_table = "core_change"

    def __str__(self) -> str:
        return f"{self.connection_id}: {self.number}"


class TableChange(models.Model):
    """How many of these wrote to one table."""

    pk = models.CompositePrimaryKey("name", "connection_id")
    name = models.CharField(max_length=63)
    connection_id = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()

    class Meta:
        db_table = "core_tablechange"

    def __str__(self) -> str:
        return f"{self.name}, {self.connection_id}: {self.number}"


class Installation(models.Model):
    """The one row that says what this database is for, so that a demonstration stays one."""

    mode = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="core_installation_only_one", condition=Q(only=True)),
        ]

    def __str__(self) -> str:
        return self.mode
