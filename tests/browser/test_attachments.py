"""Attachments in the real browser: with lost connections, by dropping, without script; preview, citation."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from buendnisnetz.web.proof import axe
from tests.factories.pictures import picture

OFFICE = "STATE_COORDINATION"
_SAVE = ".bn-form .bn-actions button[type=submit]:not([name])"
# Three pieces and a bit.
LARGE = b"Mitschnitt der Sitzung\0" * 600_000


@pytest.fixture
def attachments(routes: list[dict[str, Any]]) -> str:
    """The address of the attachments of a draft."""
    found: str = next(row["path"] for row in routes if row["name"] == "meetings:attachment_list")
    return found


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "mitschnitt.bin"
    path.write_bytes(LARGE)
    return path


def choose(page: Page, address: str, *paths: Path) -> None:
    page.goto(f"{address}neu/")
    page.set_input_files("input[type=file]", list(paths))


def saved(page: Page, address: str) -> None:
    page.click(_SAVE)
    page.wait_for_url(f"**{address}")


def size_of(page: Page, title: str) -> str:
    row = page.locator(".bn-attachment", has_text=title).first
    return row.locator(".bn-attachment__facts").inner_text()


def test_a_lost_connection_costs_nothing(open_page: Any, attachments: str, recording: Path) -> None:
    page = open_page(OFFICE)
    cut: list[str] = []

    def lose(route: Route) -> None:
        # Each piece is lost once on its way.
        if route.request.method == "PATCH" and len(cut) < 2:
            cut.append(route.request.headers["upload-offset"])
            route.abort()
        else:
            route.continue_()

    page.route("**/hochladen/**", lose)
    choose(page, attachments, recording)
    expect(page.locator(".bn-pieces small")).to_have_text(re.compile("keine Verbindung"))
    expect(page.locator(".bn-pieces small")).to_have_text("ist da", timeout=30_000)
    assert cut == ["0", "0"]
    assert page.input_value("input[name=title]") == "mitschnitt"
    assert axe.findings(page) == []
    saved(page, attachments)
    assert "13,2 MB" in size_of(page, "mitschnitt")


def test_after_a_closed_page_it_goes_on_where_it_stopped(
    open_page: Any, attachments: str, recording: Path
) -> None:
    page = open_page(OFFICE)
    recording.write_bytes(LARGE + b"anders")
    sent: list[int] = []

    def only_first(route: Route) -> None:
        if route.request.method == "PATCH":
            sent.append(int(route.request.headers["upload-offset"]))
            if sent[-1] > 0:
                route.abort()
                return
        route.continue_()

    page.route("**/hochladen/**", only_first)
    choose(page, attachments, recording)
    expect(page.locator(".bn-pieces small")).to_have_text(re.compile("keine Verbindung"))
    page.unroute("**/hochladen/**")
    page.goto("/hilfe/")
    again: list[int] = []
    page.on(
        "request",
        lambda asked: asked.method == "PATCH" and again.append(int(asked.headers["upload-offset"])),
    )
    choose(page, attachments, recording)
    expect(page.locator(".bn-pieces small")).to_have_text("ist da", timeout=30_000)
    assert sent[0] == 0
    assert again[0] == 4 * 1024 * 1024
    page.fill("input[name=title]", "Fortgesetzt")
    saved(page, attachments)
    assert "13,2 MB" in size_of(page, "Fortgesetzt")


def test_several_are_dropped_and_one_left_out_by_keyboard(open_page: Any, attachments: str) -> None:
    page = open_page(OFFICE)
    page.goto(f"{attachments}neu/")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          for (const name of ["plan.txt", "liste.txt", "falsch.txt"]) data.items.add(new File([name], name));
          document.querySelector("[data-pieces]").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.locator(".bn-pieces li small", has_text="ist da")).to_have_count(3)
    page.locator(".bn-pieces li", has_text="falsch.txt").get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bn-pieces li")).to_have_count(2)
    saved(page, attachments)
    words = page.inner_text("main")
    assert "plan" in words
    assert "liste" in words
    assert "falsch" not in words


def test_without_script_the_form_sends_the_file(
    open_page: Any, attachments: str, tmp_path: Path
) -> None:
    page = open_page(OFFICE, script=False)
    path = tmp_path / "ohne.png"
    path.write_bytes(picture("PNG", (300, 200)))
    choose(page, attachments, path)
    page.fill("input[name=title]", "Ohne Skript")
    page.fill("textarea[name=text_alternative]", "Ein blaues Feld.")
    saved(page, attachments)
    assert "PNG" in size_of(page, "Ohne Skript")


def test_the_preview_comes_by_itself_and_a_citation_leads_to_the_attachment(
    open_page: Any, attachments: str
) -> None:
    page = open_page(OFFICE)
    page.goto(attachments.removesuffix("anlagen/"))
    shown = page.locator(".bn-attachment__preview").first
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") > 50
    assert shown.get_attribute("alt", timeout=1000).startswith("Vorschau der Anlage")
    section = page.locator("details", has=page.locator("a[href^='#anlage-']")).first
    section.locator("summary").click()
    link = section.locator("a[href^='#anlage-']").first
    target = link.get_attribute("href") or ""
    link.click()
    page.wait_for_url(f"**{target}")
    expect(page.locator(target)).to_be_in_viewport()
    assert axe.findings(page) == []


def test_what_everybody_may_fetch(open_page: Any, routes: list[dict[str, Any]]) -> None:
    address = next(row["path"] for row in routes if row["name"] == "meetings:attachment_file")
    page = open_page()
    page.goto(address.split("anlagen/")[0])
    with page.expect_download() as started:
        page.click(".bn-attachment a >> text=Speichern")
    assert "Pflegestützpunkt" in Path(started.value.path()).read_text()
    assert started.value.suggested_filename.startswith("anlage-")
    assert axe.findings(page) == []
