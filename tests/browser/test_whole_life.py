"""The whole life of a meeting with four people: the coordination office, a second writer, the person
who approves, a reader without a sign-in. What must work without script is done without."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from buendnisnetz.web.proof import axe
from buendnisnetz.web.proof.site import Site
from tests.browser.steps import follow, link_in, mails

TITLE = "Herbsttreffen zur Betreuung in Randzeiten"
OFFICE = "STATE_COORDINATION"
APPROVER = "Merle Auerswald"
SUBMIT = "main form .bn-actions button[type=submit]:not([name=again])"
INTERNAL = "Der Träger Mondwinkel ist in Schwierigkeiten."


class Looker:
    """Opens what somebody sees without script once more with script, for axe needs it."""

    def __init__(self, open_page: Callable[..., Any]) -> None:
        self.open_page = open_page
        self.pages: dict[str, Page] = {}

    def look(self, page: Page, role: str = axe.PUBLIC) -> None:
        if role not in self.pages:
            self.pages[role] = self.open_page(role)
        mine = self.pages[role]
        mine.goto(page.url)
        assert axe.findings(mine) == [], page.url


def record(page: Page) -> str:
    """The meeting and who was there, without script; its address."""
    page.goto("/sitzungen/neu/")
    page.fill("#id_title", TITLE)
    page.select_option("#id_kind", "OTHER")
    page.fill("#id_held_on", "2026-11-20")
    page.select_option("#id_status", "HELD")
    follow(page, SUBMIT)
    address = page.url
    for person in ("Katrin Ostermann", APPROVER):
        page.goto(f"{address}teilnahme/neu/")
        page.fill("#id_person", person)
        page.select_option("#id_status", "PRESENT")
        follow(page, SUBMIT)
    expect(page.locator("main")).to_contain_text(APPROVER)
    return address


def saved(page: Page) -> None:
    expect(page.locator("[data-state]")).to_have_text("Gespeichert", timeout=10_000)


def write_together(one: Page, two: Page, address: str) -> None:
    """Both write at once; each sees what the other wrote."""
    for page in (one, two):
        page.goto(f"{address}schreiben/")
    one.keyboard.type("!Die Öffnungszeiten werden erprobt.")
    two.keyboard.type("-Frau Ostermann schreibt den Trägern bis 15.12.2026")
    saved(one)
    saved(two)
    for page, words in ((one, "schreibt den Trägern"), (two, "werden erprobt")):
        page.wait_for_function(
            "words => [...document.querySelectorAll('[data-lines] textarea')]"
            ".some(area => area.value.includes(words))",
            arg=words,
            timeout=15_000,
        )
    assert axe.findings(one) == []


def write_one_internal(page: Page, address: str) -> None:
    """A line by its button, not for the public."""
    page.goto(f"{address}schreiben/")
    line = page.locator("[data-new] form")
    line.locator("textarea").fill(INTERNAL)
    line.locator("summary").click()
    line.locator("input[type=checkbox]").check()
    follow(page, line.locator("button[type=submit]"))
    follow(page, page.get_by_role("button", name="Beschlüsse und Aufgaben jetzt übernehmen"))


def mailbox(page: Page, address: str) -> str:
    """Where mail reaches the person who approves: at the post."""
    page.goto(f"{address}fassungen/")
    line = page.locator("li", has_text=APPROVER).first
    return line.locator("small").first.inner_text()


def consult(page: Page, looker: Looker, site: Site, address: str) -> None:
    """The draft goes round; somebody wishes a change by the link in the mail; it is taken over."""
    page.goto(f"{address}fassungen/durchsicht/")
    page.fill("#id_until", "2026-12-10")
    looker.look(page, OFFICE)
    follow(page, SUBMIT)
    [letter] = mails(site, mailbox(page, address), TITLE, number=1)
    reader = looker.open_page(script=False)
    reader.goto(link_in(letter))
    expect(reader.locator("main")).to_contain_text("werden erprobt")
    looker.look(reader)
    reader.fill("#id_words", "Bitte nennen: zunächst für drei Monate.")
    follow(reader, reader.locator("main").get_by_role("button", name="Senden"))
    page.goto(f"{address}fassungen/")
    expect(page.locator("main")).to_contain_text("zunächst für drei Monate")
    page.locator(".bn-wish summary").click()
    looker.look(page, OFFICE)
    follow(page, page.get_by_role("button", name="Übernommen"))


def approve(page: Page, looker: Looker, site: Site, address: str) -> None:
    """The named person is asked by mail; the link leads to the sign-in, never past it."""
    page.goto(f"{address}fassungen/um-freigabe-bitten/")
    page.fill("#id_person", APPROVER)
    follow(page, SUBMIT)
    letter = mails(site, "ministerium@demo.example", TITLE, number=1)[-1]
    stranger = looker.open_page(script=False)
    stranger.goto(link_in(letter))
    assert stranger.get_by_role("button", name="Freigeben").count() == 0
    looker.look(stranger)
    approver = looker.open_page("MINISTRY", script=False)
    approver.goto(f"{address}fassungen/")
    looker.look(approver, "MINISTRY")
    follow(approver, approver.get_by_role("button", name="Freigeben"))
    if (
        "Wirklich" in approver.inner_text("main")
        or approver.locator("input[name=confirmed]").count()
    ):
        follow(approver, approver.get_by_role("button", name="Freigeben"))
    expect(approver.locator("main")).to_contain_text("SHA-256")


def send_out(page: Page, looker: Looker, site: Site, address: str) -> None:
    page.goto(f"{address}fassungen/versand/")
    looker.look(page, OFFICE)
    follow(page, SUBMIT)
    page.goto(f"{address}fassungen/")
    expect(page.locator("main")).to_contain_text("an 2 Empfänger")
    mails(site, mailbox(page, address), TITLE, number=2)


def read_in_public(reader: Page, looker: Looker, address: str) -> None:
    """The public finds the minutes, without what is internal and without names; also as PDF."""
    reader.goto(f"/sitzungen/?q={TITLE.split()[0]}")
    follow(reader, reader.get_by_role("link", name=re.compile(TITLE)).first)
    main = reader.locator("main")
    expect(main).to_contain_text("Öffnungszeiten werden erprobt")
    for secret in ("Mondwinkel", APPROVER, "Ostermann"):
        assert secret not in reader.content()
    looker.look(reader)
    paper = reader.request.get(f"{address}papier/pdf/")
    assert paper.ok
    assert paper.body().startswith(b"%PDF")
    found = reader.request.get("/suche/?q=Mondwinkel").text()
    assert "in Schwierigkeiten" not in found


def test_a_meeting_from_the_first_line_to_the_public(
    site: Site, open_page: Callable[..., Any]
) -> None:
    looker = Looker(open_page)
    office = open_page(OFFICE, script=False)
    address = record(office)
    looker.look(office, OFFICE)
    write_together(open_page(OFFICE), open_page("ADMINISTRATOR"), address)
    write_one_internal(office, address)
    expect(office.locator("main")).to_contain_text("werden erprobt")
    consult(office, looker, site, address)
    approve(office, looker, site, address)
    office.goto(f"{address}fassungen/")
    follow(office, office.get_by_role("button", name="Veröffentlichen"))
    send_out(office, looker, site, address)
    read_in_public(open_page(script=False), looker, address)
    # What became of the decision stands in the minutes, and it is in next meeting's report.
    office.goto(f"{address}nachverfolgung/")
    looker.look(office, OFFICE)
