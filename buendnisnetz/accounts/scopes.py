"""What a role's scope number means: rooms above register the names behind the numbers."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from buendnisnetz.accounts.enums import ScopeKind

Choices = Callable[[], list[tuple[int, str]]]
Names = Callable[[Iterable[int]], dict[int, str]]

_known: dict[ScopeKind, tuple[Choices, Names]] = {}


def register(kind: ScopeKind, *, choices: Choices, names: Names) -> None:
    """Say how to choose a scope of this kind and what the chosen ones are called."""
    _known[kind] = (choices, names)


def choices(kind: ScopeKind) -> list[tuple[int, str]]:
    return _known[kind][0]() if kind in _known else []


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
