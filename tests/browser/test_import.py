"""Minutes in, a living network out: the main job, in the real browser, with and without script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.steps import follow, upload, wait_until_read

MINUTES = Path(__file__).parent / "minutes"


def test_a_document_is_reviewed_confirmed_found_and_added_once(
    open_page: Callable[..., Any],
) -> None:
    page = open_page("STATE_COORDINATION")
    upload(page, MINUTES / "fruehjahrstreffen.txt")
    wait_until_read(page)

    # A finding leads to its passage, and the passage to its finding.
    page.click("text=Zwingenberg-Ahl >> nth=0")
    assert page.locator(".bn-passage--chosen").first.inner_text() != ""

    page.select_option("#id_confidence", "0")
    follow(page, ".bn-review__above button")
    page.click("text=Übernehmen")
    page.wait_for_url("**/sitzungen/*/")
    assert "Frühjahrstreffen der Elternlotsen" in page.inner_text("h1")
    assert page.locator("#participants .bn-count").inner_text() == "4"

    # Found by search, and from the task back to the passage.
    page.goto("/suche/?q=Zwingenberg-Ahl")
    assert page.locator("text=Zwingenberg-Ahl").count() >= 1
    page.goto("/suche/?q=Lotsenordnung&art=task")
    follow(page, "#results a >> nth=0")
    follow(page, "dd a[href*='stelle=']")
    assert "Lotsenordnung" in page.locator("mark").first.inner_text()

    # The same document again adds nothing.
    upload(page, MINUTES / "fruehjahrstreffen.txt")
    wait_until_read(page)
    assert page.locator("text=Dieses Protokoll ist schon im Netz").count() == 1


def test_review_works_without_script(open_page: Callable[..., Any]) -> None:
    page = open_page("STATE_COORDINATION", script=False)
    upload(page, MINUTES / "herbsttreffen.txt")
    wait_until_read(page)
    first = page.locator("[data-proposal] >> nth=0")
    identifier = first.get_attribute("data-proposal")
    follow(page, first.locator("text=Annehmen"))
    assert page.locator(f"#v-{identifier}.bn-proposal--accepted").count() == 1
    follow(page, f"#v-{identifier} >> text=Zurücknehmen")
    assert page.locator(f"#v-{identifier}.bn-proposal--proposed").count() == 1


def test_review_goes_by_keyboard_from_top_to_bottom(open_page: Callable[..., Any]) -> None:
    page = open_page("STATE_COORDINATION")
    upload(page, MINUTES / "herbsttreffen.txt")
    wait_until_read(page)
    before = page.locator(".bn-proposal--accepted").count()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".bn-proposal--accepted")).to_have_count(before + 1)
    # The next finding has the focus, so the keyboard goes on.
    expect(page.locator("[data-proposal]:focus")).to_have_count(1)
    page.keyboard.press("v")
    expect(page.locator(".bn-proposal--dropped")).to_have_count(1)
