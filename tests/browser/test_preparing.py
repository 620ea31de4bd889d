"""From the first date poll to the list of participants, in the real browser (S115, S05, S06)."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from buendnisnetz.web.proof import axe
from buendnisnetz.web.proof.site import Site
from tests.browser.steps import follow, link_in, mails, read

TITLE = "Wann feiern wir das Richtfest?"
GUESTS = {"Anke Rehbein": "passt", "Bodo Streusand": "passt", "Clara Wetterhahn": "wenn nötig"}
_SUBMIT = ".bn-form button[type=submit]"


def address(name: str) -> str:
    return f"{name.split()[0].lower()}@gast.example"


def check(page: Page) -> None:
    assert axe.findings(page) == []


def begin_poll(page: Page, first: date) -> str:
    """A poll with two times, asked of three people; gives its address."""
    page.goto("/sitzungen/umfragen/neu/")
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=kind]", "OTHER")
    page.fill("input[name=closes_on]", (first + timedelta(days=1)).isoformat())
    for number, day in enumerate((first, first + timedelta(days=1)), start=1):
        page.fill(f"input[name=day_{number}]", day.isoformat())
        page.fill(f"input[name=start_{number}]", "16:00")
        page.fill(f"input[name=end_{number}]", "17:00")
    check(page)
    follow(page, page.get_by_role("button", name="Weiter: wen fragen"))
    page.goto(page.url.partition("?")[0])
    page.fill("textarea[name=addresses]", "\n".join(f"{n} <{address(n)}>" for n in GUESTS))
    check(page)
    page.get_by_role("button", name="Mails senden").click()
    expect(page.locator("#flashes")).to_contain_text("3 Mails sind unterwegs.")
    return page.url


def answer_poll(page: Page, link: str, first: str) -> None:
    """One of those asked likes the first time and cannot come at the second; without script."""
    page.goto(link)
    times = page.locator("main fieldset")
    times.nth(0).get_by_label(first, exact=True).check()
    times.nth(1).get_by_label("passt nicht", exact=True).check()
    page.click(_SUBMIT)
    expect(page.locator("main")).to_contain_text("Ihre Antwort ist vermerkt")


def reply(page: Page, link: str, label: str, deputy: str = "") -> None:
    page.goto(link)
    page.get_by_label(label, exact=True).check()
    if deputy:
        page.fill("input[name=deputy_name]", deputy)
    page.locator(_SUBMIT).first.click()
    expect(page.locator("main")).to_contain_text("Ihre Antwort ist vermerkt")


@pytest.fixture
def today() -> date:
    return datetime.now(tz=ZoneInfo("Europe/Berlin")).date()


def test_a_date_is_found_people_come_and_the_list_is_filled(
    site: Site, open_page: Callable[..., Any], today: date
) -> None:
    """Poll by three people through mail links, decision, invitation, answers, list; both ends of mail
    links work without script."""
    office = open_page("STATE_COORDINATION")
    where = begin_poll(office, today + timedelta(days=1))
    guest = open_page(script=False, width=360)
    for name, said in GUESTS.items():
        letter = mails(site, address(name), TITLE, number=1)[-1]
        answer_poll(guest, link_in(letter), said)
    office.goto(where)
    expect(office.locator("main")).to_contain_text("3 von 3 haben geantwortet")
    expect(office.locator("#times ~ ul li").first).to_contain_text(
        "2-mal passt, 1-mal wenn nötig, 0-mal passt nicht"
    )
    check(office)
    office.on("dialog", lambda dialog: dialog.accept())
    office.get_by_role("button", name="Auf diesen Termin festlegen").first.click()
    office.wait_for_url(re.compile(r"/sitzungen/[a-z0-9]{8}/$"))
    meeting = office.url
    office.get_by_role("link", name="Einladen").click()
    expect(office.locator("main")).to_contain_text("in der Terminumfrage gefragt")
    for box in office.locator("input[name=recipients]").all():
        label = office.locator(f"label[for={box.get_attribute('id')}]").inner_text()
        box.set_checked("gast.example" in label)
    check(office)
    office.get_by_role("button", name="Einladungen senden").click()
    expect(office.locator("#flashes")).to_contain_text("3 Mails sind unterwegs.")
    links = {
        name: link_in(mails(site, address(name), "Kommen Sie?", number=1)[-1]) for name in GUESTS
    }
    first, second, third = GUESTS
    reply(guest, links[first], "Ja, ich komme")
    reply(guest, links[second], "Jemand kommt an meiner Stelle", "Dörte Vertretung")
    reply(guest, links[third], "Nein, ich kann nicht kommen")
    office.goto(f"{meeting}einladungen/")
    expect(office.locator("main")).to_contain_text("1 kommen, 1 schicken jemanden, 1 kommen nicht")
    check(office)
    # The meeting is tomorrow; on its day the button is there. Moved to today, it is.
    office.goto(f"{meeting}bearbeiten/")
    office.fill("input[name=held_on]", today.isoformat())
    office.fill("input[name=starts_at]", "23:58")
    office.fill("input[name=ends_at]", "23:59")
    follow(office, _SUBMIT)
    mails(site, address(first), "bisher:", number=1)
    office.goto(f"{meeting}einladungen/")
    office.get_by_role("button", name="Teilnahmeliste aus den Antworten füllen").click()
    expect(office.locator("#flashes")).to_contain_text("3 Zeilen")
    people = office.locator("section[aria-labelledby=participants]")
    expect(people).to_contain_text("Dörte Vertretung")
    expect(people).to_contain_text("entschuldigt")


def planned_in_demo(site: Site) -> str:
    """The meeting of the demonstration to which people are invited."""
    [(key,)] = read(
        site,
        "SELECT public_id FROM meetings_meeting WHERE title = %s",
        "Winterrunde des Bündnisses",
    )
    return str(key)


def test_the_agenda_by_keyboard_and_without_script(
    site: Site, open_page: Callable[..., Any]
) -> None:
    key = planned_in_demo(site)
    page = open_page("STATE_COORDINATION")
    page.goto(f"/sitzungen/{key}/tagesordnung/")
    check(page)
    items = page.locator(".bn-agenda li")
    second = items.nth(1).get_attribute("data-item")
    page.locator(f"#up-{second}").focus()
    page.keyboard.press("Enter")
    expect(items.nth(0)).to_have_attribute("data-item", str(second))
    # At the top "up" is off, so the item itself has the focus.
    expect(page.locator(f"#punkt-{second}")).to_be_focused()
    page.locator(f"#down-{second}").focus()
    page.keyboard.press("Enter")
    expect(items.nth(1)).to_have_attribute("data-item", str(second))
    expect(page.locator(f"#down-{second}")).to_be_focused()
    plain = open_page("STATE_COORDINATION", script=False, width=360)
    plain.goto(f"/sitzungen/{key}/tagesordnung/")
    plain.locator(f"#up-{second}").click()
    expect(plain.locator(".bn-agenda li").nth(0)).to_have_attribute("data-item", str(second))
    plain.locator(f"#down-{second}").click()
    expect(plain.locator(".bn-agenda li").nth(1)).to_have_attribute("data-item", str(second))


def test_dragging_keeps_the_order(site: Site, open_page: Callable[..., Any]) -> None:
    page = open_page("STATE_COORDINATION")
    page.goto(f"/sitzungen/{planned_in_demo(site)}/tagesordnung/")
    items = page.locator(".bn-agenda li")
    first = str(items.nth(0).get_attribute("data-item"))
    items.nth(0).drag_to(items.nth(2), target_position={"x": 20, "y": 30})
    expect(page.locator("#agenda [data-state]")).to_have_text("Die Reihenfolge ist gespeichert.")
    page.reload()
    assert first != items.nth(0).get_attribute("data-item")
    assert first in [row.get_attribute("data-item") for row in items.all()]
