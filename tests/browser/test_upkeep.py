"""A long list with faults goes in and leaves no trace when it is taken back; a merge and its undo."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.steps import follow

ROWS, FAULTY = 5000, 40
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(number: int) -> str:
    """A name like no other: what a list holds must not resemble what is there."""
    letters = ""
    for place in range(5):
        letters += LETTERS[(number // 26**place * 7 + place) % 26]
    return f"Xyq{letters} {number:04d}"


@pytest.fixture(scope="module")
def partner_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """5,000 partners; every 125th has an address that is none."""
    path = tmp_path_factory.mktemp("list") / "partner.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(["Name", "Art", "Seite", "PLZ", "Ort", "E-Mail"])
        for number in range(ROWS):
            faulty = number % (ROWS // FAULTY) == 7
            address = f"keine{number}" if faulty else f"post@x{number}.example"
            lines.writerow([word(number), "Verein", "", "99084", "Erfurt", address])
    return path


def wait_for(page: Page, selector: str, seconds: int = 90) -> None:
    """Until a stage of the list is there; a job works on it meanwhile."""
    for _second in range(seconds * 2):
        if page.locator(selector).count():
            return
        page.wait_for_timeout(500)
    pytest.fail(f"{selector} did not appear: {page.inner_text('main')[:500]}")


def given_out(page: Page) -> str:
    """All organisations as the network gives them out."""
    return page.request.get("/datenpflege/ausgabe/organisationen/?format=csv").text()


def test_a_long_list_goes_in_without_its_faults_and_comes_out_without_a_trace(
    open_page: Callable[..., Any], partner_list: Path
) -> None:
    page = open_page("STATE_COORDINATION")
    page.on("dialog", lambda dialog: dialog.accept())
    before = given_out(page)

    page.goto("/datenpflege/listen/neu/")
    page.set_input_files("input[type=file]", partner_list)
    page.select_option("select[name=target]", "MEMBERS")
    follow(page, "main form .bn-actions button[type=submit]")
    wait_for(page, "a[href$='/spalten/'], select[name=column0]")
    address = page.url.removesuffix("spalten/")
    page.goto(address + "spalten/")
    assert page.locator("select[name=column5]").input_value() == "email"
    follow(page, "main form .bn-actions button[type=submit] >> nth=0")
    wait_for(page, "form[action$='/uebernehmen/'] button")

    # Each faulty cell is named.
    wrong = page.request.get(address + "fehlerhaft/").body()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(wrong)).get_sheet_by_index(0).to_python()
    said = {row[5]: row[-1] for row in sheet[1:]}
    expected = {f"keine{n}" for n in range(ROWS) if n % (ROWS // FAULTY) == 7}
    assert set(said) == expected
    assert all(f"„{cell}“" in text and "E-Mail" in text for cell, text in said.items())

    # The rest goes in.
    follow(page, "form[action$='/uebernehmen/'] button")
    wait_for(page, "form[action$='/zuruecknehmen/'] button")
    assert given_out(page).count(";Xyq") == ROWS - FAULTY

    # And out again.
    follow(page, "form[action$='/zuruecknehmen/'] button")
    expect(page.locator("form[action$='/neu-pruefen/'] button")).to_be_visible(timeout=60_000)
    assert given_out(page) == before


def test_two_become_one_and_two_again(open_page: Callable[..., Any]) -> None:
    page = open_page("STATE_COORDINATION")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/datenpflege/doppelte/?kind=PERSON&status=FOUND")
    follow(page, "table tbody a >> nth=0")
    entries = page.locator("table thead a, table th a")
    kept, gone = (entries.nth(place).get_attribute("href") for place in (0, 1))
    name = entries.nth(1).inner_text()
    page.check("input[name=kept][value=first]")
    page.click("form[action$='/zusammenfuehren/'] button[type=submit]")
    page.wait_for_url("**/datenpflege/zusammengefuehrt/*/")

    # The address of the one that went leads to the one that stayed, which keeps its name.
    page.goto(gone)
    assert page.url.endswith(kept)
    page.go_back()
    follow(page, "form[action$='/zuruecknehmen/'] button")
    expect(page.locator("form[action$='/zuruecknehmen/']")).to_have_count(0)
    page.goto(gone)
    assert page.url.endswith(gone)
    assert name in page.inner_text("h1")
