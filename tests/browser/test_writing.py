"""Two people write minutes at once in real browsers; the connection goes and comes (S54, feature 3)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from buendnisnetz.web.proof import axe
from buendnisnetz.web.proof.site import Site
from tests.browser.steps import follow


@pytest.fixture
def address(site: Site, open_page: Callable[..., Any]) -> str:
    """The writing page of a new meeting."""
    page = open_page("STATE_COORDINATION")
    page.goto("/sitzungen/neu/")
    page.fill("#id_title", "Schreibprobe")
    page.select_option("#id_kind", "OTHER")
    page.fill("#id_held_on", "2026-11-20")
    page.select_option("#id_status", "HELD")
    follow(page, "main form .bn-actions button[type=submit]")
    return page.url + "schreiben/"


def texts(page: Page) -> list[str]:
    """What stands in the lines that are shown, in order."""
    found: list[str] = page.eval_on_selector_all(
        "[data-lines] form:not([hidden]) textarea", "areas => areas.map(area => area.value)"
    )
    return [text for text in found if text]


def saved(page: Page) -> None:
    expect(page.locator("[data-state]")).to_have_text("Gespeichert", timeout=10_000)


def both_show(pages: list[Page], wanted: list[str]) -> None:
    for page in pages:
        for _attempt in range(40):
            if texts(page) == wanted:
                break
            page.wait_for_timeout(250)
        assert texts(page) == wanted


def test_two_writers_keep_every_word(address: str, open_page: Callable[..., Any]) -> None:
    one, two = open_page("STATE_COORDINATION"), open_page("ADMINISTRATOR")
    one.goto(address)
    one.keyboard.type("!Der Saal wird gestrichen.")
    assert one.locator("[data-lines] form").last.get_attribute("data-kind") == "DECISION"
    one.keyboard.press("Enter")
    one.keyboard.type("-Frau Kurz holt Farbe bis 1.12.2026")
    saved(one)
    expect(one.locator("[data-deed]").nth(1)).to_contain_text("01.12.2026")
    two.goto(address)
    both_show([two], ["Der Saal wird gestrichen.", "Frau Kurz holt Farbe bis 1.12.2026"])
    # Both write in the same line; one of them without a connection.
    two.context.set_offline(True)
    first = two.locator("[data-lines] textarea").nth(0)
    first.click()
    two.keyboard.press("End")
    two.keyboard.type(" Und zwar bald.")
    expect(two.locator("[data-state]")).to_contain_text("Keine Verbindung", timeout=10_000)
    one.locator("[data-lines] textarea").nth(0).click()
    one.keyboard.press("Home")
    one.keyboard.type("Beschlossen: ")
    saved(one)
    two.context.set_offline(False)
    line = "Beschlossen: Der Saal wird gestrichen. Und zwar bald."
    both_show([one, two], [line, "Frau Kurz holt Farbe bis 1.12.2026"])


def test_what_was_typed_without_a_connection_outlives_the_page(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page("STATE_COORDINATION")
    page.goto(address)
    page.context.set_offline(True)
    page.keyboard.type("Nur im Browser")
    expect(page.locator("[data-state]")).to_contain_text("Keine Verbindung", timeout=10_000)
    page.context.set_offline(False)
    page.goto("/")
    page.goto(address)
    saved(page)
    assert texts(page) == ["Nur im Browser"]


def test_names_of_those_present_complete_with_tab(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page("STATE_COORDINATION")
    page.goto(address.removesuffix("schreiben/") + "teilnahme/neu/")
    page.fill("#id_name", "Angelika Wolkenstein")
    follow(page, "main form .bn-actions button[type=submit] >> nth=0")
    page.goto(address)
    page.keyboard.type("Wolk")
    expect(page.locator(".bn-names button")).to_have_text("Angelika Wolkenstein")
    page.keyboard.press("Tab")
    page.keyboard.type("berichtet.")
    saved(page)
    assert texts(page) == ["Angelika Wolkenstein berichtet."]


def test_it_is_written_without_script_too(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page("STATE_COORDINATION", script=False)
    page.goto(address)
    page.fill("[data-new] textarea", "Ohne Skript")
    follow(page, "[data-new] button[type=submit]")
    assert texts_without_script(page) == ["Ohne Skript"]
    page.fill("[data-lines] textarea", "Ohne Skript geändert")
    follow(page, "[data-lines] button[type=submit]")
    assert texts_without_script(page) == ["Ohne Skript geändert"]


def texts_without_script(page: Page) -> list[str]:
    return [area.input_value() for area in page.locator("[data-lines] textarea").all()]


def test_the_live_page_has_no_barrier(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page("STATE_COORDINATION")
    page.goto(address)
    page.keyboard.type("?Wer zahlt?")
    page.keyboard.press("Enter")
    saved(page)
    assert axe.findings(page) == []
