"""Examples for addresses with parts that vary: what a route's path looks like with real data.

Rooms register in their ``examples`` module; the command ``routes`` and the tests over all routes
use it.
"""

from collections.abc import Callable
from typing import Any

Finder = Callable[[], dict[str, Any] | None]

_finders: dict[str, Finder] = {}


def register(prefix: str, find: Finder) -> None:
    """For every route whose name begins with ``prefix``: the path's arguments, or None if no data."""
    _finders[prefix] = find


def arguments_for(name: str) -> dict[str, Any] | None:
    """The arguments for a route's name, by the longest registered beginning."""
    fitting = [prefix for prefix in _finders if name.startswith(prefix)]
    return _finders[max(fitting, key=len)]() if fitting else None
