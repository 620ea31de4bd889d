"""Everything in any room that points to a row: by foreign key, or by a number that a room named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from buendnisnetz.accounts.enums import ScopeKind
from buendnisnetz.network.models import Organisation


@dataclass(frozen=True)
class Reference:
    """A column that points to rows of a model; ``where`` narrows the rows that mean this model."""

    model: Any
    name: str
    column: str
    on_delete: Callable[..., Any] | None = None
    where: tuple[tuple[str, Any], ...] = field(default=())

    @property
    def goes_along(self) -> bool:
        """A part of what it points to, or something that does without it."""
        return self.on_delete in {models.CASCADE, models.SET_NULL}

    def rows(self, key: int) -> "models.QuerySet[Any, Any]":
        """The rows that point to a key."""
        found: models.QuerySet[Any, Any] = self.model._default_manager.filter(
            **{self.column: key}, **dict(self.where)
        )
        return found

    def unique_with(self) -> list[tuple[tuple[str, ...], models.Q]]:
        """The other columns of each set of columns that must not occur twice together with this one,
        and which rows that holds for."""
        options = self.model._meta
        own = options.get_field(self.name)
        sets = [(tuple(group), models.Q()) for group in options.unique_together]
        sets += [
            (tuple(rule.fields), rule.condition or models.Q())
            for rule in options.constraints
            if isinstance(rule, models.UniqueConstraint)
        ]
        if own.unique:
            sets.append(((self.name,), models.Q()))
        return [
            (tuple(name for name in group if name != self.name), condition)
            for group, condition in sets
            if self.name in group
        ]

    def apart_with(self) -> list[tuple[str, ...]]:
        """The other columns of each set under which two periods must not overlap."""
        found = []
        for rule in self.model._meta.constraints:
            if isinstance(rule, ExclusionConstraint):
                names = [name for name, _operator in rule.expressions if isinstance(name, str)]
                if self.name in names:
                    found.append(tuple(name for name in names if name != self.name))
        return found


_numbers: dict[Any, list[tuple[str, str, dict[str, Any]]]] = {}


def register_number(target: Any, model: str, name: str, **where: Any) -> None:
    """Name a column of ``app.Model`` that holds keys of ``target`` without being a foreign key."""
    _numbers.setdefault(target, []).append((model, name, where))
    references_to.cache_clear()


@cache
def references_to(model: type[models.Model]) -> list[Reference]:
    """All columns that point to a model's rows; tables of history are left alone, because what they
    say was so."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        if hasattr(relation.related_model, "pgh_tracked_model"):
            continue
        own: Any = relation.field
        found.append(Reference(relation.related_model, own.name, own.attname, relation.on_delete))
    for label, name, where in _numbers.get(model, []):
        found.append(
            Reference(apps.get_model(label), name, name, None, tuple(sorted(where.items())))
        )
    return found


register_number(
    Organisation, "accounts.Assignment", "scope_id", scope_kind=ScopeKind.ORGANISATION.value
)
register_number(
    Organisation, "accounts.Invitation", "scope_id", scope_kind=ScopeKind.ORGANISATION.value
)
