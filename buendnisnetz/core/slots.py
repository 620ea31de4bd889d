"""Places on a lower room's page that an upper room fills.

A lower room must not know the rooms above it; it renders a slot, and whoever has something to show
there registers a function for it in its ``panels`` module.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Panel = Callable[..., str]

_panels: dict[str, list[tuple[int, Panel]]] = defaultdict(list)


def register(slot: str, *, order: int = 100) -> Callable[[Panel], Panel]:
    """Register a function that returns the slot's safe HTML for its object, or an empty string."""

    def decorate(panel: Panel) -> Panel:
        _panels[slot].append((order, panel))
        _panels[slot].sort(key=lambda entry: entry[0])
        return panel

    return decorate


def render(slot: str, *arguments: Any, **named: Any) -> list[str]:
    """The filled panels of a slot, in order."""
    filled = (panel(*arguments, **named) for _, panel in _panels[slot])
    return [html for html in filled if html]
