"""Which process takes which tests, and in which order (``-n 2 --dist loadgroup``)."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"
# What takes longest by itself; begun last, it would leave the other process without work.
LONG = (BROWSER, "tests/access/", "_property.py", "_properties.py")


class WholeModules(LoadScopeScheduling):
    """What a module makes once is made once, and one demonstration does for all in the browser.

    In place of xdist's own groups: xdist 3.8 hands the mark on in a way that pytest 9.2 does not read,
    and then spreads all tests one by one.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        if path.startswith(BROWSER):
            return BROWSER
        return nodeid if _commits(self.config.rootpath / path) else path


@cache
def _commits(module: Path) -> bool:
    """Tests that commit empty all tables afterwards: as collected, they come after the others."""
    return "transaction=True" in module.read_text(encoding="utf-8")


def scheduler(config: pytest.Config, log: Any) -> WholeModules | None:
    if config.getvalue("dist") != "loadgroup":
        return None
    # As collected, and not those with the most tests first.
    config.option.loadscopereorder = False
    return WholeModules(config, log)


def longest_first(items: list[pytest.Item]) -> None:
    """Every process has to come to the same order."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    return next((place for place, part in enumerate(LONG) if part in nodeid), len(LONG))
