"""What a role's scope number means: rooms above register the names behind the numbers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from buendnisnetz.accounts.enums import ScopeKind

Fields = Callable[[Any], Mapping[ScopeKind, forms.Field]]
Names = Callable[[Iterable[int]], dict[int, str]]

_fields: list[Fields] = []
_names: dict[ScopeKind, Names] = {}


def register(fields: Fields, names: Mapping[ScopeKind, Names]) -> None:
    """Say how a user chooses scopes of these kinds, with fields that give the row, and what the chosen
    ones are called."""
    _fields.append(fields)
    _names.update(names)


def fields(user: Any) -> dict[ScopeKind, forms.Field]:
    """The fields in which this user chooses scopes, for each kind."""
    return {kind: field for made in _fields for kind, field in made(user).items()}


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
        found = _names[ScopeKind(kind)](numbers) if ScopeKind(kind) in _names else {}
        for number in numbers:
            result[(kind, number)] = found.get(number, _("no longer there"))
    return result
