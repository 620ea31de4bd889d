"""One demonstration, started as a user would start it, for all tests in the real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from buendnisnetz.web.proof import axe
from buendnisnetz.web.proof.site import Site, running_demo


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running demonstration with its data."""
    with running_demo(Path(tmp_path_factory.mktemp("demo")) / "home") as found:
        yield found


@pytest.fixture(scope="session")
def routes(site: Site) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.command("routes", "--json")
    return found


# Playwright's loop runs as long as this is open; tests in other modules must not meet it.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with axe.browser() as found:
        yield found


@pytest.fixture
def open_page(site: Site, chromium: Any) -> Iterator[Callable[..., Any]]:
    """A function that gives a new page, signed in as a role; ``script=False`` switches script off."""
    contexts = []

    def opened(role: str = axe.PUBLIC, *, script: bool = True, width: int = 1280) -> Any:
        context = chromium.new_context(
            locale="de-DE",
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            base_url=site.url,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if role != axe.PUBLIC:
            axe.sign_in(page, site.url, role)
        return page

    yield opened
    for context in contexts:
        context.close()
