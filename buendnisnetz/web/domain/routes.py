"""Every address of the application: its name, an example, and who may open it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from buendnisnetz.accounts.gate import Gate, gate_of
from buendnisnetz.core import examples


@dataclass(frozen=True)
class Route:
    """One address. ``path`` is an example that exists in the data, or empty if there is none."""

    name: str
    path: str
    public: bool
    roles: tuple[str, ...]
    methods: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "roles": list(self.roles), "methods": list(self.methods)}


class UndeclaredRouteError(Exception):
    """A view says nowhere who may open it; a programming error that the tests catch."""


def all_routes() -> list[Route]:
    """Every route, sorted by name. Raises :class:`UndeclaredRouteError`."""
    return sorted((_route(name, gate) for name, gate in _declared()), key=lambda route: route.name)


def _declared() -> Iterator[tuple[str, Gate]]:
    for prefix, pattern in _patterns(get_resolver(), ""):
        name = f"{prefix}{pattern.name}"
        gate = gate_of(pattern.callback)
        if gate is None:
            raise UndeclaredRouteError(name)
        yield name, gate


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _patterns(entry, inner)
        else:
            yield prefix, entry


def _route(name: str, gate: Gate) -> Route:
    roles = tuple(str(role) for role in gate.roles)
    return Route(name, example_path(name), gate.public, roles, gate.methods)


def example_path(name: str) -> str:
    """An existing address for a route, empty if the data has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        arguments = examples.arguments_for(name)
    return reverse(name, kwargs=arguments) if arguments else ""
