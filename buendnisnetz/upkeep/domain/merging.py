"""Making one row of two: every reference of every room moves, and what may not stand twice is united."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction

from buendnisnetz.core.models import Validity
from buendnisnetz.network.models import Term
from buendnisnetz.upkeep.domain.references import Reference, references_to
from buendnisnetz.upkeep.domain.steps import Steps

# Of two periods that become one, somebody who was regular for a part of it counts as regular.
_BOTH = frozenset({"is_acting"})
_JOINED = frozenset({"note", "end_reason", "results", "mandate"})


def absorb(kept: models.Model, gone: models.Model, steps: Steps) -> None:
    """Let everything that points to ``gone`` point to ``kept``, and delete ``gone``."""
    for reference in references_to(type(kept)):
        move_references(reference, kept.pk, gone.pk, steps)
    steps.delete(gone)


def move_references(reference: Reference, kept: int, gone: int, steps: Steps) -> None:
    """Move one column's rows; those that would stand twice are united with the ones that stay."""
    rows = list(reference.rows(gone).order_by("pk"))
    if not rows:
        return
    left = rows
    for names in reference.apart_with():
        left = _unite_periods(reference, names, kept, left, steps)
    for names, bound in reference.unique_with():
        left = _unite_equal(reference, names, bound, kept, left, steps)
    steps.move(reference.model, reference.column, [row.pk for row in left], gone, kept)


def _key(row: Any, names: Iterable[str]) -> tuple[Any, ...]:
    fields = row._meta
    return tuple(getattr(row, fields.get_field(name).attname) for name in names)


def _unite_equal(
    reference: Reference,
    names: Sequence[str],
    bound: models.Q,
    kept: int,
    rows: list[Any],
    steps: Steps,
) -> list[Any]:
    """Rows whose twin points to the kept one already go into their twin; the others are left.

    Only rows within ``bound`` must not stand twice.
    """
    if any(name not in _plain(reference.model) for name in names):
        return rows
    twins = {_key(row, names): row for row in reference.rows(kept).filter(bound)}
    within = set(
        reference.model._default_manager.filter(bound, pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )  # fmt: skip
    left = []
    for row in rows:
        key = _key(row, names)
        twin = twins.get(key) if row.pk in within else None
        # Nothing is equal to what is unknown.
        if twin is None or None in key:
            left.append(row)
            continue
        _fill(twin, row, steps)
        absorb(twin, row, steps)
    return left


def _plain(model: Any) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def _unite_periods(
    reference: Reference, names: Sequence[str], kept: int, rows: list[Any], steps: Steps
) -> list[Any]:
    """Overlapping periods become one, from the first day to the last; the others are left."""
    if not issubclass(reference.model, Validity):
        return rows
    stays: dict[tuple[Any, ...], list[Any]] = {}
    for row in reference.rows(kept).order_by("pk"):
        stays.setdefault(_key(row, names), []).append(row)
    left = []
    for row in rows:
        others = stays.setdefault(_key(row, names), [])
        touching = [other for other in others if _overlap(row, other)]
        if not touching:
            left.append(row)
            continue
        survivor, *more = touching
        _absorb_periods(survivor, [row, *more], steps)
        stays[_key(row, names)] = [other for other in others if other not in more]
    return left


def _overlap(one: Any, other: Any) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return bool(starts <= min(one.valid_to or date.max, other.valid_to or date.max))


def _absorb_periods(survivor: Any, others: Sequence[Any], steps: Steps) -> None:
    starts = [row.valid_from for row in (survivor, *others)]
    ends = [row.valid_to for row in (survivor, *others)]
    first = None if None in starts else min(starts)
    last = None if None in ends else max(ends)
    # All others go first: two overlapping periods may not stand side by side for a moment, and one of
    # them may join several of the one that stays.
    for other in others:
        absorb(survivor, other, steps)
    for other in others:
        _fill(survivor, other, steps, valid_from=first, valid_to=last)


def _fill(survivor: Any, other: Any, steps: Steps, **values: Any) -> None:
    """What only the other row says is not lost."""
    for field in survivor._meta.concrete_fields:
        name = field.attname
        if field.primary_key or field.unique or not field.editable or name in values:
            continue
        united = _united(field, getattr(survivor, name), getattr(other, name))
        if united != getattr(survivor, name):
            values[name] = united
    if hasattr(survivor, "version"):
        values["version"] = survivor.version + 1
    if isinstance(survivor, Term):
        _fill_term(survivor, other, steps, values)
    else:
        steps.set(survivor, **values)


def _fill_term(survivor: Term, other: Term, steps: Steps, values: dict[str, Any]) -> None:
    """Acting and regular together are regular, unless somebody else was regular in that time."""
    regular = {**values, "exclusive": survivor.exclusive or other.exclusive}
    try:
        with transaction.atomic():
            steps.set(survivor, **regular)
    except IntegrityError:
        survivor.refresh_from_db()
        steps.set(survivor, **{**values, "exclusive": False, "is_acting": True})


def _united(field: Any, own: Any, other: Any) -> Any:
    if isinstance(field, ArrayField):
        return [*own, *(value for value in other if value not in own)]
    if isinstance(field, models.BooleanField):
        return (own and other) if field.name in _BOTH else (own or other)
    if field.is_relation or isinstance(field, models.DateField | models.DecimalField):
        return own if own is not None else other
    if isinstance(field, models.CharField | models.TextField):
        if own and other and own != other and field.name in _JOINED:
            joined = f"{own}; {other}"
            return joined if len(joined) <= (field.max_length or len(joined)) else own
        return own or other
    return own
