"""What was reckoned a moment ago, so that the next page about the same network needs not do it again.

Kept as objects in the process: packing and unpacking 200,000 ties would cost more than the page.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

from buendnisnetz.insight.domain.graph.breaks import Breaks, breaks_of
from buendnisnetz.insight.domain.graph.figures import Figures, figures_of
from buendnisnetz.insight.domain.graph.layout import Layout, layout_of
from buendnisnetz.insight.domain.graph.network import Network, network_for
from buendnisnetz.insight.domain.graph.wishes import Reach, Wish, reach_of

_Made = TypeVar("_Made")

KEPT_FOR = timedelta(minutes=5)
MOST_KEPT = 6
# About 500 bytes each.
MOST_TIES_KEPT = 400_000


@dataclass
class Seen:
    """A network and everything reckoned from it, each when it is first asked for."""

    network: Network
    made_at: datetime

    @cached_property
    def figures(self) -> Figures:
        return figures_of(self.network)

    @cached_property
    def breaks(self) -> Breaks:
        return breaks_of(self.network)

    def layout(self, community: int | None = None, around: int | None = None) -> Layout:
        key = (community, around)
        if key not in self._layouts:
            self._layouts[key] = layout_of(self.network, self.figures, community, around)
        return self._layouts[key]

    def table(self, make: Callable[["Seen"], _Made]) -> _Made:
        """What a page makes a list of, made once."""
        if make not in self._tables:
            self._tables[make] = make(self)
        made: _Made = self._tables[make]
        return made

    @cached_property
    def _tables(self) -> dict[Callable[["Seen"], Any], Any]:
        return {}

    @cached_property
    def _layouts(self) -> dict[tuple[int | None, int | None], Layout]:
        return {}


_kept: OrderedDict[tuple[Reach, Wish], Seen] = OrderedDict()
_lock = Lock()


def seen(user: Any, wish: Wish, *, now: datetime) -> Seen:
    """The network as the user may see it, at most ``KEPT_FOR`` old."""
    key = (reach_of(user), wish)
    with _lock:
        found = _kept.get(key)
    if found is not None and timedelta(0) <= now - found.made_at < KEPT_FOR:
        return found
    made = Seen(network_for(user, key[0], wish), now)
    with _lock:
        _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > 1 and (len(_kept) > MOST_KEPT or _ties_kept() > MOST_TIES_KEPT):
            _kept.popitem(last=False)
    return made


def _ties_kept() -> int:
    return sum(len(seen.network.ties) for seen in _kept.values())


def forget() -> None:
    """Forget what was reckoned; tests begin with nothing."""
    with _lock:
        _kept.clear()
