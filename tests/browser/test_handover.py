"""A coordinator leaves: everything they hold is listed, goes on, and can come back (S96)."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.steps import follow


def open_handover(page: Any) -> str:
    """The address of the handover that is being prepared."""
    page.goto("/netz/uebergaben/")
    links = page.locator("table a[href^='/netz/uebergaben/']")
    found = dict.fromkeys(link.get_attribute("href") for link in links.all())
    for address in found:
        page.goto(address)
        if page.locator("form[action$='/abschliessen/']").count():
            return address
    raise AssertionError("no handover is being prepared")


def held(page: Any) -> list[str]:
    """What the list of the pieces says, without who gets them."""
    boxes = page.locator("form[action$='/zuordnen/'] input[type=checkbox]")
    return sorted(box.get_attribute("value") for box in boxes.all())


def test_a_coordinator_who_holds_much_hands_over_and_takes_it_back(
    open_page: Callable[..., Any],
) -> None:
    page = open_page("STATE_COORDINATION")
    page.on("dialog", lambda dialog: dialog.accept())
    address = open_handover(page)
    before = held(page)
    assert len(before) >= 10

    # One piece at a time, or everything at once.
    page.locator("form[action$='/zuordnen/'] select[name=receiver]").select_option("OFFICE")
    follow(page, "button[name=all]")
    page.goto(address)
    follow(page, "form[action$='/abschliessen/'] button")
    expect(page.locator("form[action$='/zuruecknehmen/'] button")).to_be_visible()
    assert page.locator("#pieces table tbody tr, section table tbody tr").count() >= len(before)
    office = page.locator("td", has_text="Koordinationsstelle")
    assert office.count() >= len(before)

    # The file is a page and a paper.
    paper = page.request.get(address + "mappe.pdf")
    assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")
    page.goto(address + "mappe/")
    assert "Bauhof" in page.inner_text("main")

    page.goto(address)
    follow(page, "form[action$='/zuruecknehmen/'] button")
    expect(page.locator("form[action$='/oeffnen/'] button")).to_be_visible()
    follow(page, "form[action$='/oeffnen/'] button")
    expect(page.locator("form[action$='/abschliessen/'] button")).to_be_visible()
    assert len(held(page)) == len(before)


def test_the_successor_finds_it_on_the_first_sign_in(open_page: Callable[..., Any]) -> None:
    page = open_page("ALLIANCE_COORDINATOR")
    page.goto("/")
    follow(page, "main a[href^='/netz/uebergaben/'] >> nth=0")
    follow(page, "form[action$='/gelesen/'] button")
    assert page.locator("form[action$='/gelesen/']").count() == 0
