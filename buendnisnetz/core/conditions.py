"""Conditions that PostgreSQL answers from an index where Django's own would make it read the table."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet


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


def of_each(field: str, outer: str) -> Q:
    """Means ``Q(field=OuterRef(outer))``, for a subquery that is to be asked once for each outer row.

    Where only the first rows are wanted, PostgreSQL would often find out the answer for all of them
    before. A list of one leaves it no other way than to look up each, and in an index that is made for
    that: what keeps periods apart (``core.models.no_overlap``) takes a hundred times as long for it.
    """
    return equal_to_any(field, Func(OuterRef(outer), template="ARRAY[%(expressions)s]"))
