"""Conditions that PostgreSQL answers from an index where Django's own would make it read the table."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet


def any_of(field: str, keys: QuerySet[Any, Any]) -> Q:
    """Means ``Q(field__in=keys)``, for few keys that stand beside an ``|``.

    The keys are read first, then looked up like numbers; an ``IN`` is compared row by row there.
    """
    return equal_to_any(field, ArraySubquery(keys))


def equal_to_any(field: str, array: Any) -> Q:
    """``field = ANY(array)`` for an expression that is an array."""
    return Q(
        Func(
            F(field),
            array,
            template="(%(expressions)s))",
            arg_joiner=" = ANY(",
            output_field=BooleanField(),
        )
    )
