"""What people do in several of these tests."""

import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Locator, Page

from buendnisnetz.core.postgres import Cluster
from buendnisnetz.web.proof.site import Site

_END_OF_MAIL = b"\n" + 79 * b"-" + b"\n"


def follow(page: Page, target: str | Locator) -> None:
    """Press what leads to another page, and wait until that page is there.

    A click alone returns while the old page may still stand: what is read next would come from it,
    and an address opened next would break off what the click sent.
    """
    with page.expect_navigation():
        (page.locator(target) if isinstance(target, str) else target).click()


def upload(page: Page, document: Path) -> None:
    page.goto("/sitzungen/importe/neu/")
    page.set_input_files("input[type=file]", document)
    follow(page, "main form .bn-actions button[type=submit]")


def wait_until_read(page: Page) -> None:
    """Until the worker has read the document; without script the page has to be asked again."""
    for _attempt in range(240):
        if page.locator(".bn-review").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail("the document was not read")


def read(site: Site, statement: str, *values: Any) -> list[Any]:
    """Rows of the running demonstration."""
    with psycopg.connect(Cluster(site.home).url()) as connection:
        return connection.execute(statement, values).fetchall()


def mails(site: Site, address: str, words: str, *, number: int) -> list[str]:
    """The mails to an address with these words in them, in order of sending; waits for so many."""
    for _attempt in range(480):
        letters = [message_from_bytes(content, policy=default) for content in _sent(site)]
        texts = [row.get_body().get_content() for row in letters if row["To"] == address]
        found = [text for text in texts if words in text]
        if len(found) >= number:
            return found
        time.sleep(0.25)
    pytest.fail(f"{address} got fewer than {number} mails with “{words}”")


def _sent(site: Site) -> list[bytes]:
    """What was sent. Mails of one second may lie in one file, each followed by a line of dashes."""
    files = sorted((site.home / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    texts = (text for path in files for text in path.read_bytes().split(_END_OF_MAIL))
    return [text for text in texts if text.strip()]


def link_in(text: str) -> str:
    """The path of the one-use link in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+/\S{20,}/)", text)
    assert found, text
    return found.group(1)
