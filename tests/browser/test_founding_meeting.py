"""Minutes of the founding kind go all the way, in the real browser (S01 to S17, S120)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from playwright.sync_api import Page, expect

from buendnisnetz.core.postgres import Cluster
from buendnisnetz.reader import Minutes, read_minutes
from buendnisnetz.web.proof.site import Site
from tests.browser.steps import follow, upload, wait_until_read

TWIN = Path(__file__).parents[1] / "reader" / "minutes" / "strategietreffen"
# What an import may add to; the import itself, its file and the history are kept each time.
TABLES = (
    "network_organisation", "network_organisationalias", "network_person", "network_personalias",
    "network_post", "network_term", "meetings_meeting", "meetings_minutes", "meetings_agendaitem",
    "meetings_attendance", "meetings_minutesentry", "meetings_decision", "meetings_attachment",
    "meetings_edition", "tasks_task",
)  # fmt: skip


def counts(site: Site) -> dict[str, int]:
    """Rows of every table that an import adds to."""
    with psycopg.connect(Cluster(site.home).url()) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in TABLES
        }


def confirm_all(page: Page) -> None:
    """Accept what is proposed, the least certain too, and put it into the network."""
    page.select_option("#id_confidence", "0")
    follow(page, ".bn-review__above button")
    page.click("text=Übernehmen")
    page.wait_for_url("**/sitzungen/*/")


def find(page: Page, words: str, kind: str) -> str:
    """Search as a person would; the address of the first result."""
    page.goto(f"/suche/?q={quote(words)}&art={kind}")
    first = page.locator("#results a").first
    expect(first).to_be_visible()
    return first.get_attribute("href") or ""


def follow_from_search(page: Page, minutes: Minutes) -> dict[str, int]:
    """Find everyone and every task by search; how many people, posts and tasks there were."""
    people, posts, tasks = set(), set(), set()
    for participant in minutes.participants:
        address = find(page, participant.name, "person")
        people.add(address)
        page.goto(address)
        assert participant.name.split()[-1] in page.inner_text("h1")
        # The term at the institution stands on the person's page, with the day as its first proof.
        post = page.locator("main a[href^='/netz/stellen/']:not([href$='/stellen/'])").first
        expect(post).to_be_visible()
        posts.add(post.get_attribute("href"))
    for task in minutes.tasks:
        address = find(page, " ".join(task.text.split()[:8]), "task")
        page.goto(address)
        tasks.add(address)
        follow(page, "dd a[href*='stelle=']")
        passage = "".join(page.locator("mark").all_inner_texts())
        wanted = "".join(minutes.text[slice(*task.span)].split())
        assert "".join(passage.split()) == wanted
    return {"people": len(people), "posts": len(posts), "tasks": len(tasks)}


def go_all_the_way(page: Page, site: Site, document: Path) -> dict[str, Any]:
    """Upload, review, confirm, search, follow back, upload again; what was added each time."""
    before = counts(site)
    upload(page, document)
    wait_until_read(page)
    confirm_all(page)
    meeting = page.url
    after = counts(site)
    found = follow_from_search(page, read_minutes(document.read_text(encoding="utf-8")))
    upload(page, document)
    wait_until_read(page)
    assert page.locator("text=Dieses Protokoll ist schon im Netz").count() == 1
    again = counts(site)
    return {
        "meeting": meeting,
        "added": {name: after[name] - before[name] for name in after},
        "found": found,
        "added_again": sum(again.values()) - sum(after.values()),
    }


def test_the_founding_meetings_twin_goes_all_the_way(
    open_page: Callable[..., Any], site: Site
) -> None:
    truth = json.loads(TWIN.with_suffix(".json").read_text(encoding="utf-8"))
    done = go_all_the_way(open_page("STATE_COORDINATION"), site, TWIN.with_suffix(".txt"))
    added, found = done["added"], done["found"]
    assert added["meetings_meeting"] == 1
    assert added["meetings_attendance"] >= truth["participants"]
    assert added["network_person"] >= truth["participants"]
    assert added["tasks_task"] == truth["tasks"] + truth["suggestions"] + 1
    assert found["people"] == truth["participants"]
    assert found["tasks"] == added["tasks_task"]
    assert found["posts"] > 20, found
    assert done["added_again"] == 0
