"""Winning a firm from the public form to membership, and introducing two sides, in the real browser
(S19, S114)."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, expect

from buendnisnetz.web.proof.site import Site
from tests.browser.steps import link_in, mails, read

FIRM = "Uhrmacherei Morgenroth-Zeitz"
REASON = "Beide suchen eine Betreuung in den Herbstferien."
_BODY = ".bn-form button[type=submit]"


def where_the_coordinator_works(site: Site) -> tuple[str, str]:
    """Name of the demo coordinator's alliance, and the key of a town in its district."""
    [(name, ags)] = read(
        site,
        """SELECT alliance.name, territory.ags FROM network_alliance alliance
           JOIN network_allianceterritory link ON link.alliance_id = alliance.id
           JOIN territories_territory territory ON territory.id = link.territory_id
           WHERE link.valid_to IS NULL ORDER BY alliance.id LIMIT 1""",
    )
    towns = read(
        site,
        """SELECT town.ags FROM territories_territory town
           JOIN territories_territory district ON district.id = town.parent_id
           WHERE district.ags = %s AND town.valid_to IS NULL ORDER BY town.ags LIMIT 1""",
        ags,
    )
    return name, towns[0][0] if towns else ags


def show_interest(page: Page, alliance: str, town: str) -> None:
    """What a firm does: look up its place, then fill in the form."""
    page.goto(f"/mitmachen/?ort={town}")
    expect(page.locator("main")).to_contain_text(alliance)
    page.locator("main").get_by_role("link", name="Interesse zeigen").click()
    page.fill("input[name=firm]", FIRM)
    page.fill("input[name=contact_words]", "Herr Morgenroth")
    page.fill("input[name=contact_email]", "uhren@betrieb.example")
    page.check("input[name=chamber][value=HWK]")
    page.check("input[name=topics][value=FAMILY_AND_WORK]")
    page.get_by_role("button", name="Senden").click()
    expect(page.locator("main")).to_contain_text("Einwilligung")
    page.check("input[name=consent]")
    page.get_by_role("button", name="Senden").click()
    page.wait_for_url("**/mitmachen/danke/")


def open_prospect(page: Page) -> None:
    """What the coordination does: find the firm in its list."""
    page.goto(f"/partner/?q={quote(FIRM)}")
    page.locator("main table").get_by_role("link", name=FIRM).click()
    expect(page.locator("h1")).to_contain_text(FIRM)


def go_on(page: Page, stage: str) -> None:
    """Move it to the next stage by its button."""
    page.locator("#move ~ *, section:has(#move)").get_by_role("button", name=stage).first.click()
    expect(page.locator("main .kern-badge").first).to_contain_text(stage, ignore_case=True)


def test_a_firm_is_won_from_the_public_form_to_membership(
    site: Site, open_page: Callable[..., Any]
) -> None:
    alliance, town = where_the_coordinator_works(site)
    show_interest(open_page(script=False), alliance, town)
    [confirmation] = mails(site, "uhren@betrieb.example", FIRM, number=1)
    assert alliance in confirmation
    assert "/mitmachen/zuruecknehmen/" in link_in(confirmation)

    page = open_page("ALLIANCE_COORDINATOR")
    open_prospect(page)
    # The first step is there already, with the alliance's own coordination.
    expect(page.locator("main")).to_contain_text("Antwort auf das öffentliche Formular")
    expect(page.locator("main")).to_contain_text(f"Koordination {alliance}")

    go_on(page, "Angesprochen")
    go_on(page, "Im Gespräch")
    page.get_by_role("link", name="Wird Mitglied").click()
    # A member stands in the directory, so that is asked first.
    page.get_by_role("button", name=re.compile("ins Verzeichnis")).click()
    expect(page.locator("main")).to_contain_text("Im Verzeichnis")
    page.get_by_role("link", name="Wird Mitglied").click()
    page.locator(_BODY).click()
    expect(page.locator("main .kern-badge").first).to_contain_text("Mitglied")

    members = read(
        site,
        """SELECT alliance.name FROM network_membership membership
           JOIN network_organisation body ON body.id = membership.organisation_id
           JOIN network_alliance alliance ON alliance.id = membership.alliance_id
           WHERE body.name = %s AND membership.valid_to IS NULL""",
        FIRM,
    )
    assert members == [(alliance,)]
    page.goto(f"/suche/?q={quote(FIRM)}")
    page.locator("#results a").first.click()
    expect(page.locator("main")).to_contain_text(alliance)

    # Another firm finds the new member, but nothing of how it was won.
    stranger = open_page("MEMBER")
    answer = stranger.goto("/partner/")
    assert answer is not None
    assert answer.status == 403


def answer_by_mail(page: Page, path: str) -> None:
    """A side agrees by the link in its mail, without signing in."""
    page.goto(path)
    page.check("input[name=answer][value=AGREED]")
    page.locator(_BODY).click()
    expect(page.locator("main")).to_contain_text("notiert")
    # The link works once.
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 410


def test_two_sides_are_introduced_when_both_agreed_by_mail(
    site: Site, open_page: Callable[..., Any]
) -> None:
    [(body, name, theirs)] = read(
        site,
        """SELECT body.public_id, body.name, post.email FROM network_post post
           JOIN network_organisation body ON body.id = post.organisation_id
           WHERE post.is_contact AND post.email <> '' AND post.valid_to IS NULL
             AND body.kind = 'COMPANY' AND body.is_public
             AND NOT EXISTS (SELECT 1 FROM partnering_introduction row
                             WHERE post.id IN (row.first_post_id, row.second_post_id))
           ORDER BY post.id LIMIT 1""",
    )
    alliance, _town = where_the_coordinator_works(site)
    [(ours,)] = read(
        site,
        """SELECT post.email FROM network_post post
           JOIN network_alliance alliance ON alliance.id = post.alliance_id
           WHERE alliance.name = %s AND post.is_contact AND post.valid_to IS NULL""",
        alliance,
    )
    page = open_page("ALLIANCE_COORDINATOR")
    page.goto(f"/netz/organisationen/{body}/")
    page.locator("main").get_by_role("link", name="Vermitteln").click()
    page.fill("[name=reason]", REASON)
    page.locator(_BODY).click()
    expect(page.locator("[name=text]")).to_have_value(re.compile(REASON))
    page.locator(_BODY).click()
    expect(page.locator("main .kern-badge").first).to_contain_text("beide gefragt")
    introduction = page.url

    [first] = mails(site, ours, REASON, number=1)
    [second] = mails(site, theirs, REASON, number=1)
    assert theirs not in first
    assert ours not in second

    answer_by_mail(open_page(), link_in(first))
    page.goto(introduction)
    expect(page.locator("main .kern-badge").first).to_contain_text("eine Seite")
    assert mails(site, ours, REASON, number=1) == [first]

    answer_by_mail(open_page(script=False), link_in(second))
    page.goto(introduction)
    expect(page.locator("main .kern-badge").first).to_contain_text("beide einverstanden")
    assert theirs in mails(site, ours, REASON, number=2)[-1]
    assert ours in mails(site, theirs, REASON, number=2)[-1]
    # Both sides' pages tell of it.
    page.goto(f"/netz/organisationen/{body}/")
    expect(page.locator("main")).to_contain_text("beide einverstanden")
    assert name in page.inner_text("h1")
