"""What people do in several of these tests."""

from pathlib import Path

import pytest
from playwright.sync_api import Page


def upload(page: Page, document: Path) -> None:
    page.goto("/sitzungen/importe/neu/")
    page.set_input_files("input[type=file]", document)
    page.click("main form .bn-actions button[type=submit]")


def wait_until_read(page: Page) -> None:
    """Until the worker has read the document; without script the page has to be asked again."""
    for _attempt in range(60):
        if page.locator(".bn-review").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail("the document was not read")
