"""What a role's scope number means: rooms above register the names behind the numbers."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from buendnisnetz.accounts.enums import ScopeKind

Field = Callable[[Any], forms.Field]
Names = Callable[[Iterable[int]], dict[int, str]]

_known: dict[ScopeKind, tuple[Field, Names]] = {}


def register(kind: ScopeKind, *, field: Field, names: Names) -> None:
    """Say how a user chooses a scope of this kind, with a field that gives the row, and what the chosen
    ones are called."""
    _known[kind] = (field, names)


def field(kind: ScopeKind, user: Any) -> forms.Field:
    """The field in which this user chooses a scope of this kind."""
    return _known[kind][0](user)


def names(scopes: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int | None], str]:
    """The names of scopes, one query per kind."""
    by_kind: dict[str, set[int]] = {}
    result: dict[tuple[str, int | None], str] = {}
    for kind, number in scopes:
        if number is None:
            result[(kind, None)] = str(ScopeKind(kind).label)
        else:
            by_kind.setdefault(kind, set()).add(number)
    for kind, numbers in by_kind.items():
        found = _known[ScopeKind(kind)][1](numbers) if ScopeKind(kind) in _known else {}
        for number in numbers:
            result[(kind, number)] = found.get(number, _("no longer there"))
    return result
